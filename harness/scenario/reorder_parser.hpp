#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "harness/plan/plan.hpp"
#include "harness/scenario/step_parser.hpp"

namespace tcprove::scenario {

inline constexpr std::size_t kReorderedSegmentsMax = 64;
inline constexpr std::size_t kArrivalsMax = 128;

/// Reads a segment that the peer sends; `what` names it in messages. Errors: reported.
std::optional<plan::SegmentText> parse_sent_segment(const Node& node, std::string_view what,
                                                    const StepContext& context, Problems& problems);

/// Reads the value of `reorder`: what is sent, and in which order it arrives. Errors: reported.
std::optional<plan::Send> parse_reorder(const Node& node, const StepContext& context,
                                        Problems& problems);

/// As a step says it: `reorder: ACK len=1 | ACK len=2, arrive: 2, 1`.
std::string reorder_text(const plan::Send& send);

}  // namespace tcprove::scenario
