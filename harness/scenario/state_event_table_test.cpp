#include "harness/scenario/state_event_table.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/scenario/catalogue.hpp"
#include "harness/scenario/map_reader.hpp"
#include "harness/scenario/temporary_specs_fixture.hpp"

namespace tcprove::scenario {
namespace {

using tcp::Cell;
using tcp::EventClass;
using tcp::State;

const std::filesystem::path kCatalogue =
    std::filesystem::path(TCPROVE_SOURCE_DIR) / "specs/catalogue";

class ProjectTable : public testing::Test {
 protected:
  ProjectTable()
      : catalogue_(load_catalogue(kCatalogue)),
        table_(load_state_event_table(kCatalogue / "state-event",
                                      catalogue_ ? &catalogue_.value() : nullptr)) {}

  void SetUp() override {
    ASSERT_TRUE(catalogue_.ok()) << base::to_string(catalogue_.error());
    ASSERT_TRUE(table_.ok()) << base::to_string(table_.error());
  }

  [[nodiscard]] const StateEventRow& row(State state, EventClass event) const {
    return table_.value().row({.state = state, .event = event});
  }

  base::Result<Catalogue> catalogue_;
  base::Result<StateEventTable> table_;
};

TEST_F(ProjectTable, HasARowForEachCell) {
  EXPECT_EQ(table_.value().rows().size(), 374U);
  const auto possible = std::ranges::count_if(
      table_.value().rows(), [](const StateEventRow& row) { return row.impossible.empty(); });
  EXPECT_EQ(possible, 359);
}

TEST_F(ProjectTable, SaysRepliesAndStatesInAFormThatProgramsUse) {
  const StateEventRow& fin = row(State::FinWait1, EventClass::FinOk);
  ASSERT_EQ(fin.outcome.replies.size(), 1U);
  const ReplySegment& ack = fin.outcome.replies[0].segments.at(0);
  EXPECT_EQ(ack.seq, ReplyNumber::SndNxt);
  EXPECT_EQ(ack.ack, ReplyNumber::SegEnd);
  EXPECT_EQ(ack.ctl, wire::Flags(wire::Flag::Ack));
  EXPECT_EQ(fin.outcome.next, std::vector{State::Closing});
  ASSERT_FALSE(fin.alternatives.empty());
  EXPECT_EQ(fin.alternatives[0].kind, Alternative::Kind::Condition);
  EXPECT_EQ(fin.alternatives[0].when, std::vector{When::CoversFin});
  EXPECT_EQ(fin.alternatives[0].outcome.next, std::vector{State::TimeWait});
  EXPECT_EQ(fin.alternatives[0].outcome.replies, fin.outcome.replies);
}

TEST_F(ProjectTable, NamesTheLineOfEachRow) {
  EXPECT_TRUE(row(State::Closing, EventClass::AckOk).file.ends_with("state-event/CLOSING.yaml"));
  EXPECT_GT(row(State::Closing, EventClass::AckOk).line, 0);
}

TEST_F(ProjectTable, FailsNobodyForASecondFin) {
  for (const State state : {State::CloseWait, State::Closing, State::LastAck, State::TimeWait}) {
    EXPECT_TRUE(row(state, EventClass::FinOk).open.has_value()) << to_string(state);
  }
  EXPECT_FALSE(row(State::Established, EventClass::FinOk).open.has_value());
}

/// A row that holds for all events but those named.
std::string row_for_all_but(std::initializer_list<std::string_view> left_out) {
  std::string events;
  for (const std::string_view name : tcp::kEventClassNames) {
    if (std::ranges::find(left_out, name) == left_out.end()) events += fmt::format("{}, ", name);
  }
  return fmt::format("- {{events: [{}], impossible: never, section: '3.10'}}\n",
                     events.substr(0, events.size() - 2));
}

class StrictTable : public testing::Test {
 protected:
  /// What is wrong with a table whose CLOSED has `text` for the event urg, and a row for each
  /// other.
  [[nodiscard]] std::string mistakes(const std::string& text) const {
    return mistakes_in(text + row_for_all_but({"urg"}));
  }

  [[nodiscard]] std::string mistakes_in(const std::string& closed) const {
    for (const std::string_view state : tcp::kStateNames) {
      specs_.write(fmt::format("t/{}.yaml", state),
                   state == "CLOSED" ? closed : row_for_all_but({}));
    }
    const auto table = load_state_event_table(specs_.root() / "t", &catalogue_);
    if (table) return "";
    std::string all;
    for (const base::Diagnostic& d : table.error()) {
      all += fmt::format("{}:{}: {}", d.place.line, d.place.column, d.message);
      if (!d.suggestion.empty()) all += fmt::format("; {}", d.suggestion);
      all += "\n";
    }
    return all;
  }

