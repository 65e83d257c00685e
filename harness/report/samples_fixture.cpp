#include "harness/report/samples_fixture.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "harness/report/requirements.hpp"
#include "harness/testing/trace_builder.hpp"

namespace tcprove::report::samples {
namespace {

using namespace std::chrono_literals;
using enum wire::Flag;
using tcp::CallKind;
using tcp::CallStatus;
using tcp::State;
using testing::TraceBuilder;

/// A result of instance `id` of a scenario whose file lies where the id says.
ScenarioResult result(std::string id, std::string claim, Verdict verdict) {
  ScenarioResult r;
  r.instance = id.substr(id.find('['));
  r.file = "specs/" + id.substr(0, id.find('[')) + ".yaml";
  r.id = std::move(id);
  r.claim = std::move(claim);
  r.verdict = verdict;
  r.wall_time = 250us;
  return r;
}

void set_trace(ScenarioResult& r, trace::Trace trace) {
  r.trace = std::move(trace);
  r.virtual_time = r.trace.events().back().at.time_since_epoch();
}

base::Instant instant(base::Duration d) { return base::Instant(d); }

}  // namespace

ScenarioResult passed() {
  ScenarioResult r =
      result("textbook/close/active-close-lingers-two-msl[ip=4]",
             "The active closer stays in TIME-WAIT for 2 MSL and is CLOSED after.", Verdict::Pass);
  r.steps_held = true;
  r.requirements = {"MUST-13"};
  r.virtual_time = 5h + 12min;
  return r;
}

ScenarioResult fin_with_wrong_seq() {
  ScenarioResult r =
      result("textbook/close/four-way-close[ip=4]",
             "A connection closes with four segments, each FIN acknowledged.", Verdict::Fail);
  r.reason = "expected FIN,ACK seq=1 ack=1, got FIN,ACK seq=2 ack=1";
  r.requirements = {"MUST-13"};
  TraceBuilder t;
  t.established();
  t.step().called(CallKind::Close).answered(CallKind::Close, CallStatus::Ok);
  t.emitted({.ctl = Fin | Ack, .seq = 2, .ack = 1, .wnd = 5840}).state(State::FinWait1);
  set_trace(r, t.build());
  r.steps = {"send: SYN seq=0", "expect: SYN,ACK seq=0 ack=1", "send: ACK seq=1 ack=1",
             "call: close"};
  r.differences = {{.file = r.file,
                    .line = 6,
                    .step = "expect: FIN,ACK seq=1 ack=1",
                    .expected = "FIN,ACK seq=1 ack=1",
                    .actual = "FIN,ACK seq=2 ack=1 wnd=5840",
                    .fields = {"seq"}}};
  r.violations = {{.requirement = "MUST-13",
                   .level = monitor::Level::Must,
                   .section = "3.6.1",
                   .rule = "scenario",
                   .message = "expected FIN,ACK seq=1 ack=1",
                   .at = instant(0s),
                   .line = 6}};
  return r;
}

ScenarioResult lost_and_never_sent_again() {
  ScenarioResult r =
      result("rfc6298/rto/lost-data-is-sent-again[len=100,ip=4]",
             "Data that the network lost is sent again when the timer fires.", Verdict::Fail);
  r.reason = "nothing came within 3s";
  TraceBuilder t;
  t.established();
  t.step().called(CallKind::Send, 100).answered(CallKind::Send, CallStatus::Ok, 100);
  t.dropped({.ctl = Psh | Ack, .seq = 1, .ack = 1, .len = 100, .wnd = 5840});
  t.later(250ms).step().lost({.ctl = Ack, .seq = 1, .ack = 1, .wnd = 4096});
  t.step().waited(2750ms);
  set_trace(r, t.build());
  r.steps = {"send: SYN seq=0",       "expect: SYN,ACK seq=0 ack=1",
             "send: ACK seq=1 ack=1", "call: send 100",
             "lose: ACK wnd=4096",    "expect: ACK seq=1 len=100 within 1s..3s"};
  r.violations = {{.requirement = "RFC6298-5",
                   .level = monitor::Level::Must,
                   .section = "5.4",
                   .rule = "retransmission_owed",
                   .message = "unacknowledged data was not sent again within 1.5s of its RTO",
                   .at = instant(1500ms),
                   .line = 0}};
  r.differences = {{.file = r.file,
                    .line = 9,
                    .step = "expect: ACK seq=1 len=100 within 1s..3s",
                    .expected = "ACK seq=1 len=100 within 1s..3s",
                    .actual = "nothing came within 3s",
                    .fields = {}}};
  return r;
}

ScenarioResult syn_with_options() {
  ScenarioResult r =
      result("textbook/handshake/options-are-echoed[ip=6]",
             "Options are offered in the SYN,ACK only where the SYN offered them.", Verdict::Warn);
  r.steps_held = true;
  r.reason = "SHLD-3: window scale offered although the SYN did not";
  const std::vector<wire::Option> offered{wire::MaximumSegmentSize{.octets = 1460},
                                          wire::SackPermitted{},
                                          wire::Timestamps{.tsval = 4000000000, .tsecr = 0}};
  std::vector<wire::Option> echoed = offered;
  echoed.back() = wire::Timestamps{.tsval = 123456789, .tsecr = 4000000000};
  echoed.insert(echoed.end(), {wire::NoOperation{}, wire::WindowScale{.shift = 7}});
  TraceBuilder t;
  t.step().sent({.ctl = Syn, .options = offered});
  t.step().emitted({.ctl = Syn | Ack, .ack = 1, .wnd = 64240, .options = echoed});
  t.state(State::SynReceived);
  wire::Sack sack;
  sack.blocks.front() = {.left = TraceBuilder::kStackIss + 101,
                         .right = TraceBuilder::kStackIss + 201};
  sack.count = 1;
  t.step().sent({.ctl = Ack,
                 .seq = 1,
                 .ack = 1,
                 .options = {wire::NoOperation{}, wire::NoOperation{}, sack}});
  t.state(State::Established);
  set_trace(r, t.build());
  r.violations = {{.requirement = "SHLD-3",
                   .level = monitor::Level::Should,
                   .section = "3.7.1",
                   .rule = "options_offered",
                   .message = "window scale offered although the SYN did not",
                   .at = instant(0s),
                   .line = 0,
                   .event = 1}};
  return r;
}

ScenarioResult reset_in_window() {
  ScenarioResult r =
      result("rfc5961/reset/rst-inside-window-draws-challenge-ack[ip=4]",
             "A RST inside the window but not at its left edge does not reset.", Verdict::Fail);
  r.reason = "expected ACK seq=0 ack=1000001, nothing came within 500ms";
  r.absolute_numbers = true;
  TraceBuilder t;
  t.established();
  t.step().sent({.ctl = Rst, .seq = 100, .wnd = 0}).state(State::Closed);
  t.step().later(500ms).waited(0s);
  set_trace(r, t.build());
  r.violations = {{.requirement = "RFC5961-2",
                   .level = monitor::Level::Must,
                   .section = "3.2",
                   .rule = "scenario",
                   .message = "the step did not hold",
                   .at = instant(500ms),
                   .line = 7}};
  r.differences = {{.file = r.file,
                    .line = 7,
                    .step = "expect: ACK seq=0 ack=1000001",
                    .expected = "ACK seq=0 ack=1000001",
                    .actual = "nothing came within 500ms",
                    .fields = {}}};
  return r;
}

ScenarioResult two_connections() {
  ScenarioResult r =
      result("textbook/demultiplex/connections-do-not-mix[ip=4]",
             "Data of one connection never reaches the user of another.", Verdict::Inconclusive);
  r.reason = "the clock is real and the wait ran out";
  r.connections = {"first", "second"};
  TraceBuilder t(2);
  t.on(0).established();
  t.on(1).established();
  t.on(0).step().sent({.ctl = Psh | Ack, .seq = 1, .ack = 1, .len = 10});
  t.step().later(1500us).emitted({.ctl = Ack, .seq = 1, .ack = 11, .wnd = 5830});
  t.on(1).step().called(CallKind::Receive).answered(CallKind::Receive, CallStatus::WouldBlock);
  t.on(0).called(CallKind::Receive).answered(CallKind::Receive, CallStatus::Ok, 10);
  set_trace(r, t.build());
  return r;
}

ScenarioResult bad_checksum_acked() {
  ScenarioResult r =
      result("rfc9293/3.1-header/bad-checksum-is-dropped[ip=4]",
             "A segment whose checksum is wrong is dropped without an answer.", Verdict::Fail);
  r.steps_held = true;
  r.reason = "MUST-3: a segment with a wrong checksum was acknowledged";
  r.requirements = {"MUST-2", "MUST-3"};
  wire::Lies bad_checksum;
  bad_checksum.checksum_bad = true;
  TraceBuilder t;
  t.established();
  t.step().sent({.ctl = Psh | Ack, .seq = 1, .ack = 1, .len = 10, .lies = bad_checksum});
  t.step().emitted({.ctl = Ack, .seq = 1, .ack = 11, .wnd = 5830});
  t.emitted_raw(std::array<std::uint8_t, 4>{0xde, 0xad, 0xbe, 0xef});
  set_trace(r, t.build());
  r.violations = {{.requirement = "MUST-3",
                   .level = monitor::Level::Must,
                   .section = "3.1",
                   .rule = "checksum_verified",
                   .message = "a segment with a wrong checksum was acknowledged",
                   .at = instant(0s),
                   .line = 5,
                   .event = 6}};
  return r;
}

ScenarioResult crashed_in_a_call() {
  ScenarioResult r = result("textbook/close/close-after-reset[ip=4]",
                            "CLOSE of a connection that was reset answers so.", Verdict::Error);
  r.reason = "the stack crashed: signal 11 (segmentation fault)";
  r.requirements = {"MUST-13"};
  TraceBuilder t;
  t.established();
  t.step().sent({.ctl = Rst | Ack, .seq = 1, .ack = 1}).state(State::Closed);
  t.step().waited(10min);
  t.step().called(CallKind::Close);
  set_trace(r, t.build());
  return r;
}

ScenarioResult known_deviation() {
  ScenarioResult r = result("rfc9293/3.8-data/urgent-pointer-is-reported[ip=4]",
                            "The user is told of urgent data.", Verdict::Xfail);
  r.reason = "MUST-31 (3.8.5): lwIP ignores the urgent pointer (bug #1234)";
  r.excuses = {r.reason};
  r.requirements = {"MUST-31"};
  TraceBuilder t;
  t.established();
  t.step().sent({.ctl = Urg | Ack, .seq = 1, .ack = 1, .len = 1, .up = 1});
  set_trace(r, t.build());
  r.violations = {{.requirement = "MUST-31",
                   .level = monitor::Level::Must,
                   .section = "3.8.5",
                   .rule = "scenario",
                   .message = "the user was not told of urgent data",
                   .at = instant(0s),
                   .line = 4}};
  return r;
}

ScenarioResult deviation_gone() {
  ScenarioResult r = result("rfc9293/3.8-data/zero-window-is-probed[ip=4]",
                            "A zero window is probed.", Verdict::Xpass);
  r.steps_held = true;
  r.reason = "expected to fail: probes stop after two minutes";
  r.requirements = {"MUST-36"};
  return r;
}

ScenarioResult unsupported() {
  ScenarioResult r = result("textbook/handshake/simultaneous-open[ip=4]",
                            "Two SYNs that cross open one connection.", Verdict::Unsupported);
  r.reason = "the adapter does not offer active-open";
  r.requirements = {"MUST-10"};
  return r;
}

ScenarioResult long_trace() {
  ScenarioResult r =
      result("property/random-orderings[case=17]",
             "Whatever the order, no segment draws an answer that the RFC forbids.", Verdict::Fail);
  r.steps_held = true;
  r.reason = "SHLD-18: ACK delayed too often";
  TraceBuilder t;
  t.established();
  for (std::uint32_t i = 0; i < 40; ++i) {
    t.step().later(100ms).sent({.ctl = Ack, .seq = 1 + i * 10, .ack = 1, .len = 10});
    t.step().emitted({.ctl = Ack, .seq = 1, .ack = 11 + i * 10, .wnd = 5840});
  }
  set_trace(r, t.build());
  const monitor::Violation early{.requirement = "SHLD-18",
                                 .level = monitor::Level::Should,
                                 .section = "3.8.6.3",
                                 .rule = "ack_delayed",
                                 .message = "two full segments went without an ACK",
                                 .at = instant(1s),
                                 .file = r.file,
                                 .line = 12,
                                 .event = 24};
  monitor::Violation again = early;
  again.event = 54;
  again.at = instant(2500ms);
  monitor::Violation late = early;
  late.requirement = "MUST-58";
  late.level = monitor::Level::Must;
  late.rule = "ack_within_500ms";
  late.message = "10 octets were not acknowledged within 500ms";
  late.file = "specs/fragments/ESTABLISHED.yaml";
  late.line = 3;
  late.event = 84;
  late.at = instant(4s);
  r.violations = {early, again, late};
  r.excuses = {"SHLD-18 (3.8.6.3): The stack counts segments of 1460 octets alone."};
  return r;
}

ScenarioResult hostile_names() {
  ScenarioResult r =
      result("zoo/\x1b[31mred</testcase>&\"'\x01[v=\xff\xfe]",
             "A claim with a tab\t, a bell\a, ]]> and half a character \xc3.", Verdict::Fail);
  r.file = "specs/zoo/it's \x1b[31m.yaml";
  r.reason = "broken octets \xed\xa0\x80 and a null";
  r.reason.push_back('\0');
  TraceBuilder t;
  t.step().sent({.ctl = Syn});
  set_trace(r, t.build());
  r.differences = {{.file = r.file,
                    .line = 3,
                    .step = "expect: <\x02>",
                    .expected = "data=\"\xf0\x9f\x98\x80\"",
                    .actual = "data=\"\x7f\"",
                    .fields = {"data"}}};
  return r;
}

RunResult run() {
  RunResult run;
  run.version = "0.1.0";
  run.target = "lwip";
  run.target_version = "2.1.3";
  run.seed = 1;
  run.wall_time = 210ms;
  for (const auto& sample :
       {passed, fin_with_wrong_seq, lost_and_never_sent_again, syn_with_options, reset_in_window,
        two_connections, bad_checksum_acked, crashed_in_a_call, known_deviation, deviation_gone,
        unsupported, long_trace, hostile_names}) {
    run.scenarios.push_back(sample());
  }
  run.stale = {{.file = "specs/expected/lwip.yaml",
                .line = 41,
                .rule = "ack_within_500ms",
                .scenario = "textbook/close",
                .requirement = "MUST-58"}};
  std::ranges::sort(run.scenarios, {}, &ScenarioResult::id);
  const std::vector<CatalogueRow> catalogue{
      {"MUST-2", "MUST"},    {"MUST-3", "MUST"},   {"MUST-10", "MUST"}, {"MUST-13", "MUST"},
      {"MUST-31", "MUST"},   {"MUST-36", "MUST"},  {"MUST-58", "MUST"}, {"SHLD-3", "SHOULD"},
      {"SHLD-18", "SHOULD"}, {"RFC5961-2", "MUST"}};
  run.requirements = judge_requirements(catalogue, run.scenarios);
  return run;
}

std::vector<RunResult> two_targets() {
  const auto requirement = [](std::string id, std::string level, std::string_view verdict) {
    return RequirementResult{.id = std::move(id),
                             .level = std::move(level),
                             .verdict = std::string(verdict),
                             .reason = ""};
  };
  RunResult lwip;
  lwip.version = "0.1.0";
  lwip.target = "lwip";
  lwip.target_version = "2.1.3";
  lwip.scenarios = {known_deviation(), fin_with_wrong_seq()};
  std::ranges::sort(lwip.scenarios, {}, &ScenarioResult::id);
  RunResult other = lwip;
  other.target = "./libmy\x1bstack.so";
  other.target_version = "";
  for (ScenarioResult& result : other.scenarios) {
    result.verdict = Verdict::Pass;
    result.reason.clear();
    result.violations.clear();
    result.differences.clear();
    result.excuses.clear();
  }
  lwip.requirements = {requirement("MUST-1", "MUST", kRequirementPasses),
                       requirement("MUST-2", "MUST", kRequirementFails),
                       requirement("MUST-3", "MUST", kRequirementFails),
                       requirement("MUST-4", "MUST", kRequirementUntested),
                       requirement("SHLD-5", "SHOULD", kRequirementPasses),
                       requirement("SHLD-6", "SHOULD", kRequirementWarns),
                       requirement("MAY-7", "MAY", kRequirementUntested)};
  lwip.requirements[2].excused = true;
  other.requirements = lwip.requirements;
  other.requirements[1].verdict = kRequirementPasses;
  other.requirements[2] = requirement("MUST-3", "MUST", kRequirementPasses);
  other.requirements[4].verdict = kRequirementNotApplicable;
  other.requirements[6].verdict = kRequirementPasses;
  return {lwip, other};
}

}  // namespace tcprove::report::samples
