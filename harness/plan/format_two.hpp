#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "harness/wire/segment.hpp"

namespace tcprove::plan {

// Version 2 of a plan's octets: a header of 16, records as today's, two connections at most, no
// source routes, no number by value in the header and none of three octets.

inline constexpr std::uint8_t kFormatTwo = 2;

inline constexpr std::size_t kHeaderOctetsOfTwo = 16;

/// The octets of this version that stand for the same plan.
std::vector<std::uint8_t> from_format_two(wire::Octets octets);

}  // namespace tcprove::plan
