#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "harness/plan/segment_text.hpp"
#include "harness/scenario/cursor.hpp"

namespace tcprove::scenario {

/// What a segment's text is for: some fields may only be sent, some only be expected.
enum class SegmentUse : std::uint8_t { Sent, Expected, Exact };

/// The options of a header without lies, in octets (RFC 9293 section 3.1).
inline constexpr std::size_t kOptionOctetsMax = 40;
/// With a data offset that lies: as many as still leave room for the longest payload.
inline constexpr std::size_t kLyingOptionOctetsMax = 400;

/// Reads `<mss 1460, nop, wscale 7>` with its angle brackets.
///
/// Errors: reported; reading goes on behind the closing bracket.
std::optional<std::vector<plan::OptionText>> parse_options(Cursor& cursor, SegmentUse use);

/// Octets that the options take on the wire, without padding.
std::size_t octets_of(const std::vector<plan::OptionText>& options);

}  // namespace tcprove::scenario
