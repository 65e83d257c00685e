#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "harness/scenario/cursor.hpp"

namespace tcprove::scenario {

/// Reads `17` or `0x11` up to the next character that is neither letter nor digit.
///
/// YAML's own reading is not asked: it takes `010` for 8. Errors: reported, with `what` as the
/// number's name; also where the number is below `min` or above `max`.
std::optional<std::uint64_t> parse_integer(Cursor& cursor, std::string_view what, std::uint64_t min,
                                           std::uint64_t max);

/// As parse_integer(), of a whole scalar.
std::optional<std::uint64_t> read_integer(const Phrase& phrase, std::string_view what,
                                          std::uint64_t min, std::uint64_t max, Problems& problems);

/// Octets in hex, two digits each: `0a0b`. Errors: reported.
std::optional<std::vector<std::uint8_t>> parse_hex(Cursor& cursor, std::string_view what);

/// Octets in double quotes with the escapes `\n \r \t \\ \" \xHH`. Errors: reported.
std::optional<std::vector<std::uint8_t>> parse_quoted_octets(Cursor& cursor);

}  // namespace tcprove::scenario
