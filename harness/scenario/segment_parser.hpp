#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "harness/base/result.hpp"
#include "harness/plan/segment_text.hpp"
#include "harness/scenario/cursor.hpp"
#include "harness/scenario/option_parser.hpp"

namespace tcprove::scenario {

/// The longest payload of a segment, so that it fits a packet with all its headers.
inline constexpr std::size_t kPayloadOctetsMax = 65'000;

/// How a segment's text is to be read.
struct SegmentSyntax {
  SegmentUse use = SegmentUse::Sent;
  bool absolute_numbers = false;  ///< Then none is negative.
};

/// Reads `FIN,ACK seq=1 ack=1 …` up to the word `within` or the end.
///
/// Errors: reported, each at its field; nothing is answered then.
std::optional<plan::SegmentText> parse_segment(Cursor& cursor, SegmentSyntax syntax);

/// As parse_segment(), of a text that holds nothing else.
base::Result<plan::SegmentText> parse_segment_text(std::string_view text, SegmentSyntax syntax);

}  // namespace tcprove::scenario
