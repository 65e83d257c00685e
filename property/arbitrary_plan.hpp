#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include <rapidcheck.h>

#include "harness/plan/plan_octets.hpp"

namespace tcprove::plan {

using OctetVector = std::vector<std::uint8_t>;

inline constexpr std::size_t kArbitraryStepsMax = 24;

/// The octets of a plan, a function of `seed` alone: the same on every machine.
inline OctetVector plan_octets_of_seed(std::uint64_t seed) {
  std::mt19937_64 engine(seed);
  const std::size_t steps = engine() % (kArbitraryStepsMax + 1);
  OctetVector octets(kHeaderOctets + steps * kStepOctets);
  for (std::uint8_t& octet : octets) octet = static_cast<std::uint8_t>(engine() >> 56U);
  octets.front() = kFormatVersion;
  return octets;
}

/// RapidCheck's own shrinking does not know where a step begins: plan::shrink() does it better.
inline OctetVector arbitrary_plan_octets() {
  return plan_octets_of_seed(*rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>()));
}

}  // namespace tcprove::plan