  TemporarySpecs specs_;
  Catalogue catalogue_{{{.id = "MUST-1",
                         .slug = "x",
                         .level = "MUST",
                         .section = "3.1",
                         .text = "x",
                         .testable = "wire",
                         .also = {},
                         .stimulus = {},
                         .expected = {},
                         .condition = {},
                         .notes = {},
                         .untestable = {}}}};
};

constexpr const char* kGood =
    "- {events: urg, reply: <CTL=RST>, next: CLOSED, requirement: MUST-1, section: '3.1'}\n";

TEST_F(StrictTable, AcceptsARowForEachCell) { EXPECT_EQ(mistakes(kGood), ""); }

TEST_F(StrictTable, RefusesACellWithoutARowAndWithTwo) {
  EXPECT_EQ(mistakes_in(row_for_all_but({"urg"})), "0:0: CLOSED has no row for urg\n");
  EXPECT_EQ(mistakes(std::string(kGood) + kGood), "2:12: urg has a row already, in line 1\n");
}

TEST_F(StrictTable, NamesThePlaceWithinAReply) {
  EXPECT_EQ(mistakes("- events: urg\n  reply: <SEQ=SEG.AKC><CTL=RST>\n  next: CLOSED\n"
                     "  requirement: MUST-1\n  section: '3.1'\n"),
            "2:15: \"SEG.AKC\" is no number of a reply; SEG.ACK\n");
  EXPECT_EQ(mistakes("- events: urg\n  reply: <CTL=RTS>\n  next: CLOSED\n"
                     "  requirement: MUST-1\n  section: '3.1'\n"),
            "2:15: \"RTS\" is no control bit of a reply; RST\n");
  EXPECT_EQ(mistakes("- events: urg\n  reply: nothing\n  next: CLOSED\n"
                     "  requirement: MUST-1\n  section: '3.1'\n"),
            "2:10: a reply is none, later, or <SEQ=…><ACK=…><CTL=…>\n");
  EXPECT_EQ(mistakes("- events: urg\n  reply: <SEQ=0>\n  next: CLOSED\n"
                     "  requirement: MUST-1\n  section: '3.1'\n"),
            "2:10: a reply's segment needs <CTL=…>\n");
}

TEST_F(StrictTable, RefusesWordsThatMeanNothing) {
  EXPECT_EQ(mistakes("- events: [urg, ugr]\n  reply: none\n  next: CLOSD\n  user: okay\n"
                     "  requirement: MUST-2\n  section: '3.1'\n  bases: text\n"),
            "1:17: an event is " + alternatives(tcp::kEventClassNames) +
                ", not \"ugr\"; urg\n"
                "3:9: a state is CLOSED, LISTEN, SYN-SENT, SYN-RECEIVED, ESTABLISHED, FIN-WAIT-1, "
                "FIN-WAIT-2, CLOSE-WAIT, CLOSING, LAST-ACK or TIME-WAIT, not \"CLOSD\"; CLOSED\n"
                "4:9: what the user learns is ok, would-block, end-of-stream, reset, refused, "
                "timed-out, closing, no-connection, insufficient-resources, invalid-argument, "
                "unsupported, nothing, open, readable, urgent or acknowledged, not \"okay\"\n"
                "5:16: the catalogue has no requirement \"MUST-2\"; MUST-1\n"
                "7:3: a row has no key \"bases\"; basis\n");
}

TEST_F(StrictTable, RefusesAnAlternativeWithoutItsKindOrCondition) {
  const std::string row = std::string(kGood).substr(0, std::string(kGood).size() - 2);
  EXPECT_EQ(mistakes(row + ", alternatives: [{reply: none}]}\n"),
            "1:101: an alternative is one of condition, option and deviation\n");
  EXPECT_EQ(mistakes(row + ", alternatives: [{condition: x, reply: none}]}\n"),
            "1:101: a condition needs the key \"when\"\n");
  EXPECT_EQ(mistakes(row + ", alternatives: [{option: x, when: active-orgin}]}\n").substr(0, 34),
            "1:119: when is passive-origin, act");
}

TEST_F(StrictTable, RefusesAnOutcomeForWhatCannotOccur) {
  EXPECT_EQ(mistakes("- {events: urg, impossible: never, reply: none, section: '3.1'}\n"),
            "1:36: a row has no key \"reply\"\n");
}

}  // namespace
}  // namespace tcprove::scenario
