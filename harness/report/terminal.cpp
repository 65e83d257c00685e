#include "harness/report/terminal.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "harness/report/deviation_text.hpp"
#include "harness/report/profile.hpp"
#include "harness/report/requirements.hpp"
#include "harness/report/tally.hpp"
#include "harness/report/utf8.hpp"

namespace tcprove::report {
namespace {

/// As people say them: `82 passed`.
struct VerdictWord {
  Verdict verdict;
  std::string_view word;
};

constexpr std::array<VerdictWord, kVerdictCount> kSummaryWords{
    {{Verdict::Pass, "passed"},
     {Verdict::Xfail, "xfail"},
     {Verdict::Fail, "failed"},
     {Verdict::Xpass, "xpass"},
     {Verdict::Error, "in error"},
     {Verdict::Warn, "warned"},
     {Verdict::Inconclusive, "inconclusive"},
     {Verdict::Unsupported, "unsupported"}}};

constexpr std::size_t kLabelColumns = 8;

/// The two largest units, `5h 12min`; under a minute seconds with two decimals, `0.21s`.
std::string rough(base::Duration d) {
  using namespace std::chrono;
  if (d < minutes(1)) return fmt::format("{:.2f}s", duration<double>(d).count());
  if (d < hours(1)) {
    return fmt::format("{}min {}s", floor<minutes>(d).count(), floor<seconds>(d).count() % 60);
  }
  return fmt::format("{}h {}min", floor<hours>(d).count(), floor<minutes>(d).count() % 60);
}

/// Those that a document is written of; the red ones first, as the number of documents is limited.
std::vector<const ScenarioResult*> to_be_told(const RunResult& run) {
  std::vector<const ScenarioResult*> told;
  for (const ScenarioResult& result : run.scenarios) {
    if (is_red(result.verdict)) told.push_back(&result);
  }
  for (const ScenarioResult& result : run.scenarios) {
    if (result.verdict == Verdict::Warn || result.verdict == Verdict::Inconclusive) {
      told.push_back(&result);
    }
  }
  return told;
}

void write_documents(std::ostream& out, const RunResult& run, const TerminalOptions& options) {
  const std::vector<const ScenarioResult*> told = to_be_told(run);
  const std::size_t documents = std::min(told.size(), options.documents_max);
  for (std::size_t i = 0; i < documents; ++i) {
    write_document(out, run, *told[i], options.document);
    out << '\n';
  }
  if (documents == told.size()) return;
  out << fmt::format("{} more, told shortly:\n", told.size() - documents);
  for (std::size_t i = documents; i < told.size(); ++i) {
    out << "  ";
    write_result_line(out, *told[i], options.document.style);
  }
  out << '\n';
}

/// Unsupported scenarios are many and their reasons few.
void write_unsupported(std::ostream& out, const RunResult& run, const TextStyle& style) {
  std::map<std::string_view, std::size_t> by_reason;
  for (const ScenarioResult& result : run.scenarios) {
    if (result.verdict == Verdict::Unsupported) ++by_reason[result.reason];
  }
  for (const auto& [reason, count] : by_reason) {
    out << fmt::format("  unsupported  {} {}: {}\n", count, count == 1 ? "scenario" : "scenarios",
                       printable(reason, style.utf8));
  }
}

/// Counts by folder; verdicts that no scenario came to have no column.
void write_table(std::ostream& out, const RunResult& run, const TextStyle& style) {
  const Tally all = tally_of(run.scenarios);
  const std::vector<Group> groups = groups_of(run.scenarios);
  std::size_t name_columns = 0;
  for (const Group& group : groups) {
    name_columns = std::max(name_columns, columns(printable(group.name, style.utf8)));
  }
  std::vector<Verdict> shown;
  for (std::size_t i = 0; i < kVerdictCount; ++i) {
    const auto verdict = static_cast<Verdict>(i);
    if (verdict == Verdict::Pass || verdict == Verdict::Fail || all[verdict] > 0) {
      shown.push_back(verdict);
    }
  }
  const auto cell_columns = [](Verdict verdict) {
    return std::max<std::size_t>(6, to_string(verdict).size() + 2);
  };
  std::string head(name_columns + 2, ' ');
  for (const Verdict v : shown) head += fmt::format("{:>{}}", to_string(v), cell_columns(v));
  out << painted(head, Ink::Dim, style) << '\n';
  for (const Group& group : groups) {
    out << "  " << padded(printable(group.name, style.utf8), name_columns);
    for (const Verdict v : shown) {
      const std::string count = group.tally[v] == 0 ? std::string(glyphs(style.utf8).none)
                                                    : std::to_string(group.tally[v]);
      const std::string cell = std::string(cell_columns(v) - columns(count), ' ') + count;
      out << painted(cell, group.tally[v] == 0 ? Ink::Dim : ink_of(v), style);
    }
    out << '\n';
  }
}

std::string joined(const std::vector<std::string>& parts, const TextStyle& style) {
  return fmt::format("{}", fmt::join(parts, glyphs(style.utf8).between));
}

/// Under a label that stands once.
void write_labelled(std::ostream& out, std::string_view label, std::string_view text,
                    const TextStyle& style) {
  const std::size_t label_columns = std::max(kLabelColumns, label.size() + 4);
  const std::size_t room = style.width > label_columns ? style.width - label_columns : 1;
  for (const std::string& line : wrapped(printable(text, style.utf8), room)) {
    out << padded(fmt::format("  {}", label), label_columns) << line << '\n';
    label = {};
  }
}

/// Those of one verdict by name.
void write_requirement_ids(std::ostream& out, const RunResult& run, std::string_view verdict,
                           const TextStyle& style) {
  std::vector<std::string> ids;
  for (const RequirementResult& r : run.requirements) {
    if (r.verdict == verdict) ids.push_back(r.id);
  }
  if (ids.empty()) return;
  write_labelled(out, verdict, fmt::format("{}", fmt::join(ids, ", ")), style);
}

/// Those of one verdict by their reasons, which are few.
void write_requirement_reasons(std::ostream& out, const RunResult& run, std::string_view verdict,
                               const TextStyle& style) {
  std::map<std::string_view, std::size_t> by_reason;
  for (const RequirementResult& r : run.requirements) {
    if (r.verdict == verdict) ++by_reason[r.reason];
  }
  for (const auto& [reason, count] : by_reason) {
    write_labelled(out, verdict, fmt::format("{}: {}", count, reason), style);
  }
}

/// Counts by verdict, then those that were violated by name and the rest by reason.
void write_requirements(std::ostream& out, const RunResult& run, const TextStyle& style) {
  if (run.requirements.empty()) return;
  std::vector<std::string> counts;
  for (const std::string_view verdict : kRequirementVerdicts) {
    const auto n = std::ranges::count(run.requirements, verdict, &RequirementResult::verdict);
    counts.push_back(fmt::format("{} {}", n, verdict));
  }
  out << fmt::format("requirements  {}\n", joined(counts, style));
  write_requirement_ids(out, run, kRequirementFails, style);
  write_requirement_ids(out, run, kRequirementWarns, style);
  write_requirement_reasons(out, run, kRequirementUntested, style);
  write_requirement_reasons(out, run, kRequirementNotApplicable, style);
}

void write_totals(std::ostream& out, const RunResult& run, const TextStyle& style) {
  const Tally all = tally_of(run.scenarios);
  std::vector<std::string> parts;
  for (const auto& [verdict, word] : kSummaryWords) {
    const bool always = verdict == Verdict::Pass || verdict == Verdict::Fail;
    if (!always && all[verdict] == 0) continue;
    parts.push_back(painted(fmt::format("{} {}", all[verdict], word),
                            all[verdict] > 0 ? ink_of(verdict) : Ink::Plain, style));
  }
  if (!run.stale.empty()) {
    parts.push_back(painted(fmt::format("{} stale", run.stale.size()), Ink::Red, style));
  }
  if (run.not_played > 0) parts.push_back(fmt::format("{} not played", run.not_played));
  base::Duration virtual_time{};
  for (const ScenarioResult& result : run.scenarios) virtual_time += result.virtual_time;
  out << fmt::format("{} in {} wall, {} virtual\n", joined(parts, style), rough(run.wall_time),
                     rough(virtual_time));
}

}  // namespace

void write_header(std::ostream& out, const RunResult& run, const TextStyle& style) {
  const std::string target = run.target_version.empty()
                                 ? run.target
                                 : fmt::format("{} ({})", run.target, run.target_version);
  out << fmt::format("tcprove {}  target {}  seed {}\n", run.version, printable(target, style.utf8),
                     run.seed);
}

void write_result_line(std::ostream& out, const ScenarioResult& result, const TextStyle& style) {
  constexpr std::size_t kVerdictColumns = 12;
  out << painted(padded(to_string(result.verdict), kVerdictColumns), ink_of(result.verdict), style)
      << "  " << printable(result.id, style.utf8)
      << fmt::format(" ({})", rough(result.virtual_time));
  if (!result.reason.empty()) out << ": " << printable(result.reason, style.utf8);
  out << '\n';
}

void write_summary(std::ostream& out, const RunResult& run, const TerminalOptions& options) {
  const TextStyle& style = options.document.style;
  if (options.replay) {
    for (const ScenarioResult& result : run.scenarios) {
      write_document(out, run, result, {.style = style, .ladder_rows = 0});
      out << '\n';
    }
    write_totals(out, run, style);
    return;
  }
  write_documents(out, run, options);
  write_known_deviations(out, run, style);
  write_stale_deviations(out, run, style);
  write_unsupported(out, run, style);
  const auto is_told = [](const ScenarioResult& result) {
    return !result.excuses.empty() || result.verdict == Verdict::Unsupported;
  };
  if (!run.stale.empty() || std::ranges::any_of(run.scenarios, is_told)) out << '\n';
  write_table(out, run, style);
  out << '\n';
  write_requirements(out, run, style);
  out << fmt::format("state x event cells exercised: {} of {}\n", run.cells.count(),
                     tcp::kCellCount);
  if (options.profile) {
    write_profile(out, run.profile, style);
  } else {
    write_profile_line(out, run.profile, style);
  }
  write_totals(out, run, style);
}

}  // namespace tcprove::report
