#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "harness/report/score.hpp"
#include "harness/report/terminal.hpp"
#include "harness/report/utf8.hpp"

namespace tcprove::report {
namespace {

/// What a fault came to, in one word.
struct Word {
  std::string_view text;
  Ink ink;
};

Word word_of(const FaultResult& fault) {
  if (!fault.as_known()) return {fault.caught() ? "stale" : "missed", Ink::Red};
  return fault.caught() ? Word{"caught", Ink::Green} : Word{"known", Ink::Yellow};
}

void write_table(std::ostream& out, const Score& score, const TextStyle& style) {
  const std::string_view none = glyphs(style.utf8).none;
  std::size_t name_columns = columns("fault");
  std::size_t rule_columns = columns("first rule");
  for (const FaultResult& fault : score.faults) {
    name_columns = std::max(name_columns, columns(fault.name));
    if (fault.rule) rule_columns = std::max(rule_columns, columns(fault.rule->rule));
  }
  const auto line = [&](std::string_view name, std::string_view rule, std::string_view scenario) {
    return fmt::format("  {}  {}  {}\n", padded(name, name_columns), padded(rule, rule_columns),
                       scenario);
  };
  constexpr std::size_t kWordColumns = 6;
  out << painted(padded("", kWordColumns) + line("fault", "first rule", "first scenario"), Ink::Dim,
                 style);
  for (const FaultResult& fault : score.faults) {
    const Word word = word_of(fault);
    const std::string scenario = fault.scenario
                                     ? fmt::format("{:<5}  {}", to_string(fault.scenario->verdict),
                                                   printable(fault.scenario->id, style.utf8))
                                     : std::string(none);
    out << painted(padded(word.text, kWordColumns), word.ink, style)
        << line(fault.name, fault.rule ? std::string_view(fault.rule->rule) : none, scenario);
  }
}

/// A line for each fault that is not caught, or is although it is known not to be.
void write_exceptions(std::ostream& out, const Score& score, const TextStyle& style) {
  for (const FaultResult& fault : score.faults) {
    if (fault.caught() && fault.as_known()) continue;
    const Word word = word_of(fault);
    std::string why = fault.known_reason;
    if (!fault.as_known()) {
      why = fault.caught()
                ? "is caught, but listed as one that is not: take it off the list"
                : fmt::format("nothing catches it: {} ({})", fault.sentence, fault.requirement);
    }
    out << painted(word.text, word.ink, style)
        << fmt::format("  {}: {}\n", fault.name, printable(why, style.utf8));
  }
}

}  // namespace

void write_score(std::ostream& out, const Score& score, const TextStyle& style) {
  write_table(out, score, style);
  out << '\n';
  write_exceptions(out, score, style);
  for (const ScenarioResult& result : score.against_correct) write_result_line(out, result, style);
  const ScoreCounts counts = counts_of(score);
  constexpr double kPercent = 100;
  out << fmt::format("{} {}: {} of {} instances speak against it\n", score.correct,
                     score.against_correct.empty() ? "holds" : "does not hold",
                     score.against_correct.size(), score.instances);
  const std::string_view between = glyphs(style.utf8).between;
  const std::string share = fmt::format("{} of {} faults caught ({:.1f} %)", counts.caught,
                                        counts.faults, counts.share() * kPercent);
  out << painted(share, score.holds() ? Ink::Green : Ink::Red, style)
      << fmt::format("{0}{1} by a scenario{0}{2} by a rule{0}{3} known not to be", between,
                     counts.by_scenario, counts.by_rule, counts.known_uncaught);
  if (counts.missed > 0) out << fmt::format("{}{} missed", between, counts.missed);
  if (counts.stale > 0) out << fmt::format("{}{} stale", between, counts.stale);
  out << fmt::format(" in {:.2f}s wall\n", std::chrono::duration<double>(score.wall_time).count());
}

}  // namespace tcprove::report
