#include "harness/report/sarif.hpp"

#include <set>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "harness/report/samples_fixture.hpp"
#include "harness/testing/golden.hpp"

namespace tcprove::report {
namespace {

std::string written(std::span<const RunResult> runs) {
  std::ostringstream out;
  write_sarif(out, runs);
  return out.str();
}

nlohmann::json results_of(const RunResult& run) {
  return nlohmann::json::parse(written({&run, 1}))["runs"][0]["results"];
}

TEST(Sarif, IsWrittenAsApproved) {
  RunResult run = samples::run();
  run.stale = {{.file = "specs/expected/lwip.yaml",
                .line = 3,
                .rule = "nagle",
                .scenario = "",
                .requirement = "SHLD-7"}};
  const std::vector<RunResult> runs{run, samples::two_targets().back()};
  testing::expect_golden("harness/report/golden/run.sarif", written(runs));
}

TEST(Sarif, TellsNothingOfWhatHeldOrCouldNotBeTried) {
  RunResult run;
  run.scenarios = {samples::passed(), samples::unsupported()};
  EXPECT_TRUE(results_of(run).empty());
}

TEST(Sarif, TellsARuleOnceAScenario) {
  RunResult run;
  run.scenarios = {samples::bad_checksum_acked()};
  const std::size_t once = results_of(run).size();
  auto& violations = run.scenarios.front().violations;
  violations.push_back(violations.front());
  violations.back().message = "and again";
  EXPECT_EQ(results_of(run).size(), once);
}

TEST(Sarif, HasAFingerprintForEachResult) {
  const RunResult run = samples::run();
  std::set<std::string> prints;
  const nlohmann::json results = results_of(run);
  for (const auto& result : results) {
    prints.insert(result["partialFingerprints"]["finding/v1"].get<std::string>());
  }
  EXPECT_EQ(prints.size(), results.size());
}

TEST(Sarif, SuppressesAKnownDeviationWithItsReason) {
  RunResult run;
  run.scenarios = {samples::known_deviation()};
  const nlohmann::json results = results_of(run);
  ASSERT_FALSE(results.empty());
  for (const auto& result : results) {
    EXPECT_FALSE(result["suppressions"][0]["justification"].get<std::string>().empty());
  }
}

}  // namespace
}  // namespace tcprove::report
