#include "harness/campaign/finding.hpp"

#include <algorithm>
#include <cctype>

namespace tcprove::campaign {
namespace {

using trace::Event;
using trace::EventKind;

/// The state that the connection of the violation's event was last seen in before it.
std::string_view state_before(const monitor::Violation& violation, const trace::Trace& trace) {
  const std::span<const Event> events = trace.events();
  const bool shown = violation.event < events.size();
  const trace::ConnectionIndex connection =
      shown ? events[violation.event].connection : trace::ConnectionIndex{0};
  std::string_view state = tcp::to_string(tcp::State::Closed);
  for (std::size_t i = 0; i < events.size(); ++i) {
    const bool before = shown ? i < violation.event : events[i].at < violation.at;
    if (!before) break;
    if (events[i].kind != EventKind::State || events[i].connection != connection) continue;
    state = tcp::to_string(events[i].state);
  }
  return state;
}

/// The words of `text` that do not vary from run to run: none with a digit, which lines, process
/// ids and addresses have.
std::string steady_words(std::string_view text) {
  constexpr std::size_t kOctetsMax = 60;
  std::string words;
  while (!text.empty() && words.size() < kOctetsMax) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const bool varies = std::ranges::any_of(word, [](char c) { return c >= '0' && c <= '9'; });
    if (varies || word.empty()) continue;
    words += (words.empty() ? "" : " ") + std::string(word);
  }
  return words.substr(0, kOctetsMax);
}

}  // namespace

std::string stem_of(const FindingKind& kind) {
  std::string stem;
  for (const std::string& part : {kind.requirement, kind.rule, kind.state}) {
    if (part.empty()) continue;
    if (!stem.empty()) stem += '.';
    bool gap = false;
    for (const char c : part) {
      const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.';
      if (plain && gap && stem.back() != '.' && stem.back() != '-') stem += '-';
      if (plain) stem += c;
      gap = !plain;
    }
  }
  return stem;
}

std::vector<Shown> findings_of(const trial::Judged& judged, const trace::Trace& trace) {
  std::vector<Shown> shown;
  const auto add = [&shown](Shown one) {
    const auto same = [&one](const Shown& other) { return other.kind == one.kind; };
    if (std::ranges::none_of(shown, same)) shown.push_back(std::move(one));
  };
  for (const monitor::Violation& violation : judged.violations) {
    if (violation.level == monitor::Level::May) continue;
    add({.kind = {.requirement = violation.requirement,
                  .rule = violation.rule,
                  .state = std::string(state_before(violation, trace))},
         .violation = violation});
  }
  if (judged.outcome.kind == engine::Outcome::Kind::Error) {
    add({.kind = {.requirement = {},
                  .rule = std::string(kEndless),
                  .state = steady_words(judged.outcome.reason)},
         .violation = {.message = judged.outcome.reason}});
  }
  return shown;
}

Shown finding_of_death(std::string_view reason) {
  constexpr std::string_view kHung = "the stack hung";
  constexpr std::string_view kCrashed = "the stack crashed: ";
  Shown shown{.kind = {}, .violation = {.message = std::string(reason)}};
  if (reason.starts_with(kHung)) {
    shown.kind.rule = kHang;
    return shown;
  }
  shown.kind.rule = kCrash;
  if (reason.starts_with(kCrashed)) reason.remove_prefix(kCrashed.size());
  constexpr std::string_view kPrinted = "; it printed: ";
  const std::size_t printed = reason.find(kPrinted);
  shown.kind.state = steady_words(reason.substr(0, printed));
  if (printed != std::string_view::npos) {
    // Behind what an assertion says in quotes stands where it is, in words that say no more.
    const std::string_view text = reason.substr(printed + kPrinted.size());
    const std::size_t quote = std::min(text.find('"'), text.size() - 1);
    shown.kind.state += ": " + steady_words(text.substr(0, text.find('"', quote + 1)));
  }
  return shown;
}

}  // namespace tcprove::campaign
