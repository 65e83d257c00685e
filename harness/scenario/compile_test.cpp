#include "harness/scenario/compile.hpp"

#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "harness/scenario/loader.hpp"
#include "harness/scenario/temporary_specs_fixture.hpp"

namespace tcprove::scenario {
namespace {

using tcp::CallKind;
using tcp::CallStatus;
using tcp::Capability;

Scenario read(const std::string& text, const std::filesystem::path& root = {}) {
  const base::Result<Scenario> scenario = Loader({.specs_root = root}).read(text, "test.yaml");
  if (!scenario) ADD_FAILURE() << base::to_string(scenario.error());
  return scenario ? scenario.value() : Scenario{};
}

plan::Plan first_plan(const std::string& text) {
  const Scenario scenario = read(text);
  return scenario.instances.empty() ? plan::Plan{} : scenario.plan(scenario.instances.front());
}

/// The one step of a scenario of `ip: 4`, which observes nothing more than its own step.
plan::Step step(const std::string& text) {
  const plan::Plan plan = first_plan("ip: 4\nsteps:\n  - " + text + "\n  - state: CLOSED\n");
  return plan.steps.empty() ? plan::Step{} : plan.steps.front();
}

template <class T>
T action(const std::string& text) {
  const plan::Step found = step(text);
  const T* wanted = std::get_if<T>(&found.action);
  EXPECT_NE(wanted, nullptr) << text;
  return wanted == nullptr ? T{} : *wanted;
}

using Arrivals = std::vector<std::uint8_t>;
using Results = std::vector<CallStatus>;

TEST(Compile, TellsSendLoseDuplicateAndReorderByWhatArrives) {
  EXPECT_EQ(action<plan::Send>("send: ACK").arrive, (Arrivals{0}));
  EXPECT_EQ(action<plan::Send>("lose: ACK").arrive, (Arrivals{}));
  EXPECT_EQ(action<plan::Send>("duplicate: ACK").arrive, (Arrivals{0, 0}));
  const auto reordered =
      action<plan::Send>("reorder: {sent: [ACK len=1, \"FIN,ACK\"], arrive: [2, 1, 1]}");
  EXPECT_EQ(reordered.sent.size(), 2U);
  EXPECT_EQ(reordered.arrive, (Arrivals{1, 0, 0}));
}

TEST(Compile, GivesACallTheAnswerOkUnlessAnotherIsNamed) {
  EXPECT_EQ(action<plan::Call>("call: close").results, (Results{CallStatus::Ok}));
  EXPECT_EQ(action<plan::Call>("{call: close, result: [reset, no-connection]}").results,
            (Results{CallStatus::Reset, CallStatus::NoConnection}));
}

TEST(Compile, ReadsTheArgumentOfACall) {
  EXPECT_EQ(action<plan::Call>("call: send 1000").octets->constant, 1000);
  EXPECT_EQ(action<plan::Call>(R"(call: send "a\n")").data, (Arrivals{'a', '\n'}));
  EXPECT_EQ(action<plan::Call>("call: connect").kind, CallKind::Connect);
}

TEST(Compile, TellsAtMostFromExactly) {
  const auto at_most = action<plan::Call>("call: receive 1000");
  EXPECT_TRUE(at_most.at_most);
  const auto exactly = action<plan::Call>("receive: 1000");
  EXPECT_FALSE(exactly.at_most);
  EXPECT_EQ(exactly.kind, CallKind::Receive);
  EXPECT_EQ(exactly.octets->constant, 1000);
  EXPECT_EQ(exactly.results, (Results{CallStatus::Ok}));
}

TEST(Compile, ReadsWhatReceiveIsToAnswer) {
  EXPECT_EQ(action<plan::Call>("receive: nothing").results, (Results{CallStatus::WouldBlock}));
  EXPECT_EQ(action<plan::Call>("receive: end-of-stream").results,
            (Results{CallStatus::EndOfStream}));
  EXPECT_EQ(action<plan::Call>(R"(receive: "a\xff")").data, (Arrivals{'a', 0xff}))
      << "YAML's own escapes would make UTF-8 of it";
}

TEST(Compile, ReadsExpectations) {
  const auto plain = action<plan::Expect>("expect: ACK ack=1");
  EXPECT_FALSE(plain.within || plain.exactly || plain.lost);
  const auto timed = action<plan::Expect>("{exactly: ACK within 1s..2*rto, lost: true}");
  EXPECT_TRUE(timed.exactly && timed.lost);
  EXPECT_EQ(timed.within->from.constant, 1'000'000'000);
  EXPECT_EQ(timed.within->to.terms.at(0).symbol, plan::Symbol::Rto);
  EXPECT_EQ(action<plan::Expect>("expect: ACK within 3s").within->from, plan::Expr{});
  EXPECT_EQ(action<plan::ExpectNothing>("expect: nothing for 500ms").duration.constant,
            500'000'000);
  EXPECT_EQ(
      action<plan::OneOf>("one-of: [{expect: RST}, {expect: nothing for 1s}]").alternatives.size(),
      2U);
}

TEST(Compile, ReadsOneOrMoreStates) {
  EXPECT_TRUE(action<plan::ExpectState>("state: FIN-WAIT-1").states.has(tcp::State::FinWait1));
  const auto either = action<plan::ExpectState>("state: [CLOSED, LISTEN]");
  EXPECT_TRUE(either.states.has(tcp::State::Closed) && either.states.has(tcp::State::Listen));
}

TEST(Compile, KeepsLineAndTextOfEachStep) {
  const plan::Plan plan = first_plan(
      "with: {len: [5]}\nsteps:\n  - send: ACK len=${len}  # with a comment\n"
      "  - {call: close, result: reset}\n  - expect: ACK  ack=${len}+1 within 3s\n");
  ASSERT_EQ(plan.steps.size(), 3U);
  EXPECT_EQ(plan.steps[0].text, "send: ACK len=5");
  EXPECT_EQ(plan.steps[0].line, 3);
  EXPECT_EQ(plan.steps[1].text, "call: close, result: reset");
  EXPECT_EQ(plan.steps[2].text, "expect: ACK  ack=5+1 within 3s");
  EXPECT_EQ(plan.steps[2].line, 5);
  EXPECT_EQ(plan.files, (std::vector<std::string>{"test.yaml"}));
}

TEST(Compile, NumbersConnectionsInOrder) {
  const plan::Plan plan = first_plan(
      "connections:\n  first:\n  second: {peer-port: 50000}\nsteps:\n"
      "  - expect: ACK\n    on: second\n");
  ASSERT_EQ(plan.connections.size(), 2U);
  EXPECT_EQ(plan.connections[0].peer_port, 40000);
  EXPECT_EQ(plan.connections[1].peer_port, 50000);
  EXPECT_EQ(plan.steps.at(0).connection, 1);
}

TEST(Compile, LeavesAnActiveOpenersPortToTheStack) {
  const Scenario scenario =
      read("role: [passive, active]\nip: 4\nsteps:\n  - call: connect\n  - expect: SYN\n");
  const plan::Plan passive = scenario.plan(scenario.instances.at(0));
  const plan::Plan active = scenario.plan(scenario.instances.at(1));
  EXPECT_EQ(passive.connections.at(0).stack_port, 7);
  EXPECT_EQ(active.connections.at(0).stack_port, 0);
  EXPECT_TRUE(passive.needs.has(Capability::LocalPort));
  EXPECT_FALSE(active.needs.has(Capability::LocalPort));
}

TEST(Compile, AddsTheNeedsThatTheStepsImply) {
  const plan::Plan plan = first_plan(
      "needs: [timestamps]\nip: 6\niss: {stack: 5}\nsteps:\n  - call: listen\n"
      "  - call: send 1\n  - receive: reset\n  - state: CLOSED\n");
  tcp::Capabilities needs;
  for (const Capability implied :
       {Capability::Timestamps, Capability::Ipv6, Capability::SetIss, Capability::PassiveOpen,
        Capability::UserSend, Capability::UserReceive, Capability::UserErrors}) {
    needs.add(implied);
  }
  EXPECT_EQ(plan.needs, needs) << "and not introspection: a state that is not told is left out";
}

TEST(Compile, NeedsNoErrorsWhereAnotherAnswerWillDo) {
  const plan::Plan plan = first_plan("steps:\n  - {call: close, result: [reset, ok]}\n");
  EXPECT_FALSE(plan.needs.has(Capability::UserErrors));
}

TEST(Compile, HasDefaultsForThePeer) {
  const plan::Plan plan = first_plan("steps:\n  - expect: SYN\n");
  EXPECT_EQ(plan.peer.wnd, 65535);
  EXPECT_EQ(plan.peer_iss, 1'000'000U);
  EXPECT_FALSE(plan.stack_iss.has_value());
  ASSERT_EQ(plan.peer.syn_options.size(), 1U);
  EXPECT_EQ(plan.peer.syn_options[0].kind, 2);
  EXPECT_EQ(plan.peer.syn_options[0].data, (Arrivals{0x05, 0xb4}));
}

TEST(Compile, PutsVariablesIntoTheSettings) {
  const TemporarySpecs specs;
  specs.write("fragments/A.yaml", "passive:\n  - wait: 1s\n");
  specs.write("fragments/B.yaml", "passive:\n  - wait: 2s\n");
  const Scenario scenario = read(
      "ip: 4\nwith: {state: [A, B], iss: [0xfffffff0], wnd: [100], mss: [536]}\n"
      "given: ${state}\niss: {stack: \"${iss}\", peer: \"${iss}\"}\n"
      "peer: {wnd: \"${wnd}\", options: \"<mss ${mss}>\"}\nsteps:\n  - expect: ACK\n",
      specs.root());
  ASSERT_EQ(scenario.instances.size(), 2U);
  const plan::Plan plan = scenario.plan(scenario.instances[1]);
  EXPECT_EQ(plan.stack_iss, 0xfffffff0U);
  EXPECT_EQ(plan.peer_iss, 0xfffffff0U);
  EXPECT_EQ(plan.peer.wnd, 100);
  EXPECT_EQ(plan.peer.syn_options.at(0).data, (Arrivals{0x02, 0x18}));
  EXPECT_EQ(plan.steps.at(0).text, "wait: 2s");
}

TEST(Compile, TakesTheClaimFromTheFirstSentenceOfTheTopComment) {
  EXPECT_EQ(read("# yaml-language-server: $schema=x\n# RFC 9293 3.6 says\n# so. But more.\n"
                 "\nsteps:\n  - expect: ACK\n")
                .claim,
            "RFC 9293 3.6 says so.");
  EXPECT_EQ(read("steps:\n  - expect: ACK\n").claim, "test");
}

TEST(Compile, ReadsIcmpErrors) {
  const auto plain = action<plan::SendIcmp>("send: ICMP net-unreachable");
  EXPECT_EQ(plain.error, wire::IcmpError::NetUnreachable);
  EXPECT_FALSE(plain.seq || plain.mtu);
  const auto full = action<plan::SendIcmp>("send: ICMP fragmentation-needed mtu=1000 seq=SND.UNA");
  EXPECT_EQ(full.error, wire::IcmpError::FragmentationNeeded);
  EXPECT_EQ(full.mtu->constant, 1000);
  EXPECT_EQ(full.seq->terms.at(0).symbol, plan::Symbol::SndUna);
  EXPECT_EQ(step("send: ICMP source-quench").text, "send: ICMP source-quench");
}

TEST(Compile, ReadsWhatAUserSets) {
  const auto on = action<plan::Call>("call: set no-delay on");
  EXPECT_EQ(on.kind, CallKind::Set);
  EXPECT_EQ(on.option, tcp::UserOption::NoDelay);
  EXPECT_EQ(on.value->constant, 1);
  EXPECT_FALSE(action<plan::Call>("call: set keep-alive off").value);
  EXPECT_EQ(action<plan::Call>("call: set user-timeout 100s").value->constant, 100'000'000'000);
  EXPECT_FALSE(action<plan::Call>("call: set user-timeout off").value);
  EXPECT_EQ(action<plan::Call>("call: set dscp 46").value->constant, 46);
  EXPECT_TRUE(action<plan::Call>("call: send 10 urgent").urgent);
  EXPECT_FALSE(action<plan::Call>("call: send 10").urgent);
}

TEST(Compile, ReadsWhatAUserIsTold) {
  const auto told = action<plan::Call>("report: icmp-error");
  EXPECT_EQ(told.report, tcp::Report::IcmpError);
  EXPECT_EQ(told.results, (Results{CallStatus::Ok}));
  EXPECT_EQ(action<plan::Call>("report: nothing").results, (Results{CallStatus::WouldBlock}));
  EXPECT_EQ(action<plan::Call>("urgent: pending").results, (Results{CallStatus::Ok}));
  EXPECT_EQ(action<plan::Call>("urgent: none").results, (Results{CallStatus::WouldBlock}));
}

TEST(Compile, NeedsTheCapabilityOfEachUserOption) {
  const plan::Plan plan = first_plan(
      "ip: 4\nsteps:\n  - call: set ttl 7\n  - call: send 1 urgent\n  - report: urgent-data\n"
      "  - report: icmp-error\n");
  tcp::Capabilities needs;
  for (const Capability implied :
       {Capability::Ipv4, Capability::SetTtl, Capability::UserSend, Capability::UrgentSend,
        Capability::UrgentReceive, Capability::ErrorReports}) {
    needs.add(implied);
  }
  EXPECT_EQ(plan.needs, needs);
}

}  // namespace
}  // namespace tcprove::scenario
