#include "harness/plan/mutate.hpp"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "harness/plan/plan_octets.hpp"

namespace tcprove::plan {
namespace {

using OctetVector = std::vector<std::uint8_t>;

constexpr std::size_t kSteps = 12;

std::set<OctetVector> records_of(const OctetVector& octets) {
  std::set<OctetVector> records;
  for (std::size_t at = kHeaderOctets; at + kStepOctets <= octets.size(); at += kStepOctets) {
    records.emplace(octets.begin() + static_cast<std::ptrdiff_t>(at),
                    octets.begin() + static_cast<std::ptrdiff_t>(at + kStepOctets));
  }
  return records;
}

TEST(Mutate, MakesWholeStepsAndNeverTooMany) {
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    const OctetVector parent(seed % 200, 1);
    const OctetVector child = mutate(parent, seed, kSteps);
    ASSERT_GE(child.size(), kHeaderOctets);
    ASSERT_EQ((child.size() - kHeaderOctets) % kStepOctets, 0U);
    ASSERT_LE(child.size(), kHeaderOctets + kSteps * kStepOctets);
    ASSERT_EQ(child.front(), kFormatVersion);
  }
}

TEST(Mutate, IsAFunctionOfItsSeedAndKeepsMostSteps) {
  const OctetVector parent = plan_octets_at_random(9, kSteps);
  std::set<OctetVector> children;
  std::size_t kept = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const OctetVector child = mutate(parent, seed, kSteps);
    EXPECT_EQ(mutate(parent, seed, kSteps), child);
    children.insert(child);
    const auto wanted = records_of(parent);
    for (const OctetVector& record : records_of(child)) kept += wanted.count(record);
  }
  EXPECT_GT(children.size(), 90U);
  EXPECT_GT(kept, 100 * records_of(parent).size() / 2);
}

TEST(Cross, TakesEveryStepFromOneOrTheOther) {
  const OctetVector one = plan_octets_at_random(1, kSteps);
  const OctetVector other = plan_octets_at_random(2, kSteps);
  std::set<OctetVector> known = records_of(one);
  known.merge(records_of(other));
  std::set<OctetVector> children;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const OctetVector child = cross(one, other, seed, kSteps);
    children.insert(child);
    ASSERT_TRUE(std::ranges::equal(wire::Octets(child).first(kHeaderOctets),
                                   wire::Octets(one).first(kHeaderOctets)));
    ASSERT_LE(child.size(), kHeaderOctets + kSteps * kStepOctets);
    for (const OctetVector& record : records_of(child)) ASSERT_TRUE(known.contains(record));
  }
  EXPECT_GT(children.size(), 20U);
}

}  // namespace
}  // namespace tcprove::plan
