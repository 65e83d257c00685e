#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "harness/base/result.hpp"
#include "harness/plan/expr.hpp"
#include "harness/scenario/cursor.hpp"

namespace tcprove::scenario {

/// The largest number, and the largest factor of a symbol.
inline constexpr std::int64_t kNumberMax = 0xffff'ffff;
/// The largest factor of `msl`, `rto` and `delayed-ack`, so that no sum of them overflows.
inline constexpr std::int64_t kTimeFactorMax = 1'000'000;
/// Symbols in one expression.
inline constexpr std::size_t kTermsMax = 16;

/// Reads a number without blanks in it, as in a segment's field: `RCV.NXT+RCV.WND-1`. `what` is its
/// name in messages; a constant below `min` or above `max` is a mistake.
std::optional<plan::Expr> parse_number(Cursor& cursor, std::string_view what,
                                       std::int64_t min = -kNumberMax,
                                       std::int64_t max = kNumberMax);

/// Reads a duration, which may have blanks around its `+` and `-`: `2*msl - 1s`. One that is
/// negative for sure is a mistake.
std::optional<plan::Expr> parse_duration(Cursor& cursor);

/// As parse_number(), of a text that holds nothing else.
base::Result<plan::Expr> parse_number_text(std::string_view text);

/// As parse_duration(), of a text that holds nothing else.
base::Result<plan::Expr> parse_duration_text(std::string_view text);

}  // namespace tcprove::scenario
