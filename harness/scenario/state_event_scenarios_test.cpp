#include "harness/scenario/state_event_scenarios.hpp"

#include <algorithm>
#include <set>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/scenario/selection.hpp"
#include "harness/scenario/temporary_specs_fixture.hpp"

namespace tcprove::scenario {
namespace {

namespace fs = std::filesystem;

const fs::path kSpecs = fs::path(TCPROVE_SOURCE_DIR) / "specs";

std::vector<Scenario> selected(const std::vector<std::string>& selections) {
  const auto scenarios = load_scenarios(selections, {.specs_root = kSpecs});
  EXPECT_TRUE(scenarios.ok()) << base::to_string(scenarios.error());
  return scenarios ? scenarios.value() : std::vector<Scenario>();
}

std::size_t selected_count(const std::string& selection) {
  return instance_ids(selected({selection})).size();
}

const plan::Step& last(const plan::Plan& plan, std::string_view beginning) {
  const auto found = std::ranges::find_if(
      plan.steps.rbegin(), plan.steps.rend(),
      [&](const plan::Step& step) { return step.text.starts_with(beginning); });
  EXPECT_NE(found, plan.steps.rend()) << beginning;
  return *found;
}

plan::Plan plan_of(const std::string& id) {
  const std::vector<Scenario> scenarios = selected({id});
  return scenarios.at(0).plan(scenarios.at(0).instances.at(0));
}

TEST(StateEventScenarios, AreOneForEachCellAndMoreThanTwoThousandInstances) {
  const std::vector<Scenario> scenarios = selected({"state-event"});
  EXPECT_EQ(scenarios.size(), tcp::kCellCount);
  const std::vector<std::string> ids = instance_ids(scenarios);
  EXPECT_GE(ids.size(), 2'000U);
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size());
}

TEST(StateEventScenarios, EachCompileAndLookAtTheStackBehindTheEvent) {
  for (const Scenario& scenario : selected({"state-event"})) {
    for (const Instance& instance : scenario.instances) {
      const plan::Plan plan = scenario.plan(instance);
      if (!plan.unreachable.empty()) {
        EXPECT_TRUE(plan.steps.empty()) << instance.id;
        continue;
      }
      EXPECT_TRUE(std::holds_alternative<plan::ExpectState>(last(plan, "state: ").action));
      for (const plan::Step& step : plan.steps) {
        EXPECT_LT(step.file, plan.files.size()) << instance.id;
        EXPECT_GT(step.line, 0) << instance.id;
      }
    }
  }
}

TEST(StateEventScenarios, AreSelectedByTheBeginningOfTheirIdsAndOneByOne) {
  EXPECT_EQ(selected({"state-event/FIN-WAIT-1"}).size(), tcp::kEventClassCount);
  EXPECT_EQ(selected({"state-event/FIN-WAIT-1/rst-exact"}).size(), 1U);
  EXPECT_EQ(selected({(kSpecs / "state-event").string()}).size(), tcp::kCellCount);
  EXPECT_EQ(selected_count("state-event/LISTEN/syn[way=fresh,edge=first,iss=wrap,ip=6]"), 1U);
  // The id of one is the beginning of another's.
  EXPECT_EQ(selected({"state-event/ESTABLISHED/syn"}).size(), 1U);
  const auto wrong = load_scenarios(std::vector<std::string>{"state-event/LISTEN/syn[way=fresh]"},
                                    {.specs_root = kSpecs});
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error()[0].message, "state-event/LISTEN/syn has no such instance");
}

TEST(StateEventScenarios, ExpectTheRowAndPointAtItsLine) {
  const plan::Plan plan =
      plan_of("state-event/FIN-WAIT-1/fin-ok[way=passive,edge=empty,ack=leaves-fin,iss=low,ip=4]");
  const plan::Step& reply = last(plan, "expect: <SEQ=SND.NXT><ACK=SEG.SEQ+SEG.LEN><CTL=ACK>");
  EXPECT_TRUE(plan.files[reply.file].ends_with("catalogue/state-event/FIN-WAIT-1.yaml"));
  const auto& expect = std::get<plan::Expect>(reply.action);
  EXPECT_EQ(expect.segment.seq, plan::Expr{.constant = 2});
  EXPECT_EQ(expect.segment.ack, plan::Expr{.constant = 2});
  tcp::States closing;
  closing.add(tcp::State::Closing);
  EXPECT_EQ(std::get<plan::ExpectState>(last(plan, "state: ").action).states, closing);
}

TEST(StateEventScenarios, TakeAConditionInPlaceOfTheRowOnlyWhereItHolds) {
  const plan::Plan plan =
      plan_of("state-event/FIN-WAIT-1/fin-ok[way=passive,edge=empty,ack=covers-fin,iss=low,ip=4]");
  tcp::States time_wait;
  time_wait.add(tcp::State::TimeWait);
  EXPECT_EQ(std::get<plan::ExpectState>(last(plan, "state: ").action).states, time_wait);
}

TEST(StateEventScenarios, AskForRfc5961OnlyWhereTheRowDependsOnIt) {
  const std::string id = "state-event/ESTABLISHED/rst-in-window[way=passive,edge=inside,";
  const plan::Plan with = plan_of(id + "rfc5961=yes,iss=low,ip=4]");
  EXPECT_TRUE(with.needs.has(tcp::Capability::ChallengeAck));
  EXPECT_TRUE(std::holds_alternative<plan::Expect>(last(with, "expect: <SEQ").action));
  const plan::Plan without = plan_of(id + "rfc5961=no,iss=low,ip=4]");
  EXPECT_FALSE(without.needs.has(tcp::Capability::ChallengeAck));
  EXPECT_TRUE(std::holds_alternative<plan::OneOf>(last(without, "expect: <SEQ").action));
}

TEST(StateEventScenarios, SayWhyACellCannotBeTried) {
  EXPECT_EQ(plan_of("state-event/CLOSED/timeout-user").unreachable,
            "cannot occur: No TCB, no timer.");
  EXPECT_EQ(plan_of("state-event/SYN-RECEIVED/abort").unreachable,
            "A connection that is not yet accepted has no handle.");
}

class StrictStimuli : public testing::Test {
 protected:
  [[nodiscard]] std::string mistakes(const std::string& ways, const std::string& stimuli) const {
    for (const std::string_view state : tcp::kStateNames) {
      const std::string name = fmt::format("catalogue/state-event/{}.yaml", state);
      fs::create_directories((specs_.root() / name).parent_path());
      fs::copy_file(kSpecs / name, specs_.root() / name, fs::copy_options::overwrite_existing);
    }
    specs_.write("state-event/ways.yaml", ways);
    specs_.write("state-event/stimuli.yaml", stimuli);
    specs_.write("state-event/probes.yaml", "[]\n");
    const auto scenarios = load_state_event_scenarios(specs_.root(), nullptr);
    std::string all;
    if (scenarios) return all;
    for (const base::Diagnostic& d : scenarios.error()) {
      all += fmt::format("{}:{}:{}: {}\n", fs::path(d.file).filename().string(), d.place.line,
                         d.place.column, d.message);
    }
    return all;
  }

