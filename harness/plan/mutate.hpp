#pragma once

#include <cstdint>
#include <vector>

#include "harness/wire/segment.hpp"

namespace tcprove::plan {

// New plans out of old ones, as octets. Each is a function of its arguments alone.

/// Octets of a plan that has nothing to do with any other, of at most `steps_max` steps.
std::vector<std::uint8_t> plan_octets_at_random(std::uint64_t seed, std::size_t steps_max);

/// A plan near to that of `octets`: a few of its steps are changed, left out, put in, said twice or
/// moved, or how it begins is changed. Whole steps stay whole; `steps_max` bounds their number.
std::vector<std::uint8_t> mutate(wire::Octets octets, std::uint64_t seed, std::size_t steps_max);

/// The first steps of one plan, then some of the other; it begins as the first.
std::vector<std::uint8_t> cross(wire::Octets one, wire::Octets other, std::uint64_t seed,
                                std::size_t steps_max);

}  // namespace tcprove::plan
