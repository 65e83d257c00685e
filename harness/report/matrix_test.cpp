#include "harness/report/matrix.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "harness/report/matrix_json.hpp"
#include "harness/report/samples_fixture.hpp"

namespace tcprove::report {
namespace {

MatrixRowResult row(std::string options, Verdict verdict) {
  MatrixRowResult row{.options = std::move(options), .tally = {}, .left_out = {{"has its own", 2}}};
  row.tally.add(verdict);
  if (verdict != Verdict::Pass) row.differences = 1;
  return row;
}

/// Two rows alike, and two in which one instance differs.
RunResult sample() {
  RunResult run{.version = "1", .target = "lwip", .seed = 7};
  run.scenarios = {samples::passed()};
  auto matrix = std::make_shared<MatrixResult>();
  matrix->rows = {row("--iss-peer 0x0", Verdict::Pass), row("--iss-peer 0x1", Verdict::Pass),
                  row("--iss-peer 0x2", Verdict::Fail), row("--batch", Verdict::Fail)};
  for (const std::size_t differs : {2U, 3U}) {
    ScenarioResult result = samples::passed();
    result.file = "specs/a.yaml";
    result.id = "a[ip=4]";
    result.instance = "[ip=4]";
    result.verdict = Verdict::Fail;
    result.reason = "it fails";
    matrix->differences.push_back(
        {.row = differs, .as_written = Verdict::Pass, .result = std::move(result)});
  }
  matrix->plays = 12;
  run.matrix = matrix;
  return run;
}

TEST(MatrixText, HasALineForRowsAlikeAndOneForEachThatDiffers) {
  std::ostringstream out;
  write_matrix(out, sample(), {});
  EXPECT_EQ(out.str(),
            "\nmatrix  4 rows, 12 plays in 0.00s wall\n"
            "                                   pass  fail  left out  differ\n"
            "  as written                          1     ·         ·       ·\n"
            "  --iss-peer 0x0 and 1 more alike     1     ·         2       ·\n"
            "  --iss-peer 0x2                      ·     1         2       1\n"
            "  --batch                             ·     1         2       1\n"
            "  left out  2 in 4 rows: has its own\n"
            "differs  a[ip=4]  in 2 rows, the first:\n"
            "         pass as written; fail with --iss-peer 0x2: it fails\n"
            "         tcprove run 'specs/a.yaml[ip=4]' --target lwip --seed 7 --iss-peer 0x2\n");
}

TEST(MatrixText, SaysThatNothingDependsOnARow) {
  RunResult run = sample();
  auto matrix = std::make_shared<MatrixResult>(*run.matrix);
  matrix->differences.clear();
  run.matrix = matrix;
  std::ostringstream out;
  write_matrix(out, run, {});
  EXPECT_NE(out.str().find("no verdict depends on a row\n"), std::string::npos) << out.str();
}

TEST(MatrixJson, NamesEachRowAndEachDifference) {
  const nlohmann::ordered_json json = to_json(*sample().matrix);
  ASSERT_EQ(json["rows"].size(), 4U);
  EXPECT_EQ(json["rows"][1]["options"], "--iss-peer 0x1");
  EXPECT_EQ(json["rows"][1]["summary"]["pass"], 1);
  EXPECT_EQ(json["rows"][1]["left_out"]["has its own"], 2);
  ASSERT_EQ(json["differences"].size(), 2U);
  EXPECT_EQ(json["differences"][1]["options"], "--batch");
  EXPECT_EQ(json["differences"][1]["as_written"], "pass");
  EXPECT_EQ(json["differences"][1]["verdict"], "fail");
}

}  // namespace
}  // namespace tcprove::report
