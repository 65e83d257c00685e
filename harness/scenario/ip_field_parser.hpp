#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "harness/plan/segment_text.hpp"
#include "harness/scenario/cursor.hpp"

namespace tcprove::scenario {

// Values of the fields that stand in the IP header. Errors, of all three: reported.

inline constexpr std::int64_t kDscpMax = 63;

/// Reads `ect0`, `ect1`, `ce` or `none` (RFC 3168 section 5).
std::optional<std::uint8_t> parse_ecn(Cursor& cursor);

/// Reads `broadcast`, `multicast`, …
std::optional<plan::SpecialAddress> parse_special_address(Cursor& cursor);

/// Reads `<kind 7 040000, kind 30>`: kinds, and their data in hex.
std::optional<std::vector<plan::OptionText>> parse_ip_options(Cursor& cursor);

}  // namespace tcprove::scenario
