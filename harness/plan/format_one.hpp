#pragma once

#include <cstdint>
#include <vector>

#include "harness/wire/segment.hpp"

namespace tcprove::plan {

// Version 1 of a plan's octets: a header of 8, records of 21, no ICMP, no settings, nothing of ECN,
// no option beside those of a table.

inline constexpr std::uint8_t kFormatOne = 1;

/// The octets of version 2 that stand for the same plan.
std::vector<std::uint8_t> from_format_one(wire::Octets octets);

}  // namespace tcprove::plan
