#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "harness/wire/segment.hpp"

namespace tcprove::plan {

/// A shorter and plainer plan that still `fails`, by leaving out steps and lowering octets.
///
/// Requires: `fails(octets)`. At most kTrialsMax plans are tried; the answer is the best of them.
std::vector<std::uint8_t> shrink(wire::Octets octets,
                                 const std::function<bool(wire::Octets)>& fails);

inline constexpr int kTrialsMax = 20'000;

}  // namespace tcprove::plan
