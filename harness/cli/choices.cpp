#include "harness/cli/choices.hpp"

#include <algorithm>
#include <variant>

#include <fmt/format.h>

#include "harness/plan/words.hpp"

namespace tcprove::cli {
namespace {

/// By its control bits alone where the table of states and events stands behind it: its numbers
/// differ from instance to instance.
std::string words_of(const std::variant<plan::Expect, plan::ExpectNothing>& alternative) {
  const auto* const expect = std::get_if<plan::Expect>(&alternative);
  if (expect == nullptr) return "nothing";
  const plan::SegmentText& segment = expect->segment;
  return segment.text.empty() ? wire::to_string(segment.ctl) : segment.text;
}

std::string words_of(const plan::OneOf& one_of, std::uint8_t taken) {
  if (taken >= one_of.alternatives.size()) return {};
  std::string words = words_of(one_of.alternatives[taken]);
  const bool differ = std::ranges::any_of(
      one_of.alternatives, [&](const auto& other) { return words_of(other) != words; });
  return differ ? words : std::string();
}

}  // namespace

std::vector<std::string> choices_of(const plan::Plan& plan, const engine::Outcome& outcome) {
  std::vector<std::string> choices;
  for (const engine::Choice& choice : outcome.choices) {
    if (choice.step >= plan.steps.size()) continue;
    const plan::Step& step = plan.steps[choice.step];
    std::string words;
    if (const auto* const one_of = std::get_if<plan::OneOf>(&step.action)) {
      words = words_of(*one_of, choice.taken);
    } else if (choice.taken < tcp::kStateCount) {
      words = fmt::format("state: {}", tcp::kStateNames.at(choice.taken));
    }
    if (!words.empty()) choices.push_back(std::move(words));
  }
  return choices;
}

}  // namespace tcprove::cli
