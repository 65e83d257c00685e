#include "harness/monitor/cells.hpp"

#include <string>

#include <gtest/gtest.h>

#include "harness/monitor/ladder_notation.hpp"
#include "harness/monitor/monitor.hpp"

namespace tcprove::monitor {
namespace {

using tcp::Cell;

/// The cells of `state` that the last line of the ladder `text` adds, in the table's order.
std::string added_by_last_line(const std::string& text) {
  const Ladder ladder = parse_ladder(text);
  EXPECT_EQ(ladder.error, std::nullopt);
  Monitor monitor(ladder.facts);
  monitor.restart(ladder.trace.connections);
  const auto events = ladder.trace.events();
  std::string names;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const tcp::CellSet before = monitor.cells();
    monitor.observe(events[i], ladder.trace.octets_of(events[i]), i);
    if (i + 1 != events.size()) continue;
    for (std::size_t c = 0; c < tcp::kCellCount; ++c) {
      const Cell cell = Cell::at(c);
      if (!monitor.cells().has(cell) || before.has(cell)) continue;
      if (!names.empty()) names += ' ';
      names += std::string(to_string(cell.state)) + '/' + std::string(to_string(cell.event));
    }
  }
  return names;
}

std::string in_established(const std::string& line) {
  return added_by_last_line("given: passive\n" + line);
}

TEST(Cells, SortSegmentsByTheWindow) {
  // The stack announces 65535 in SYN,ACK and the last ACK: [1, 65536).
  EXPECT_EQ(in_established("10ms > ACK seq=1 ack=1 len=10"), "ESTABLISHED/data-in-order");
  EXPECT_EQ(in_established("10ms > ACK seq=2 ack=1 len=10"), "ESTABLISHED/data-ooo");
  EXPECT_EQ(in_established("10ms > ACK seq=0 ack=1 len=10"), "ESTABLISHED/data-straddle");
  EXPECT_EQ(in_established("10ms > ACK seq=0 ack=1 len=1"), "ESTABLISHED/data-oow");
  EXPECT_EQ(in_established("10ms > ACK seq=0 ack=1"), "ESTABLISHED/ack-seq-oow");
  EXPECT_EQ(in_established("10ms > FIN,ACK seq=1 ack=1"), "ESTABLISHED/fin-ok");
  EXPECT_EQ(in_established("10ms > FIN,ACK seq=2 ack=1"), "ESTABLISHED/fin-ooo");
  EXPECT_EQ(in_established("10ms > FIN,ACK seq=0 ack=1"), "ESTABLISHED/fin-oow");
  EXPECT_EQ(in_established("10ms > URG,ACK seq=1 ack=1 len=10"), "ESTABLISHED/urg");
}

TEST(Cells, SortResetsAndSyns) {
  EXPECT_EQ(in_established("10ms > RST seq=1"), "ESTABLISHED/rst-exact");
  EXPECT_EQ(in_established("10ms > RST seq=2"), "ESTABLISHED/rst-in-window");
  EXPECT_EQ(in_established("10ms > RST seq=0"), "ESTABLISHED/rst-oow");
  EXPECT_EQ(in_established("10ms > RST,ACK seq=1 ack=1"), "ESTABLISHED/rst-ack-good");
  EXPECT_EQ(in_established("10ms > RST,ACK seq=1 ack=2"), "ESTABLISHED/rst-ack-bad");
  EXPECT_EQ(in_established("10ms > SYN seq=0"), "ESTABLISHED/syn");
  EXPECT_EQ(in_established("10ms > SYN seq=100"), "ESTABLISHED/syn-in-window");
  EXPECT_EQ(in_established("10ms > SYN,ACK seq=0 ack=1"), "ESTABLISHED/synack-ack-ok");
  EXPECT_EQ(in_established("10ms > SYN,ACK seq=0 ack=2"), "ESTABLISHED/synack-ack-bad");
  EXPECT_EQ(in_established("10ms > none seq=1"), "ESTABLISHED/no-flags");
}

TEST(Cells, SortAcksByWhatIsOutstanding) {
  EXPECT_EQ(in_established("10ms > ACK seq=1 ack=1"), "ESTABLISHED/ack-ok");
  EXPECT_EQ(in_established("10ms > ACK seq=1 ack=2"), "ESTABLISHED/ack-beyond");
  EXPECT_EQ(in_established("10ms > ACK seq=1 ack=1 wnd=0"), "ESTABLISHED/zero-window-advert");
  const std::string sent = "10ms call send len=10 -> ok\n10ms < ACK seq=1 ack=1 len=10\n";
  EXPECT_EQ(in_established(sent + "20ms > ACK seq=1 ack=1"), "ESTABLISHED/ack-old-dup");
  EXPECT_EQ(in_established(sent + "20ms > ACK seq=1 ack=11"), "ESTABLISHED/ack-ok");
}

TEST(Cells, OfCalls) {
  EXPECT_EQ(in_established("10ms call accept -> ok\n10ms call send len=1"), "ESTABLISHED/send");
  EXPECT_EQ(in_established("10ms call accept -> ok\n10ms call shutdown"), "ESTABLISHED/close");
  EXPECT_EQ(added_by_last_line("10ms call receive"), "CLOSED/receive");
  EXPECT_EQ(added_by_last_line("10ms call listen -> ok\n10ms call close"), "LISTEN/close");
  EXPECT_EQ(added_by_last_line("10ms call listen -> ok\n10ms call receive"), "");
  EXPECT_EQ(added_by_last_line("10ms call connect"), "CLOSED/open-active");
}

TEST(Cells, WithoutAWindowAreExercisedTogether) {
  EXPECT_EQ(added_by_last_line("10ms > RST seq=7"),
            "CLOSED/rst-exact CLOSED/rst-in-window CLOSED/rst-oow");
  EXPECT_EQ(added_by_last_line("10ms call listen -> ok\n10ms > SYN seq=0"),
            "LISTEN/syn LISTEN/syn-in-window");
}

TEST(Cells, OfTimeouts) {
  const std::string sent = "10ms call send len=10 -> ok\n10ms < ACK seq=1 ack=1 len=10\n";
  EXPECT_EQ(in_established(sent + "1010ms < ACK seq=1 ack=1 len=10"),
            "ESTABLISHED/timeout-retransmission");
  const std::string time_wait =
      "10ms call close -> ok\n10ms < FIN,ACK seq=1 ack=1\n20ms > FIN,ACK seq=1 ack=2\n"
      "20ms < ACK seq=2 ack=2\n";
  EXPECT_EQ(in_established(time_wait + "240s > ACK seq=2 ack=2"), "TIME-WAIT/ack-ok");
  EXPECT_EQ(in_established(time_wait + "241s > RST seq=9").substr(0, 27),
            "TIME-WAIT/timeout-time-wait");
}

TEST(Cells, AreNotCountedWhereTheStateIsOpen) {
  // Whether the ACK of the crossing segment was taken the wire does not tell.
  EXPECT_EQ(in_established("10ms > ACK seq=1 ack=1 len=10 checksum=bad"), "");
  EXPECT_EQ(added_by_last_line("facts: capture\n10ms > RST seq=7"), "");
  EXPECT_EQ(added_by_last_line("10ms call listen -> ok\n10ms > SYN seq=0\n10ms > ACK seq=1 ack=1"),
            "");
}

/// How the stack answers what `line` does to it in ESTABLISHED, and in which cells.
tcp::AnsweredCells answered(const std::string& line) {
  const Ladder ladder = parse_ladder("given: passive\n" + line);
  EXPECT_EQ(ladder.error, std::nullopt);
  Monitor monitor(ladder.facts);
  monitor.restart(ladder.trace.connections);
  const auto events = ladder.trace.events();
  for (std::size_t i = 0; i < events.size(); ++i) {
    monitor.observe(events[i], ladder.trace.octets_of(events[i]), i);
  }
  monitor.finish();
  EXPECT_EQ(monitor.answered().cells(), monitor.cells());
  return monitor.answered();
}

TEST(AnsweredCells, TellWhatTheStackDidAtOnce) {
  const auto has = [](const tcp::AnsweredCells& set, tcp::EventClass event, tcp::Answer answer) {
    tcp::AnsweredCells one;
    one.add({.state = tcp::State::Established, .event = event}, answer);
    return set.has_all(one);
  };
  const std::string rst = "10ms > RST seq=2\n";
  const auto challenged = answered(rst + "10ms < ACK seq=1 ack=1\n");
  EXPECT_TRUE(has(challenged, tcp::EventClass::RstInWindow, tcp::Answer::Ack));
  EXPECT_FALSE(has(challenged, tcp::EventClass::RstInWindow, tcp::Answer::Nothing));
  const auto later = answered(rst + "11ms < ACK seq=1 ack=1\n");
  EXPECT_TRUE(has(later, tcp::EventClass::RstInWindow, tcp::Answer::Nothing));
}

}  // namespace
}  // namespace tcprove::monitor
