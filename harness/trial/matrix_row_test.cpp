#include "harness/trial/matrix_row.hpp"

#include <algorithm>
#include <set>

#include "harness/testing/played.hpp"

namespace tcprove::trial {
namespace {

using namespace std::chrono_literals;
using tcp::Capability;

class Matrix : public testing::Played {
 protected:
  static constexpr const char* kSteps = "steps:\n- send: RST seq=1\n- expect: nothing for 1ms\n";

  static plan::Plan applied(const MatrixRow& row, const std::string& text) {
    plan::Plan plan = plan_of(text);
    apply(row, plan);
    return plan;
  }
};

TEST_F(Matrix, HasARowForEachPairOfNumbersEachClockAndBatches) {
  tcp::Capabilities offered;
  offered.add(Capability::SetIss);
  offered.add(Capability::SetClock);
  const std::vector<MatrixRow> rows = matrix_rows(offered);
  EXPECT_EQ(rows.size(), 64U + 2U + 1U);
  std::set<std::string> names;
  for (const MatrixRow& row : rows) names.insert(to_options(row));
  EXPECT_EQ(names.size(), rows.size());
  EXPECT_FALSE(names.contains(""));
  EXPECT_TRUE(names.contains("--iss-peer 0x7ffffff0 --iss-stack 0xffffffff"));
  EXPECT_TRUE(names.contains("--clock-ms 2147483548"));
  EXPECT_TRUE(names.contains("--clock-ms 4294967196"));
  EXPECT_TRUE(names.contains("--batch"));
}

TEST_F(Matrix, LeavesOutWhatAStackCannotBeGiven) {
  const std::vector<MatrixRow> rows = matrix_rows({});
  EXPECT_EQ(rows.size(), 8U + 1U);
  EXPECT_TRUE(std::ranges::none_of(rows, [](const MatrixRow& row) {
    return row.stack_iss || row.conditions.clock != base::Duration::zero();
  }));
}

TEST_F(Matrix, GivesAPlanTheRowsNumbers) {
  const plan::Plan plan = applied({.peer_iss = 1, .stack_iss = 2, .conditions = {}}, kSteps);
  EXPECT_EQ(plan.unreachable, "");
  EXPECT_EQ(plan.peer_iss, 1U);
  EXPECT_EQ(plan.stack_iss, 2U);
  EXPECT_TRUE(plan.needs.has(Capability::SetIss));
  EXPECT_EQ(applied({}, kSteps), plan_of(kSteps));
  EXPECT_TRUE(applied({.conditions = {.clock = 1ms}}, kSteps).needs.has(Capability::SetClock));
}

TEST_F(Matrix, LeavesAPlanWithNumbersOfItsOwnAlone) {
  const MatrixRow both{.peer_iss = 1, .stack_iss = 2, .conditions = {}};
  const MatrixRow peers{.peer_iss = 1, .stack_iss = {}, .conditions = {}};
  const std::string stack = std::string("iss: {stack: 5}\n") + kSteps;
  const std::string peer = std::string("iss: {peer: 5}\n") + kSteps;
  EXPECT_EQ(applied(both, stack).unreachable, "sets the stack's ISS itself");
  EXPECT_EQ(applied(peers, stack).unreachable, "");
  EXPECT_EQ(applied(peers, stack).stack_iss, 5U);
  EXPECT_EQ(applied(peers, peer).unreachable, "sets the peer's ISS itself");
  EXPECT_EQ(applied(peers, std::string("numbers: absolute\n") + kSteps).unreachable,
            "counts in absolute numbers");
  EXPECT_EQ(applied({.conditions = {.clock = 1ms}}, peer).unreachable, "");
}

TEST_F(Matrix, LeavesAPlanWithoutBatchesOutOfTheirRow) {
  const MatrixRow batch{.conditions = {.batch = true}};
  EXPECT_EQ(applied(batch, kSteps).unreachable, "sends nothing in batches");
  const std::string two = "steps:\n- duplicate: RST seq=1\n- expect: nothing for 1ms\n";
  EXPECT_EQ(applied(batch, two).unreachable, "");
}

TEST_F(Matrix, KeepsThePlansOwnReasonWhyItIsUnreachable) {
  plan::Plan plan = plan_of(kSteps);
  plan.unreachable = "cannot occur";
  apply({.peer_iss = 1, .stack_iss = {}, .conditions = {}}, plan);
  EXPECT_EQ(plan.unreachable, "cannot occur");
}

}  // namespace
}  // namespace tcprove::trial
