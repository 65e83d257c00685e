#include "harness/scenario/ip_field_parser.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "harness/base/spelling.hpp"
#include "harness/scenario/literal_parser.hpp"
#include "harness/scenario/map_reader.hpp"
#include "harness/scenario/option_parser.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::scenario {
namespace {

/// The index of the one of `names` that comes next.
std::optional<std::size_t> take_name(Cursor& cursor, std::string_view what,
                                     std::span<const std::string_view> names) {
  const std::size_t begin = cursor.position();
  const std::string_view word = cursor.take_word();
  const auto known = std::find(names.begin(), names.end(), word);
  if (known != names.end()) return static_cast<std::size_t>(known - names.begin());
  cursor.error_since(begin,
                     fmt::format("{} is {}, not {}", what, alternatives(names), in_quotes(word)),
                     base::nearest(word, names));
  return std::nullopt;
}

/// `kind 7 040000`.
std::optional<plan::OptionText> parse_ip_option(Cursor& cursor) {
  cursor.skip_blanks();
  if (!cursor.take("kind ")) {
    cursor.error_at_word("an IP option is given by its kind and its data in hex: kind 7 0400");
    return std::nullopt;
  }
  cursor.skip_blanks();
  // 0 and 1 are padding, which the encoder adds by itself.
  const auto kind = parse_integer(cursor, "an IP option's kind", 2, 255);
  if (!kind) return std::nullopt;
  plan::OptionText option;
  option.kind = static_cast<std::uint8_t>(*kind);
  cursor.skip_blanks();
  if (cursor.peek() == ',' || cursor.peek() == '>') return option;
  auto data = parse_hex(cursor, "an IP option's data");
  if (!data) return std::nullopt;
  option.data = *std::move(data);
  cursor.skip_blanks();
  return option;
}

}  // namespace

std::optional<std::uint8_t> parse_ecn(Cursor& cursor) {
  const auto value = take_name(cursor, "ecn", plan::kEcnNames);
  return value ? std::optional(static_cast<std::uint8_t>(*value)) : std::nullopt;
}

std::optional<plan::SpecialAddress> parse_special_address(Cursor& cursor) {
  const auto address = take_name(cursor, "an address", plan::kSpecialAddressNames);
  return address ? std::optional(static_cast<plan::SpecialAddress>(*address)) : std::nullopt;
}

std::optional<std::vector<plan::OptionText>> parse_ip_options(Cursor& cursor) {
  const std::size_t begin = cursor.position();
  std::vector<plan::OptionText> options;
  if (!cursor.take("<")) {
    cursor.error_at_word("IP options stand in angle brackets: <kind 7 0400>");
    return std::nullopt;
  }
  do {
    auto option = parse_ip_option(cursor);
    if (!option) return std::nullopt;
    options.push_back(*std::move(option));
  } while (cursor.take(","));
  if (!cursor.take(">")) {
    cursor.error_since(begin, "these options are not closed by >");
    return std::nullopt;
  }
  if (octets_of(options) > wire::kIpOptionsOctetsMax) {
    cursor.error_since(begin,
                       fmt::format("these options take {} octets, an IP header has room for {}",
                                   octets_of(options), wire::kIpOptionsOctetsMax));
    return std::nullopt;
  }
  return options;
}

}  // namespace tcprove::scenario
