#include "harness/report/profile.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "harness/report/utf8.hpp"

namespace tcprove::report {
namespace {

using profile::Facts;
using profile::Quantity;
using profile::Range;
using profile::Unit;

std::string value_of(std::int64_t value, Unit unit) {
  switch (unit) {
    case Unit::Nanoseconds:
      return base::to_string(base::Duration(value));
    case Unit::Thousandths:
      return fmt::format("{:.4g}", static_cast<double>(value) / 1000);
    case Unit::Octets:
    case Unit::Count:
      break;
  }
  return std::to_string(value);
}

/// Words of one fact; empty where it was not measured.
class Words {
 public:
  explicit Words(const Facts& facts) : facts_(facts) {}

  /// `1s`, `1s to 3s`, between what stands before and behind it.
  Words& range(Quantity quantity, std::string_view before = {}, std::string_view behind = {}) {
    const Range& range = facts_[quantity];
    if (!range.seen()) return *this;
    const Unit unit = name_of(quantity).unit;
    std::string text = value_of(range.least, unit);
    if (range.most != range.least) text += " to " + value_of(range.most, unit);
    return say(before, text, behind);
  }
  Words& least(Quantity quantity, std::string_view before = {}, std::string_view behind = {}) {
    return value(quantity, facts_[quantity].least, before, behind);
  }
  Words& most(Quantity quantity, std::string_view before = {}, std::string_view behind = {}) {
    return value(quantity, facts_[quantity].most, before, behind);
  }
  /// Only behind something else.
  Words& then(std::string_view text) {
    if (!text_.empty()) text_ += text;
    return *this;
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  Words& value(Quantity quantity, std::int64_t value, std::string_view before,
               std::string_view behind) {
    if (!facts_[quantity].seen()) return *this;
    return say(before, value_of(value, name_of(quantity).unit), behind);
  }
  Words& say(std::string_view before, std::string_view text, std::string_view behind) {
    if (!text_.empty()) text_ += ", ";
    text_ += fmt::format("{}{}{}", before, text, behind);
    return *this;
  }

  const Facts& facts_;
  std::string text_;
};

std::string options_of(profile::OptionSet options) {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < profile::kOptionNames.size(); ++i) {
    if ((options >> i & 1U) != 0) names.push_back(profile::kOptionNames.at(i));
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

/// Two bounds that many observations narrow down; where they cross, it is not always the same.
std::string time_wait_of(const Facts& facts) {
  const Range& at_least = facts[Quantity::TimeWaitAtLeast];
  const Range& at_most = facts[Quantity::TimeWaitAtMost];
  const auto text = [](std::int64_t ns) { return base::to_string(base::Duration(ns)); };
  if (!at_most.seen()) return at_least.seen() ? "at least " + text(at_least.most) : "";
  if (at_least.most > at_most.least) {
    return fmt::format("not always the same: under {}, over {}", text(at_most.least),
                       text(at_least.most));
  }
  return fmt::format("{} to {}, so the MSL is up to {}", text(at_least.most), text(at_most.least),
                     text(at_most.least / 2));
}

std::string iss_of(const Facts& facts) {
  const Range& at_reset = facts[Quantity::IssAtReset];
  std::string text;
  if (at_reset.count > 1) {
    text = at_reset.least == at_reset.most ? "the same for all four-tuples"
                                           : "other ones for other four-tuples";
  }
  const Range& growth = facts[Quantity::IssPerSecond];
  if (!growth.seen()) return text;
  if (!text.empty()) text += ", ";
  const auto octets = [](std::int64_t n) { return std::to_string(n); };
  text += "grow by " + octets(growth.least);
  if (growth.most != growth.least) text += " to " + octets(growth.most);
  return text + " a second";
}

/// The long form: subject and what was measured.
std::vector<std::pair<std::string, std::string>> lines_of(const Facts& facts) {
  using enum Quantity;
  const auto words = [&facts] { return Words(facts); };
  return {
      {"options on SYN", options_of(facts.on_syn)},
      {"options on SYN,ACK", options_of(facts.on_syn_ack)},
      {"options past the SYN", options_of(facts.on_others)},
      {"MSS option", words().range(MssV4, "", " over IPv4").range(MssV6, "", " over IPv6").text()},
      {"segments to a peer without one", words()
                                             .most(DefaultMssV4, "up to ", " over IPv4")
                                             .most(DefaultMssV6, "up to ", " over IPv6")
                                             .text()},
      {"window", words()
                     .range(SynWindow, "", " on SYNs")
                     .most(Window, "then up to ")
                     .range(WindowShift, "scaled by 2^")
                     .text()},
      {"hop limit", words().range(HopLimit).text()},
      {"initial window", words().range(InitialWindow, "", " octets").text()},
      {"SYN again", words().range(SynTimeout, "after ").range(SynBackOff, "then times ").text()},
      {"SYN,ACK again", words().range(SynAckTimeout, "after ").text()},
      {"SYN given up", words()
                           .range(SynRetransmissions, "after ", " retransmissions")
                           .least(SynGivenUpAfter, "within ")
                           .text()},
      {"data again", words()
                         .range(DataTimeout, "after ")
                         .range(DataBackOff, "then times ")
                         .most(LongestTimeout, "up to ")
                         .text()},
      {"connection given up", words()
                                  .range(DataRetransmissions, "after ", " retransmissions")
                                  .least(DataGivenUpAfter, "within ")
                                  .text()},
      {"fast retransmission",
       words().range(FastRetransmitAcks, "after ", " duplicate ACKs").text()},
      {"ACKs of data", words().range(AckDelay, "after ").text()},
      {"window probes",
       words().range(ProbeTimeout, "after ").range(ProbeBackOff, "then times ").text()},
      {"keep-alives",
       words().range(KeepAliveIdle, "after ").range(KeepAliveInterval, "then every ").text()},
      {"TIME-WAIT", time_wait_of(facts)},
      {"initial numbers", iss_of(facts)},
  };
}

}  // namespace

void write_profile_line(std::ostream& out, const Profile& profile, const TextStyle& style) {
  using enum Quantity;
  const Facts& facts = profile.facts;
  std::vector<std::string> parts;
  const auto add = [&](const Words& words) {
    const std::string& text = words.text();
    if (!text.empty()) parts.push_back(text);
  };
  add(Words(facts).range(MssV4, "MSS "));
  add(Words(facts).most(Window, "window "));
  add(Words(facts).least(SynTimeout, "first RTO "));
  add(Words(facts).most(AckDelay, "ACKs up to ", " late"));
  const Range& at_most = facts[TimeWaitAtMost];
  if (at_most.seen() && facts[TimeWaitAtLeast].most <= at_most.least) {
    parts.push_back("MSL up to " + base::to_string(base::Duration(at_most.least / 2)));
  }
  if (!profile.choices.empty())
    parts.push_back(fmt::format("choices in {} scenarios", profile.choices.size()));
  if (parts.empty()) return;
  out << fmt::format("profile: {} (--profile tells all)\n",
                     fmt::join(parts, glyphs(style.utf8).between));
}

void write_profile(std::ostream& out, const Profile& profile, const TextStyle& style) {
  const auto lines = lines_of(profile.facts);
  std::size_t label_columns = 0;
  for (const auto& [label, text] : lines) label_columns = std::max(label_columns, label.size() + 4);
  const std::size_t room = style.width > label_columns ? style.width - label_columns : 1;
  out << "profile: what the stack chose, as this run measured it\n";
  for (const auto& [label, text] : lines) {
    if (text.empty()) continue;
    std::string head = "  " + label;
    for (const std::string& line : wrapped(text, room)) {
      out << padded(head, label_columns) << line << '\n';
      head.clear();
    }
  }
  if (profile.choices.empty()) return;
  out << "  what it did where several answers are right, and how often\n";
  for (const auto& [scenario, chosen] : profile.choices) {
    std::vector<std::string> parts;
    for (const auto& [choice, seen] : chosen) parts.push_back(fmt::format("{} ({})", choice, seen));
    out << fmt::format("    {}: {}\n", printable(scenario, style.utf8),
                       printable(fmt::format("{}", fmt::join(parts, ", ")), style.utf8));
  }
}

}  // namespace tcprove::report
