#include "harness/scenario/option_parser.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "harness/base/spelling.hpp"
#include "harness/scenario/expr_parser.hpp"
#include "harness/scenario/literal_parser.hpp"
#include "harness/wire/options.hpp"

namespace tcprove::scenario {
namespace {

using wire::OptionKind;

/// The most octets that an option has behind its kind and length (RFC 9293 section 3.1).
constexpr std::size_t kDataOctetsMax = 253;
constexpr std::size_t kSackBlocksMax = 4;

/// What stands behind an option's name.
enum class Shape : std::uint8_t { Alone, Bare, Integer, TwoIntegers, Blocks, Cookie, KindAndData };

struct OptionName {
  std::string_view name;
  OptionKind kind;
  Shape shape;
  std::size_t integer_octets;
};

constexpr std::array<OptionName, 9> kOptionNames{
    {{"mss", OptionKind::MaximumSegmentSize, Shape::Integer, 2},
     {"wscale", OptionKind::WindowScale, Shape::Integer, 1},
     {"sack-ok", OptionKind::SackPermitted, Shape::Bare, 0},
     {"sack", OptionKind::Sack, Shape::Blocks, 0},
     {"ts", OptionKind::Timestamps, Shape::TwoIntegers, 4},
     {"fast-open", OptionKind::FastOpen, Shape::Cookie, 0},
     {"nop", OptionKind::NoOperation, Shape::Alone, 0},
     {"eol", OptionKind::EndOfList, Shape::Alone, 0},
     {"kind", OptionKind::EndOfList, Shape::KindAndData, 0}}};

void append_integer(std::uint64_t value, std::size_t octets, std::vector<std::uint8_t>& out) {
  for (std::size_t i = octets; i-- > 0;) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

bool ends_option(char c) { return c == '\0' || c == ',' || c == '>'; }

/// Reads one list of options.
class OptionParser {
 public:
  OptionParser(Cursor& cursor, SegmentUse use) : cursor_(cursor), use_(use) {}

  std::optional<std::vector<plan::OptionText>> parse() {
    const std::size_t begin = cursor_.position();
    if (!cursor_.take("<")) {
      cursor_.error_at_word("options stand in angle brackets: <mss 1460, nop>");
      return std::nullopt;
    }
    bool good = true;
    cursor_.skip_blanks();
    if (cursor_.take(">")) return std::vector<plan::OptionText>{};
    do {
      good = parse_option() && good;
      cursor_.skip_blanks();
    } while (cursor_.take(","));
    if (!cursor_.take(">")) {
      cursor_.error_since(begin, "these options are not closed by >");
      return std::nullopt;
    }
    if (!good) return std::nullopt;
    return std::move(options_);
  }

 private:
  bool parse_option() {
    plan::OptionText option;
    cursor_.skip_blanks();
    const bool good = parse_name_and_value(option) && parse_length(option);
    cursor_.skip_blanks();
    if (good && !ends_option(cursor_.peek())) return fail_at_rest("does not belong to this option");
    // After a mistake the next option is read all the same.
    cursor_.take_while([](char c) { return !ends_option(c); });
    if (good) options_.push_back(std::move(option));
    return good;
  }

  bool parse_name_and_value(plan::OptionText& option) {
    const std::size_t begin = cursor_.position();
    const std::string_view name = cursor_.take_while(
        [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; });
    const auto known = std::find_if(kOptionNames.begin(), kOptionNames.end(),
                                    [&](const OptionName& n) { return n.name == name; });
    if (known == kOptionNames.end()) {
      std::vector<std::string_view> names;
      for (const OptionName& n : kOptionNames) names.push_back(n.name);
      cursor_.error_since(begin,
                          name.empty() ? std::string("an option's name is missing here")
                                       : fmt::format("there is no option {}", in_quotes(name)),
                          base::nearest(name, names));
      return false;
    }
    option.kind = static_cast<std::uint8_t>(known->kind);
    alone_ = known->shape == Shape::Alone;
    return parse_value(*known, option);
  }

  bool parse_value(const OptionName& name, plan::OptionText& option) {
    switch (name.shape) {
      case Shape::Alone:
      case Shape::Bare:
        return true;
      case Shape::Integer:
        return parse_any(option) ||
               (parse_comparison(option) && parse_integer_of(name.integer_octets, option));
      case Shape::TwoIntegers:
        return parse_two_integers(name.integer_octets, option);
      case Shape::Blocks:
        return parse_any(option) || parse_blocks(option);
      case Shape::Cookie:
        return parse_any(option) || parse_octets(option);
      case Shape::KindAndData:
        return parse_kind(option);
    }
    return false;
  }

  /// `*`, which matches every value; a mistake where the option is sent is found by check_any().
  bool parse_any(plan::OptionText& option) {
    const std::size_t before = cursor_.position();
    cursor_.skip_blanks();
    const std::size_t begin = cursor_.position();
    option.any_value = cursor_.take("*");
    if (!option.any_value) cursor_.move_to(before);
    if (option.any_value && use_ == SegmentUse::Sent) {
      cursor_.error_since(begin, "only an expected option may have any value");
    }
    return option.any_value;
  }

  /// `<=` before an integer.
  bool parse_comparison(plan::OptionText& option) {
    const std::size_t begin = cursor_.position();
    option.at_most = cursor_.take("<=");
    if (!option.at_most || use_ != SegmentUse::Sent) return true;
    cursor_.error_since(begin, "only an expected option can be compared");
    return false;
  }

  bool parse_integer_of(std::size_t octets, plan::OptionText& option) {
    const std::uint64_t max = (std::uint64_t{1} << (8 * octets)) - 1;
    cursor_.skip_blanks();
    const auto value = parse_integer(cursor_, "the option's value", 0, max);
    if (!value) return false;
    append_integer(*value, octets, option.data);
    return true;
  }

  /// `100 0`, `*`, `* 100` and, sent, `100 echo`.
  bool parse_two_integers(std::size_t octets, plan::OptionText& option) {
    if (parse_any(option)) {
      cursor_.skip_blanks();
      if (ends_option(cursor_.peek())) return true;
      option.any_value = false;
      option.any_octets = static_cast<std::uint8_t>(octets);
      option.data.assign(octets, 0);
    } else if (!parse_integer_of(octets, option)) {
      return false;
    }
    cursor_.skip_blanks();
    if (use_ != SegmentUse::Sent || !cursor_.take("echo")) return parse_integer_of(octets, option);
    option.echo = true;
    append_integer(0, octets, option.data);
    return true;
  }

  bool parse_blocks(plan::OptionText& option) {
    const std::size_t begin = cursor_.position();
    cursor_.skip_blanks();
    do {
      const std::size_t block = cursor_.position();
      const auto left = parse_number(cursor_, "the left edge of a block");
      if (!left) return false;
      if (!cursor_.take(":")) {
        cursor_.error_since(block, "a block is LEFT:RIGHT, as in 1:101");
        return false;
      }
      auto right = parse_number(cursor_, "the right edge of a block");
      if (!right) return false;
      option.sack.emplace_back(*left, *std::move(right));
      cursor_.skip_blanks();
    } while (!ends_option(cursor_.peek()) && !cursor_.rest().starts_with("length"));
    if (option.sack.size() <= kSackBlocksMax) return true;
    cursor_.error_since(begin, fmt::format("a header has room for {} blocks", kSackBlocksMax));
    return false;
  }

  /// Octets in hex, or none.
  bool parse_octets(plan::OptionText& option) {
    cursor_.skip_blanks();
    if (ends_option(cursor_.peek()) || cursor_.rest().starts_with("length")) return true;
    const std::size_t begin = cursor_.position();
    auto octets = parse_hex(cursor_, "an option's data");
    if (!octets) return false;
    option.data = *std::move(octets);
    if (option.data.size() <= kDataOctetsMax) return true;
    cursor_.error_since(begin, fmt::format("an option has at most {} octets", kDataOctetsMax));
    return false;
  }

  bool parse_kind(plan::OptionText& option) {
    cursor_.skip_blanks();
    const std::size_t begin = cursor_.position();
    const auto kind =
        parse_integer(cursor_, "an option's kind", 0, std::numeric_limits<std::uint8_t>::max());
    if (!kind) return false;
    option.kind = static_cast<std::uint8_t>(*kind);
    if (*kind <= static_cast<std::uint8_t>(OptionKind::NoOperation)) {
      cursor_.error_since(begin, "kinds 0 and 1 have neither length nor data",
                          *kind == 0 ? "eol" : "nop");
      return false;
    }
    return parse_any(option) || parse_octets(option);
  }

  /// `length 9`: what the length octet says in place of the truth.
  bool parse_length(plan::OptionText& option) {
    cursor_.skip_blanks();
    const std::size_t begin = cursor_.position();
    if (!cursor_.take("length")) return true;
    cursor_.skip_blanks();
    const auto length =
        parse_integer(cursor_, "an option's length", 0, std::numeric_limits<std::uint8_t>::max());
    if (!length) return false;
    option.length = static_cast<std::uint8_t>(*length);
    if (use_ == SegmentUse::Sent && !alone_) return true;
    cursor_.error_since(begin, alone_ ? "this option has no length octet"
                                      : "only an option that is sent may lie about its length");
    return false;
  }

  bool fail_at_rest(std::string_view what) {
    const std::size_t begin = cursor_.position();
    cursor_.take_while([](char c) { return !ends_option(c) && !is_blank(c); });
    cursor_.error_since(begin, fmt::format("{} {}", in_quotes(cursor_.since(begin)), what));
    cursor_.take_while([](char c) { return !ends_option(c); });
    return false;
  }

  Cursor& cursor_;
  SegmentUse use_;
  bool alone_ = false;
  std::vector<plan::OptionText> options_;
};

}  // namespace

std::optional<std::vector<plan::OptionText>> parse_options(Cursor& cursor, SegmentUse use) {
  const std::size_t problems = cursor.problem_count();
  auto options = OptionParser(cursor, use).parse();
  if (cursor.problem_count() != problems) return std::nullopt;
  return options;
}

std::size_t octets_of(const std::vector<plan::OptionText>& options) {
  std::size_t octets = 0;
  for (const plan::OptionText& option : options) {
    const bool alone = option.kind <= static_cast<std::uint8_t>(OptionKind::NoOperation);
    octets += alone ? 1 : 2 + option.data.size() + 8 * option.sack.size();
  }
  return octets;
}

}  // namespace tcprove::scenario
