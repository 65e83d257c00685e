#include "harness/report/ladder.hpp"

#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>

#include "harness/report/ladder_marks.hpp"
#include "harness/report/ladder_text.hpp"
#include "harness/report/samples_fixture.hpp"
#include "harness/report/utf8.hpp"
#include "harness/testing/golden.hpp"
#include "harness/testing/trace_builder.hpp"
#include "harness/wire/icmp.hpp"

namespace tcprove::report {
namespace {

using namespace std::chrono_literals;
using enum wire::Flag;
using Kind = LadderRow::Kind;
using testing::TraceBuilder;

constexpr std::size_t kRowsBefore = 16;

std::string drawn(ScenarioResult result, const TextStyle& style, bool absolute) {
  result.absolute_numbers |= absolute;
  std::ostringstream out;
  out << result.id.substr(0, result.id.find('[')) << '\n';
  write_ladder(out, around_violations(ladder_rows(result), kRowsBefore), style);
  out << '\n';
  return out.str();
}

std::string all_drawn(const TextStyle& style, bool absolute) {
  std::string text;
  for (const ScenarioResult& result :
       {samples::fin_with_wrong_seq(), samples::lost_and_never_sent_again(),
        samples::syn_with_options(), samples::reset_in_window(), samples::two_connections(),
        samples::bad_checksum_acked(), samples::crashed_in_a_call(), samples::long_trace()}) {
    text += drawn(result, style, absolute);
  }
  return text;
}

std::vector<LadderRow> rows_of(TraceBuilder& builder) {
  ScenarioResult result;
  result.trace = builder.build();
  return ladder_rows(result);
}

TEST(Ladder, DrawsAsApproved) {
  testing::expect_golden("harness/report/golden/ladder.txt", all_drawn({}, false));
}

TEST(Ladder, DrawsInAsciiWithRawNumbersAsApproved) {
  const std::string text = all_drawn({.utf8 = false}, true);
  EXPECT_TRUE(
      std::ranges::all_of(text, [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); }));
  testing::expect_golden("harness/report/golden/ladder_ascii_raw.txt", text);
}

TEST(Ladder, KeepsToTheWidth) {
  for (const std::size_t width : {100U, 120U}) {
    std::istringstream lines(all_drawn({.width = width}, true));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(columns(line), width) << line;
  }
}

TEST(Ladder, OfNothingIsEmpty) {
  std::ostringstream out;
  write_ladder(out, ladder_rows(ScenarioResult()), {});
  EXPECT_EQ(out.str(), "");
}

TEST(LadderRows, JoinAnAnswerToItsCall) {
  TraceBuilder builder;
  builder.called(tcp::CallKind::Send, 500);
  builder.answered(tcp::CallKind::Send, tcp::CallStatus::Ok, 200);
  const std::vector<LadderRow> rows = rows_of(builder);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].text, "send 500");
  EXPECT_EQ(rows[0].answer, "ok 200");
}

TEST(LadderRows, TellThatACallWasNeverAnswered) {
  TraceBuilder builder;
  EXPECT_EQ(rows_of(builder.called(tcp::CallKind::Abort)).at(0).answer, "no answer");
}

TEST(LadderRows, JoinAStateToTheSegmentBeforeIt) {
  TraceBuilder builder;
  builder.sent({.ctl = Syn}).state(tcp::State::SynReceived).later(1s).state(tcp::State::Closed);
  const std::vector<LadderRow> rows = rows_of(builder);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].state, "SYN-RECEIVED");
  EXPECT_EQ(rows[1].kind, Kind::State);
  EXPECT_EQ(rows[1].state, "CLOSED");
}

TEST(LadderRows, KeepTheStateOfAnotherConnectionApart) {
  TraceBuilder builder(2);
  builder.on(0).sent({.ctl = Syn}).on(1).state(tcp::State::Closed);
  const std::vector<LadderRow> rows = rows_of(builder);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].connection, "a");
  EXPECT_EQ(rows[1].connection, "b");
}

TEST(LadderRows, NameThePortsOfAnUnknownConnection) {
  TraceBuilder builder;
  builder.sent({.ctl = Syn});
  trace::Trace trace = builder.build();
  trace::Event stray = trace.events().front();
  const std::vector<std::uint8_t> octets(trace.octets_of(stray).begin(),
                                         trace.octets_of(stray).end());
  stray.connection = trace::kNoConnection;
  trace.append(stray, octets);
  ScenarioResult result;
  result.trace = std::move(trace);
  EXPECT_EQ(ladder_rows(result).at(1).oddity, "of no known connection: port 40000 to 7");
}

TEST(LadderRows, MarkTheEventThatAViolationNames) {
  const std::vector<LadderRow> rows = ladder_rows(samples::bad_checksum_acked());
  const auto marked = std::ranges::find_if(rows, &LadderRow::violated);
  ASSERT_NE(marked, rows.end());
  EXPECT_EQ(marked->text, "ACK seq=1 ack=11 wnd=5830");
  EXPECT_EQ(std::ranges::count_if(rows, &LadderRow::violated), 1);
}

