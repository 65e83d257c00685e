#include "harness/scenario/segment_parser.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "harness/base/spelling.hpp"
#include "harness/scenario/expr_parser.hpp"
#include "harness/scenario/flags_parser.hpp"
#include "harness/scenario/ip_field_parser.hpp"
#include "harness/scenario/literal_parser.hpp"

namespace tcprove::scenario {
namespace {

using plan::Comparison;

constexpr std::int64_t kWordMax = std::numeric_limits<std::uint16_t>::max();

enum class Field : std::uint8_t {
  Seq,
  Ack,
  Len,
  Data,
  Wnd,
  Up,
  Options,
  Ttl,
  Dscp,
  Ecn,
  IpOptions,
  Checksum,
  Offset,
  Reserved,
  Truncate,
  IpLength,
  From,
  To,
};

constexpr std::array<std::string_view, 18> kFieldNames{
    "seq", "ack",        "len",      "data",   "wnd",      "up",       "options",   "ttl",  "dscp",
    "ecn", "ip-options", "checksum", "offset", "reserved", "truncate", "ip-length", "from", "to"};

/// From here on the fields make a segment that no TCP would send, or tell how it came.
constexpr bool is_sent_only(Field field) { return field >= Field::Checksum; }

constexpr std::string_view name_of(Field field) {
  return kFieldNames.at(static_cast<std::size_t>(field));
}

/// Reads one segment.
class SegmentParser {
 public:
  SegmentParser(Cursor& cursor, SegmentSyntax syntax) : cursor_(cursor), syntax_(syntax) {}

  void parse() {
    cursor_.skip_blanks();
    const std::size_t begin = cursor_.position();
    segment_.ctl = parse_flags(cursor_);
    segment_.psh_named = segment_.ctl.has(wire::Flag::Psh);
    while (skip_to_field()) parse_field();
    check_whole(begin);
    std::string_view text = cursor_.since(begin);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    segment_.text = std::string(text);
  }

  [[nodiscard]] plan::SegmentText take() { return std::move(segment_); }

 private:
  [[nodiscard]] bool sent() const { return syntax_.use == SegmentUse::Sent; }

  /// Whether another field follows.
  bool skip_to_field() {
    cursor_.skip_blanks();
    if (cursor_.at_end()) return false;
    if (sent() || !cursor_.rest().starts_with("within")) return true;
    const std::string_view behind = cursor_.rest().substr(6);
    return !behind.empty() && !is_blank(behind.front());
  }

  void parse_field() {
    const std::size_t begin = cursor_.position();
    const std::size_t problems = cursor_.problem_count();
    const std::string_view name = cursor_.take_while(
        [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; });
    const auto known = std::find(kFieldNames.begin(), kFieldNames.end(), name);
    if (name.empty() || known == kFieldNames.end()) {
      cursor_.move_to(begin);
      return unknown_field(name);
    }
    const auto field = static_cast<Field>(known - kFieldNames.begin());
    const bool twice = (seen_ & (1U << static_cast<unsigned>(field))) != 0;
    seen_ |= 1U << static_cast<unsigned>(field);
    if (twice) cursor_.error_since(begin, fmt::format("{} is given twice", name));
    if (is_sent_only(field) && !sent()) {
      cursor_.error_since(begin, fmt::format("{} may only be sent, not expected", name));
    }
    parse_value(field, begin);
    // After a mistake the next field is read all the same.
    if (cursor_.problem_count() != problems) {
      cursor_.take_word();
    } else if (!cursor_.at_end() && !is_blank(cursor_.peek())) {
      cursor_.error_at_word(fmt::format("this does not belong to the value of {}", name));
    }
  }

  void unknown_field(std::string_view name) {
    const std::size_t begin = cursor_.position();
    const std::string_view word = cursor_.take_word();
    const std::size_t end = begin + (name.empty() ? word.size() : name.size());
    if (is_flag_name(name)) {
      return cursor_.error(begin, end, "flags stand together, with commas and without blanks");
    }
    if (word[0] == '+' || word[0] == '-') {
      cursor_.error(begin, end, "a number is written without blanks: SND.UNA+1");
      return skip_operand();
    }
    cursor_.error(begin, end,
                  fmt::format("a segment has no field {}", in_quotes(name.empty() ? word : name)),
                  base::nearest(name, kFieldNames));
  }

