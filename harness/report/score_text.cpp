#include <algorithm>
#include <string>
#include <utility>

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

/// What a requirement came to, in one word.
Word word_of(const RequirementProof& row) {
  if (!row.as_known()) return {row.proven() ? "stale" : "unproven", Ink::Red};
  if (row.proven()) return {"proven", Ink::Green};
  return {row.known_reason.empty() ? "" : "known", Ink::Yellow};
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

/// A line a requirement: how many faults break it, how many of them a scenario of its own shows,
/// and the first of these.
void write_requirements(std::ostream& out, const Score& score, const TextStyle& style) {
  if (score.requirements.empty()) return;
  const std::string_view none = glyphs(style.utf8).none;
  std::size_t id_columns = columns("requirement");
  std::size_t fault_columns = columns("fault");
  for (const RequirementProof& row : score.requirements) {
    id_columns = std::max(id_columns, columns(row.id));
    for (const FaultProof& f : row.faults)
      fault_columns = std::max(fault_columns, columns(f.fault));
  }
  constexpr std::size_t kWordColumns = 8;
  const auto line = [&](std::string_view id, std::string_view fault, std::string_view scenario) {
    return fmt::format("  {}  {}  {}\n", padded(id, id_columns), padded(fault, fault_columns),
                       scenario);
  };
  out << painted(
      padded("", kWordColumns) + line("requirement", "fault", "first scenario of its own"),
      Ink::Dim, style);
  for (const RequirementProof& row : score.requirements) {
    const Word word = word_of(row);
    std::string_view id = row.id;
    out << painted(padded(word.text, kWordColumns), word.ink, style);
    if (row.faults.empty()) out << line(id, none, none);
    for (const FaultProof& f : row.faults) {
      if (&f != &row.faults.front()) out << padded("", kWordColumns);
      out << line(std::exchange(id, ""), f.fault,
                  f.scenario.empty() ? std::string(none) : printable(f.scenario, style.utf8));
    }
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

/// A line for each requirement that nothing proves although it is needed, or that is although it is
/// known not to be.
void write_unproven(std::ostream& out, const Score& score, const TextStyle& style) {
  for (const RequirementProof& row : score.requirements) {
    if (row.as_known() && row.known_reason.empty()) continue;
    const Word word = word_of(row);
    std::string why = row.known_reason;
    if (!row.as_known()) {
      why = row.proven()         ? "is proven, but listed as unproven: take it off the list"
            : row.faults.empty() ? "no fault breaks it"
                                 : "no scenario that covers it fails in a step of its own under a "
                                   "fault that breaks it";
    }
    out << painted(word.text, word.ink, style)
        << fmt::format("  {}: {}\n", row.id, printable(why, style.utf8));
  }
}

std::string_view to_text(Doubt::Why why) {
  return why == Doubt::Why::NoFaultBreaksIt ? "no fault breaks it"
                                            : "holds where nothing arrives that the stack sends";
}

/// A line for each instance that may assert nothing, and how many do not.
void write_instances(std::ostream& out, const InstanceScore& tried, const TextStyle& style) {
  std::size_t known = 0;
  for (const Doubt& doubt : tried.doubts) {
    if (!doubt.known_reason.empty()) {
      ++known;
      continue;
    }
    out << painted("weak", Ink::Red, style)
        << fmt::format("  {}: {}\n", printable(doubt.id, style.utf8), to_text(doubt.why));
  }
  for (const std::string& name : tried.stale) {
    out << painted("stale", Ink::Red, style)
        << fmt::format("  {}: is listed as unproven, and is not: take it off the list\n",
                       printable(name, style.utf8));
  }
  const std::string_view between = glyphs(style.utf8).between;
  out << painted(fmt::format("{} of {} instances fail in a step of their own under some fault",
                             tried.by_step, tried.tried),
                 tried.as_known() ? Ink::Green : Ink::Red, style)
      << fmt::format("{0}{1} more by a rule{0}{2} doubts known", between, tried.by_rule, known);
  if (tried.doubts.size() > known) {
    out << fmt::format("{}{} weak", between, tried.doubts.size() - known);
  }
  if (!tried.stale.empty()) out << fmt::format("{}{} stale", between, tried.stale.size());
  out << '\n';
}

/// How many of the requirements that need a proof have one.
void write_share_of_requirements(std::ostream& out, const Score& score, const TextStyle& style) {
  const auto needed = std::ranges::count_if(score.requirements, &RequirementProof::needed);
  const auto proven = std::ranges::count_if(
      score.requirements, [](const auto& row) { return row.needed && row.proven(); });
  out << painted(fmt::format("{} of {} numbered requirements proven", proven, needed),
                 std::ranges::all_of(score.requirements, &RequirementProof::as_known) ? Ink::Green
                                                                                      : Ink::Red,
                 style)
      << " by a scenario of their own under a fault that breaks them\n";
}

}  // namespace

void write_score(std::ostream& out, const Score& score, const TextStyle& style) {
  write_table(out, score, style);
  write_requirements(out, score, style);
  out << '\n';
  write_exceptions(out, score, style);
  write_unproven(out, score, style);
  for (const ScenarioResult& result : score.against_correct) write_result_line(out, result, style);
  if (score.instances_tried) {
    write_share_of_requirements(out, score, style);
    write_instances(out, *score.instances_tried, style);
  }
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