TEST(LadderRows, PlaceWhatIsMissingAtTheTimeThatItWasDue) {
  const std::vector<LadderRow> rows = ladder_rows(samples::lost_and_never_sent_again());
  const auto due = std::ranges::find(rows, Kind::Remark, &LadderRow::kind);
  ASSERT_NE(due, rows.end());
  EXPECT_EQ(due->at.time_since_epoch(), 1500ms);
}

TEST(LadderRows, NoteAMayWithoutAMark) {
  ScenarioResult result = samples::bad_checksum_acked();
  result.violations.front().level = monitor::Level::May;
  const std::vector<LadderRow> rows = ladder_rows(result);
  EXPECT_TRUE(std::ranges::none_of(rows, &LadderRow::violated));
  EXPECT_TRUE(std::ranges::any_of(rows, [](const LadderRow& row) { return !row.notes.empty(); }));
}

TEST(AroundViolations, ShowsTheLastRowsWhereNothingIsViolated) {
  std::vector<LadderRow> rows(10);
  rows.back().text = "last";
  const std::vector<LadderRow> shown = around_violations(rows, 3);
  ASSERT_EQ(shown.size(), 4U);
  EXPECT_EQ(shown.front().kind, Kind::Gap);
  EXPECT_EQ(shown.front().text, "7 rows not shown");
  EXPECT_EQ(shown.back().text, "last");
}

TEST(AroundViolations, ShowsTheFirstTheLastAndSomeBetween) {
  std::vector<LadderRow> rows(200);
  for (std::size_t at = 10; at < 200; at += 10) rows[at].violated = true;
  const std::vector<LadderRow> shown = around_violations(rows, 4);
  EXPECT_EQ(std::ranges::count_if(shown, &LadderRow::violated), 2 + 6);
  // 4 and 2 around the first, 2 and 2 around each between, 4 and 2 around the last.
  EXPECT_EQ(std::ranges::count(shown, Kind::Remark, &LadderRow::kind), 6 + 6 * 4 + 6);
  EXPECT_EQ(std::ranges::count(shown, Kind::Gap, &LadderRow::kind), 1 + 7 + 1);
}

TEST(AroundViolations, ShowsAllWhenAskedTo) {
  const std::vector<LadderRow> rows(100);
  EXPECT_EQ(around_violations(rows, 0).size(), 100U);
}

std::vector<LadderRow> rows_of(trace::Trace trace) {
  ScenarioResult result;
  result.trace = std::move(trace);
  return ladder_rows(result);
}

TEST(LadderRows, TellWhatIcmpSaysAboutWhichSegment) {
  TraceBuilder builder;
  trace::Trace trace = builder.established().build();
  const trace::Event syn_ack = trace.events()[1];
  const std::vector<std::uint8_t> quoted(trace.octets_of(syn_ack).begin(),
                                         trace.octets_of(syn_ack).end());
  std::vector<std::uint8_t> octets;
  wire::encode(wire::IcmpMessage{.source = trace.connections[0].peer.address,
                                 .destination = trace.connections[0].stack.address,
                                 .error = wire::IcmpError::PortUnreachable,
                                 .quoted = quoted},
               octets);
  trace.append({.kind = trace::EventKind::Sent, .connection = 0}, octets);
  const LadderRow row = rows_of(std::move(trace)).back();
  EXPECT_EQ(row.text, "ICMP port-unreachable seq=0");
  EXPECT_EQ(row.oddity, "");
}

TEST(LadderRows, TellWhatAUserSetsAndIsTold) {
  TraceBuilder builder;
  trace::Trace trace = builder.build();
  const auto call = [&trace](trace::Event event) {
    event.connection = 0;
    event.kind = trace::EventKind::Called;
    trace.append(event);
    event.kind = trace::EventKind::Answered;
    trace.append(event);
  };
  using enum tcp::CallKind;
  call({.call = Set, .option = tcp::UserOption::NoDelay, .value = 1});
  call({.call = Set, .option = tcp::UserOption::UserTimeout, .value = 0});
  call({.call = Set, .option = tcp::UserOption::UserTimeout, .value = 90'000'000'000});
  call({.call = Set, .option = tcp::UserOption::Dscp, .value = 46});
  call({.call = Send, .urgent = true});
  call({.call = Report, .report = tcp::Report::UrgentData});
  std::vector<std::string> lines;
  for (const LadderRow& row : rows_of(std::move(trace))) {
    lines.push_back(row.text + " -> " + row.answer);
  }
  EXPECT_EQ(lines, (std::vector<std::string>{"set no-delay on -> ok", "set user-timeout off -> ok",
                                             "set user-timeout 90s -> ok", "set dscp 46 -> ok",
                                             "send 0 urgent -> ok", "report -> urgent-data"}));
}

}  // namespace
}  // namespace tcprove::report
