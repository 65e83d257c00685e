#include "harness/scenario/user_option_parser.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "harness/base/spelling.hpp"
#include "harness/scenario/expr_parser.hpp"
#include "harness/scenario/map_reader.hpp"

namespace tcprove::scenario {
namespace {

using tcp::CallKind;
using tcp::CallStatus;
using tcp::OptionValue;

constexpr auto kOptionNames = [] {
  std::array<std::string_view, tcp::kUserOptionCount> names;
  std::ranges::transform(tcp::kUserOptions, names.begin(), &tcp::UserOptionFacts::name);
  return names;
}();

/// `on` or `off`, as a whole word.
std::optional<bool> take_switch(Cursor& cursor) {
  const std::size_t begin = cursor.position();
  const std::string_view word = cursor.take_word();
  if (word == "on" || word == "off") return word == "on";
  cursor.move_to(begin);
  return std::nullopt;
}

bool parse_setting_value(Cursor& cursor, const tcp::UserOptionFacts& option, plan::Call& call) {
  const std::size_t begin = cursor.position();
  const auto on = take_switch(cursor);
  switch (option.value) {
    case OptionValue::Switch:
      if (!on) {
        cursor.error_at_word(fmt::format("{} is on or off", option.name));
        return false;
      }
      if (*on) call.value = plan::Expr{.constant = 1};
      return true;
    case OptionValue::DurationOrOff:
      if (on == false) return true;
      [[fallthrough]];
    case OptionValue::Duration:
      if (on) {
        cursor.error_since(begin,
                           fmt::format("{} is a duration: set {} 10s", option.name, option.name));
        return false;
      }
      call.value = parse_duration(cursor);
      return call.value.has_value();
    case OptionValue::Address: {
      const std::string_view word = cursor.take_word();
      const auto address = wire::parse_address(word);
      if (!address || address->version != wire::IpVersion::V4) {
        cursor.error_since(
            begin, fmt::format("{} is an IPv4 address, not {}", option.name, in_quotes(word)));
        return false;
      }
      call.value = plan::Expr{.constant = wire::ipv4_octets(*address)};
      return true;
    }
    case OptionValue::Number:
      call.value = parse_number(cursor, option.name, option.number_min, option.number_max);
      return call.value.has_value();
  }
  return false;
}

plan::Call told(CallKind kind, std::vector<CallStatus> results) {
  plan::Call call;
  call.kind = kind;
  call.results = std::move(results);
  return call;
}

}  // namespace

bool parse_setting(Cursor& cursor, plan::Call& call) {
  const std::size_t begin = cursor.position();
  const std::string_view name = cursor.take_word();
  const auto option = tcp::parse_user_option(name);
  if (!option) {
    cursor.error_since(begin,
                       name.empty()
                           ? fmt::format("which option is missing: {}", alternatives(kOptionNames))
                           : fmt::format("a user cannot set {}", in_quotes(name)),
                       base::nearest(name, kOptionNames));
    return false;
  }
  call.option = *option;
  cursor.skip_blanks();
  return parse_setting_value(cursor, tcp::facts(*option), call);
}

std::optional<plan::Call> parse_report(const Node& node, const StepContext& context,
                                       Problems& problems) {
  if (read_text(node, "report", problems) == nullptr) return std::nullopt;
  const Phrase phrase(node, context.bindings);
  if (phrase.text() == "any") return told(CallKind::Report, {});
  if (phrase.text() == "nothing") return told(CallKind::Report, {CallStatus::WouldBlock});
  const auto report = tcp::parse_report(phrase.text());
  if (!report) {
    std::vector<std::string_view> names(tcp::kReportNames.begin(), tcp::kReportNames.end());
    names.insert(names.end(), {"nothing", "any"});
    problems.add(
        phrase.place(0, phrase.text().size()),
        fmt::format("a report is {}, not {}", alternatives(names), in_quotes(phrase.text())),
        base::nearest(phrase.text(), names));
    return std::nullopt;
  }
  plan::Call call = told(CallKind::Report, {CallStatus::Ok});
  call.report = report;
  return call;
}

std::optional<plan::Call> parse_urgent(const Node& node, const StepContext& context,
                                       Problems& problems) {
  constexpr std::array<std::string_view, 3> kWords{"pending", "none", "any"};
  if (read_text(node, "urgent", problems) == nullptr) return std::nullopt;
  const Phrase phrase(node, context.bindings);
  if (phrase.text() == kWords[0]) return told(CallKind::Urgent, {CallStatus::Ok});
  if (phrase.text() == kWords[1]) return told(CallKind::Urgent, {CallStatus::WouldBlock});
  if (phrase.text() == kWords[2]) return told(CallKind::Urgent, {});
  problems.add(
      phrase.place(0, phrase.text().size()),
      fmt::format("urgent data is {}, not {}", alternatives(kWords), in_quotes(phrase.text())),
      base::nearest(phrase.text(), kWords));
  return std::nullopt;
}

}  // namespace tcprove::scenario
