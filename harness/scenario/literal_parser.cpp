#include "harness/scenario/literal_parser.hpp"

#include <charconv>
#include <string>

#include <fmt/format.h>

namespace tcprove::scenario {
namespace {

bool is_alphanumeric(char c) { return is_letter(c) || is_digit(c); }

/// All of `digits` as a number; nothing where one is no digit of `base` or it exceeds 64 bits.
std::optional<std::uint64_t> to_integer(std::string_view digits, int base) {
  std::uint64_t value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::optional<std::uint8_t> to_octet(std::string_view two_digits) {
  if (two_digits.size() != 2) return std::nullopt;
  const auto value = to_integer(two_digits, 16);
  if (!value) return std::nullopt;
  return static_cast<std::uint8_t>(*value);
}

/// The octet that the character after a backslash stands for.
std::optional<std::uint8_t> simple_escape(char c) {
  switch (c) {
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case '\\':
      return '\\';
    case '"':
      return '"';
    default:
      return std::nullopt;
  }
}

/// The escape at the cursor, which stands at its backslash.
std::optional<std::uint8_t> parse_escape(Cursor& cursor) {
  const std::size_t begin = cursor.position();
  const std::string_view rest = cursor.rest();
  if (rest.size() >= 4 && rest[1] == 'x') {
    cursor.move_to(begin + 4);
    if (const auto octet = to_octet(rest.substr(2, 2))) return octet;
  } else if (rest.size() >= 2) {
    cursor.move_to(begin + 2);
    if (const auto octet = simple_escape(rest[1])) return octet;
  } else {
    cursor.move_to(begin + 1);
  }
  cursor.error_since(begin, R"(the escapes are \n \r \t \\ \" and \xHH)");
  return std::nullopt;
}

}  // namespace

std::optional<std::uint64_t> parse_integer(Cursor& cursor, std::string_view what, std::uint64_t min,
                                           std::uint64_t max) {
  const std::size_t begin = cursor.position();
  const std::string_view token = cursor.take_while(is_alphanumeric);
  if (token.empty() || !is_digit(token[0])) {
    // Within options, a comma and a bracket end the word too.
    cursor.take_while([](char c) { return !is_blank(c) && c != ',' && c != '>'; });
    const std::string_view found = cursor.since(begin);
    cursor.error_since(begin, found.empty()
                                  ? fmt::format("{} is missing", what)
                                  : fmt::format("{} is a number, not {}", what, in_quotes(found)));
    return std::nullopt;
  }
  const bool hexadecimal = token.starts_with("0x");
  const auto value = hexadecimal ? to_integer(token.substr(2), 16) : to_integer(token, 10);
  const std::size_t digits = token.find_first_not_of('0');
  if (!hexadecimal && token.size() > 1 && digits != 0) {
    cursor.error_since(begin, "a number does not begin with 0, but a hexadecimal one with 0x",
                       std::string(digits == std::string_view::npos ? "0" : token.substr(digits)));
    return std::nullopt;
  }
  const std::string_view allowed = hexadecimal ? "0123456789abcdefABCDEFx" : "0123456789";
  if (!value && token.find_first_not_of(allowed) != std::string_view::npos) {
    cursor.error_since(begin, fmt::format("{} is a number, not {}", what, in_quotes(token)));
    return std::nullopt;
  }
  if (!value || *value < min || *value > max) {
    cursor.error_since(begin, fmt::format("{} is from {} to {}", what, min, max));
    return std::nullopt;
  }
  return value;
}

std::optional<std::uint64_t> read_integer(const Phrase& phrase, std::string_view what,
                                          std::uint64_t min, std::uint64_t max,
                                          Problems& problems) {
  Cursor cursor(phrase, problems);
  const auto value = parse_integer(cursor, what, min, max);
  if (value && !cursor.at_end()) {
    cursor.move_to(0);
    const std::string_view text = cursor.rest();
    cursor.error(0, text.size(), fmt::format("{} is a number, not {}", what, in_quotes(text)));
    return std::nullopt;
  }
  return value;
}

std::optional<std::vector<std::uint8_t>> parse_hex(Cursor& cursor, std::string_view what) {
  const std::size_t begin = cursor.position();
  const std::string_view digits = cursor.take_while(is_alphanumeric);
  std::vector<std::uint8_t> octets;
  bool good = !digits.empty();
  for (std::size_t i = 0; i < digits.size() && good; i += 2) {
    const auto octet = to_octet(digits.substr(i, 2));
    good = octet.has_value();
    if (good) octets.push_back(*octet);
  }
  if (good) return octets;
  cursor.error_since(begin, fmt::format("{} is octets in hex, two digits each", what));
  return std::nullopt;
}

std::optional<std::vector<std::uint8_t>> parse_quoted_octets(Cursor& cursor) {
  const std::size_t begin = cursor.position();
  if (!cursor.take("\"")) {
    cursor.error_at_word("octets stand in double quotes");
    return std::nullopt;
  }
  std::vector<std::uint8_t> octets;
  bool good = true;
  while (!cursor.at_end() && cursor.peek() != '"') {
    if (cursor.peek() == '\\') {
      const auto octet = parse_escape(cursor);
      good = good && octet.has_value();
      octets.push_back(octet.value_or(0));
    } else {
      octets.push_back(static_cast<std::uint8_t>(cursor.peek()));
      cursor.move_to(cursor.position() + 1);
    }
  }
  if (!cursor.take("\"")) {
    cursor.error_since(begin,
                       "this quote is not closed (for YAML, a # after a blank begins a comment)");
    return std::nullopt;
  }
  if (!good) return std::nullopt;
  return octets;
}

}  // namespace tcprove::scenario
