#include "harness/report/json.hpp"

#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "harness/report/samples_fixture.hpp"
#include "harness/testing/golden.hpp"

namespace tcprove::report {
namespace {

using Json = nlohmann::ordered_json;
using Keys = std::vector<std::string>;

std::string written(const RunResult& run) {
  std::ostringstream out;
  write_json(out, run);
  return out.str();
}

Keys keys_of(const Json& object) {
  Keys keys;
  for (const auto& item : object.items()) keys.push_back(item.key());
  return keys;
}

TEST(Json, IsWrittenAsApproved) {
  testing::expect_golden("harness/report/golden/run.json", written(samples::run()));
}

TEST(Json, HasTheKeysThatArePromisedInTheirOrder) {
  const Json json = Json::parse(written(samples::run()));
  EXPECT_EQ(keys_of(json), (Keys{"tool", "version", "target", "seed", "scenarios", "requirements",
                                 "state_event", "summary", "stale"}));
  const Json& scenario = json["scenarios"][0];
  EXPECT_EQ(keys_of(scenario), (Keys{"id", "file", "verdict", "reason", "requirements",
                                     "violations", "virtual_ms", "wall_us"}));
  EXPECT_EQ(keys_of(scenario["violations"][0]),
            (Keys{"requirement", "level", "section", "rule", "message", "at_ms", "line", "file"}));
  EXPECT_EQ(keys_of(json["summary"]), (Keys{"pass", "fail", "warn", "inconclusive", "unsupported",
                                            "xfail", "xpass", "error", "requirements", "stale"}));
  for (const Json& requirement : json["requirements"]) {
    Keys expected{"id", "level", "verdict"};
    if (requirement["verdict"] == "untested" || requirement["verdict"] == "not-applicable") {
      expected.emplace_back("reason");
    }
    EXPECT_EQ(keys_of(requirement), expected);
  }
}

TEST(Json, NamesEachCellOnceAsExercisedOrNot) {
  RunResult run;
  run.cells.add({.state = tcp::State::FinWait1, .event = tcp::EventClass::FinOk});
  const Json json = Json::parse(written(run))["state_event"];
  EXPECT_EQ(json["exercised"], Json::array({"FIN-WAIT-1/fin-ok"}));
  EXPECT_EQ(json["not_exercised"].size(), tcp::kCellCount - 1);
}

TEST(Json, KeepsEmptyListsAndWholeMilliseconds) {
  RunResult run;
  EXPECT_TRUE(Json::parse(written(run))["scenarios"].is_array());
  run.scenarios = {samples::passed(), samples::two_connections()};
  const Json json = Json::parse(written(run));
  EXPECT_TRUE(json["scenarios"][0]["violations"].is_array());
  EXPECT_TRUE(json["scenarios"][0]["virtual_ms"].is_number_integer());
  EXPECT_EQ(json["scenarios"][1]["virtual_ms"], 1.5);
}

TEST(Json, ReplacesWhatIsNotUtf8) {
  RunResult run;
  run.scenarios = {samples::hostile_names()};
  const Json json = Json::parse(written(run));
  EXPECT_NE(json["scenarios"][0]["id"].get<std::string>().find("\xef\xbf\xbd"), std::string::npos);
}

TEST(Json, TellsOfStaleDeviations) {
  RunResult run;
  run.stale = {{.file = "specs/expected/lwip.yaml",
                .line = 7,
                .rule = "ack-is-rcv-nxt",
                .scenario = "textbook/close",
                .requirement = "3.10.7.4-data-acknowledged"}};
  const Json json = Json::parse(written(run));
  EXPECT_EQ(json["stale"].dump(),
            R"([{"file":"specs/expected/lwip.yaml","line":7,"rule":"ack-is-rcv-nxt",)"
            R"("scenario":"textbook/close","requirement":"3.10.7.4-data-acknowledged"}])");
  EXPECT_EQ(json["summary"]["stale"], 1);
}

TEST(Json, TellsOfAnInterruptedRun) {
  RunResult run;
  run.not_played = 7;
  EXPECT_EQ(Json::parse(written(run))["summary"]["not_played"], 7);
}

TEST(Json, OfSeveralTargetsHoldsEachAsAloneAndTheirRequirementsSideBySide) {
  const std::vector<RunResult> runs = samples::two_targets();
  std::ostringstream out;
  write_json(out, runs);
  const Json json = Json::parse(out.str());
  EXPECT_EQ(keys_of(json), (Keys{"tool", "version", "targets", "requirements"}));
  ASSERT_EQ(json["targets"].size(), 2U);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    EXPECT_EQ(json["targets"][i], Json::parse(written(runs[i])));
  }
  EXPECT_EQ(json["requirements"].size(), 7U);
  EXPECT_EQ(
      json["requirements"][2].dump(),
      R"({"id":"MUST-3","level":"MUST","verdicts":{"lwip":"fail","./libmy\u001bstack.so":"pass"}})");
}

}  // namespace
}  // namespace tcprove::report