  TemporarySpecs specs_;
};

constexpr const char* kWay =
    "- {state: LISTEN, way: w, rcv-nxt: 0, snd-nxt: 0, role: passive, steps: [{call: listen}]}\n";

TEST_F(StrictStimuli, NamesThePlaceOfAMistakeInAWayAndAStimulus) {
  EXPECT_EQ(mistakes(kWay, "- {events: urg, steps: [{send: RST seq=1}]}\n"), "");
  EXPECT_EQ(
      mistakes("- {state: LISTEN, way: w, rcv-nxt: 0, snd-nxt: 0, from: X/y, steps: []}\n", "[]\n"),
      "ways.yaml:1:61: no way above this is \"X/y\"\n");
  EXPECT_EQ(
      mistakes(kWay,
               "- {events: urg, edges: {a: 1, b: x}, steps: [{send: \"RST seq=${edge}\"}]}\n"),
      "stimuli.yaml:1:34: \"x\" is no number\n"
      "stimuli.yaml:1:62: the value of seq is a number or a symbol, not \"x\"\n");
  EXPECT_EQ(mistakes(kWay, "- {events: urg, steps: [{send: RTS seq=1}], helds: x}\n").substr(0, 22),
            "stimuli.yaml:1:32: \"RT");
}

TEST(StateEventScenarios, AreNoneWhereTheSpecsHaveNoStimuli) {
  const TemporarySpecs specs;
  const auto scenarios = load_state_event_scenarios(specs.root(), nullptr);
  ASSERT_TRUE(scenarios.ok());
  EXPECT_TRUE(scenarios.value().empty());
}

}  // namespace
}  // namespace tcprove::scenario
