#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "harness/base/virtual_time.hpp"
#include "harness/scenario/cursor.hpp"

namespace tcprove::scenario {

/// The longest duration: ten years.
inline constexpr base::Duration kDurationMax = std::chrono::hours(24 * 365 * 10);

/// What a literal in a duration is: a time (`1.5s`), or the factor of one (`2*`).
struct DurationLiteral {
  std::int64_t value = 0;  ///< Nanoseconds, or the factor.
  bool is_factor = false;
};

/// Reads `500ms`, `1.5s`, or `2*` with its star. Units: ns, us, ms, s, min, h.
///
/// Errors: reported: no unit or an unknown one, parts of a nanosecond, longer than kDurationMax.
std::optional<DurationLiteral> parse_duration_literal(Cursor& cursor);

/// Whether `text` is a duration's literal with its unit, such as `500ms`.
bool looks_like_duration(std::string_view text);

/// A time with its unit and nothing else, as `500ms` or `1.5s`, at most kDurationMax; nothing where
/// `text` is none.
std::optional<base::Duration> parse_duration(std::string_view text);

}  // namespace tcprove::scenario
