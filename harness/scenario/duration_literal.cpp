#include "harness/scenario/duration_literal.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "harness/base/spelling.hpp"

namespace tcprove::scenario {
namespace {

constexpr std::array<std::string_view, 6> kUnitNames{"ns", "us", "ms", "s", "min", "h"};
constexpr std::array<std::int64_t, 6> kUnitNanoseconds{
    1, 1'000, 1'000'000, 1'000'000'000, 60'000'000'000, 3'600'000'000'000};

constexpr const char* kTooLong = "a duration is at most 10 years";

/// `whole`.`fraction` units in nanoseconds; nothing where that is not a whole number of them, or
/// the whole exceeds kDurationMax.
std::optional<std::int64_t> scaled(std::int64_t whole, std::string_view fraction,
                                   std::int64_t unit) {
  std::int64_t total = 0;
  if (__builtin_mul_overflow(whole, unit, &total) || total > kDurationMax.count()) {
    return std::nullopt;
  }
  std::int64_t tenths = unit;
  for (const char digit : fraction) {
    const std::int64_t part = tenths * (digit - '0');
    if (part % 10 != 0 || (tenths == 0 && digit != '0')) return std::nullopt;
    total += part / 10;
    tenths = tenths % 10 == 0 ? tenths / 10 : 0;
  }
  return total;
}

/// The number stands since `begin`; a unit behind blanks is meant to belong to it.
void report_no_unit(Cursor& cursor, std::size_t begin) {
  const std::string number(cursor.since(begin));
  const std::size_t end = cursor.position();
  cursor.skip_blanks();
  std::string_view unit = cursor.take_while(is_letter);
  if (std::find(kUnitNames.begin(), kUnitNames.end(), unit) == kUnitNames.end()) {
    cursor.move_to(end);
    unit = number == "0" ? "s" : "ms";
  }
  cursor.error_since(begin, "a duration needs a unit: ns, us, ms, s, min or h",
                     fmt::format("{}{}", number, unit));
}

}  // namespace

std::optional<DurationLiteral> parse_duration_literal(Cursor& cursor) {
  const std::size_t begin = cursor.position();
  const std::string_view whole = cursor.take_while(is_digit);
  std::string_view fraction;
  // One point begins a fraction, two are a range.
  if (cursor.peek() == '.' && cursor.rest().size() > 1 && is_digit(cursor.rest()[1])) {
    cursor.take(".");
    fraction = cursor.take_while(is_digit);
  }
  const std::size_t unit_begin = cursor.position();
  const std::string_view unit = cursor.take_while(is_letter);
  if (whole.size() > 1 && whole[0] == '0') {
    cursor.error_since(begin, "a number does not begin with 0");
    return std::nullopt;
  }
  std::int64_t value = 0;
  if (std::from_chars(whole.data(), whole.data() + whole.size(), value).ec != std::errc()) {
    cursor.error_since(begin, kTooLong);
    return std::nullopt;
  }
  if (unit.empty() && fraction.empty() && cursor.take("*")) return DurationLiteral{value, true};
  if (unit.empty()) {
    report_no_unit(cursor, begin);
    return std::nullopt;
  }
  const auto known = std::find(kUnitNames.begin(), kUnitNames.end(), unit);
  if (known == kUnitNames.end()) {
    cursor.error_since(
        unit_begin,
        fmt::format("{} is no unit; the units are ns, us, ms, s, min and h", in_quotes(unit)),
        base::nearest(unit, kUnitNames));
    return std::nullopt;
  }
  const auto index = static_cast<std::size_t>(known - kUnitNames.begin());
  const auto nanoseconds = scaled(value, fraction, kUnitNanoseconds.at(index));
  if (!nanoseconds) {
    const bool long_one = value > kDurationMax.count() / kUnitNanoseconds.at(index);
    cursor.error_since(begin, long_one ? kTooLong : "time is counted in whole nanoseconds");
    return std::nullopt;
  }
  return DurationLiteral{*nanoseconds, false};
}

bool looks_like_duration(std::string_view text) {
  const std::size_t unit = text.find_first_not_of("0123456789");
  return unit != 0 && unit != std::string_view::npos &&
         std::find(kUnitNames.begin(), kUnitNames.end(), text.substr(unit)) != kUnitNames.end();
}

std::optional<base::Duration> parse_duration(std::string_view text) {
  const std::size_t unit = std::min(text.find_first_not_of("0123456789."), text.size());
  const auto known = std::find(kUnitNames.begin(), kUnitNames.end(), text.substr(unit));
  const std::string_view number = text.substr(0, unit);
  const std::size_t point = std::min(number.find('.'), number.size());
  const std::string_view fraction = number.substr(std::min(point + 1, number.size()));
  const bool two_points = fraction.find('.') != std::string_view::npos;
  const bool ends_in_point = point + 1 == number.size();
  std::int64_t whole = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + point, whole);
  const bool good = error == std::errc() && end == number.data() + point;
  if (known == kUnitNames.end() || !good || two_points || ends_in_point) return std::nullopt;
  const auto index = static_cast<std::size_t>(known - kUnitNames.begin());
  const auto nanoseconds = scaled(whole, fraction, kUnitNanoseconds.at(index));
  return nanoseconds ? std::optional(base::Duration(*nanoseconds)) : std::nullopt;
}

}  // namespace tcprove::scenario