  void parse_value(Field field, std::size_t begin) {
    const Comparison comparison = parse_comparison(field, begin);
    if (cursor_.at_end() || is_blank(cursor_.peek())) {
      const std::string_view name = name_of(field);
      cursor_.error_since(begin, fmt::format("{} has no value: {}=… without blanks", name, name));
      return skip_operand();
    }
    const std::int64_t number_min = syntax_.absolute_numbers ? 0 : -kNumberMax;
    switch (field) {
      case Field::Seq:
        segment_.seq = parse_number(cursor_, "seq", number_min);
        break;
      case Field::Ack:
        segment_.ack = parse_number(cursor_, "ack", number_min);
        break;
      case Field::Len:
        segment_.len = parse_number(cursor_, "len", 0, kPayloadOctetsMax);
        segment_.len_comparison = comparison;
        break;
      case Field::Wnd:
        segment_.wnd = parse_number(cursor_, "wnd", 0, kWordMax);
        segment_.wnd_comparison = comparison;
        break;
      case Field::Up:
        segment_.up = parse_number(cursor_, "up", 0, kWordMax);
        break;
      case Field::Data:
        parse_data();
        break;
      case Field::Options:
        segment_.options = parse_options(cursor_, syntax_.use);
        break;
      case Field::Ttl:
        parse_small(field, 255, segment_.ttl);
        break;
      case Field::Dscp:
        parse_small(field, kDscpMax, segment_.dscp);
        break;
      case Field::Ecn:
        segment_.ecn = parse_ecn(cursor_);
        break;
      case Field::Checksum:
        parse_checksum();
        break;
      case Field::Offset:
        parse_small(field, 15, segment_.data_offset);
        break;
      case Field::Reserved:
        parse_small(field, 15, segment_.reserved);
        break;
      case Field::Truncate:
        parse_small(field, kWordMax, segment_.truncate_tcp);
        break;
      case Field::IpLength:
        parse_small(field, kWordMax, segment_.ip_length);
        break;
      case Field::IpOptions:
        segment_.ip_options = parse_ip_options(cursor_);
        break;
      case Field::From:
        segment_.from = parse_special_address(cursor_);
        break;
      case Field::To:
        segment_.to = parse_special_address(cursor_);
        break;
    }
  }

  /// Reads past what blanks tore off: `= 5`, `5`. It would only be blamed once more.
  void skip_operand() {
    const std::size_t begin = cursor_.position();
    cursor_.skip_blanks();
    const bool sign = cursor_.take("=");
    cursor_.skip_blanks();
    if (sign || is_digit(cursor_.peek())) {
      cursor_.take_while([](char c) { return !is_blank(c); });
    } else {
      cursor_.move_to(begin);
    }
  }

  Comparison parse_comparison(Field field, std::size_t begin) {
    Comparison comparison = Comparison::Equal;
    const std::size_t sign = cursor_.position();
    if (cursor_.take(">=")) {
      comparison = Comparison::AtLeast;
    } else if (cursor_.take("<=")) {
      comparison = Comparison::AtMost;
    } else if (cursor_.take("!=")) {
      comparison = Comparison::NotEqual;
    } else if (!cursor_.take("=")) {
      const bool strict = cursor_.take("<") || cursor_.take(">");
      if (strict) cursor_.error_since(sign, "the comparisons are =, !=, <= and >=");
      return comparison;
    }
    if (comparison == Comparison::Equal) return comparison;
    if (sent()) {
      cursor_.error_since(begin, "only an expected field can be compared; one that is sent has =");
    } else if (field == Field::Len && syntax_.use == SegmentUse::Expected) {
      cursor_.error_since(begin,
                          "len can be compared in exactly only; expect takes a range of "
                          "octets however it is cut");
    } else if (field != Field::Len && field != Field::Wnd) {
      cursor_.error_since(begin, "only wnd and len can be compared");
    }
    return comparison;
  }

  void parse_data() {
    const std::size_t begin = cursor_.position();
    segment_.data = parse_quoted_octets(cursor_);
    if (segment_.data && segment_.data->size() > kPayloadOctetsMax) {
      cursor_.error_since(begin, fmt::format("a payload has at most {} octets", kPayloadOctetsMax));
    }
  }

  void parse_checksum() {
    const std::string_view rest = cursor_.rest();
    if (rest.starts_with("bad") && (rest.size() == 3 || is_blank(rest[3]))) {
      cursor_.take("bad");
      segment_.checksum_bad = true;
      return;
    }
    parse_small(Field::Checksum, kWordMax, segment_.checksum);
  }

  template <class T>
  void parse_small(Field field, std::int64_t max, std::optional<T>& number) {
    const auto value = parse_integer(cursor_, name_of(field), 0, static_cast<std::uint64_t>(max));
    if (value) number = static_cast<T>(*value);
  }

  /// What no single field shows.
  void check_whole(std::size_t begin) {
    if (segment_.data && segment_.len) {
      cursor_.error_since(begin, "a segment has len or data, not both");
    }
    if (!segment_.options) return;
    const std::size_t max = segment_.data_offset ? kLyingOptionOctetsMax : kOptionOctetsMax;
    const std::size_t octets = octets_of(*segment_.options);
    if (octets > max) {
      cursor_.error_since(begin, fmt::format("these options take {} octets, a header has room "
                                             "for {}",
                                             octets, max));
    }
  }

  Cursor& cursor_;
  SegmentSyntax syntax_;
  plan::SegmentText segment_;
  unsigned seen_ = 0;
};

}  // namespace

std::optional<plan::SegmentText> parse_segment(Cursor& cursor, SegmentSyntax syntax) {
  const std::size_t problems = cursor.problem_count();
  SegmentParser parser(cursor, syntax);
  parser.parse();
  if (cursor.problem_count() != problems) return std::nullopt;
  return parser.take();
}

base::Result<plan::SegmentText> parse_segment_text(std::string_view text, SegmentSyntax syntax) {
  const Source source("segment", std::string(text));
  const Phrase phrase{std::string(text)};
  Problems problems(source);
  Cursor cursor(phrase, problems);
  std::optional<plan::SegmentText> segment = parse_segment(cursor, syntax);
  if (segment && !cursor.at_end()) cursor.error_at_word("the segment ends before this");
  if (!problems.none()) return problems.take();
  return *std::move(segment);
}

}  // namespace tcprove::scenario
