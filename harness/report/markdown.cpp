#include "harness/report/markdown.hpp"

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "harness/report/comparison.hpp"
#include "harness/report/deviation_text.hpp"
#include "harness/report/document.hpp"
#include "harness/report/requirements.hpp"
#include "harness/report/signs.hpp"
#include "harness/report/tally.hpp"
#include "harness/report/utf8.hpp"

namespace tcprove::report {
namespace {

/// `text` as one line that means nothing to Markdown or HTML.
std::string escaped(std::string_view text) {
  constexpr std::string_view kSpecial = "\\`*_{}[]()#+-.!|~&<>$@:";
  std::string out;
  for (const char c : printable(text, true)) {
    if (kSpecial.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

/// `text` between lines of more backticks than it has in a row.
std::string fenced(std::string_view text) {
  std::size_t longest = 2;
  std::size_t row = 0;
  for (const char c : text) {
    row = c == '`' ? row + 1 : 0;
    longest = std::max(longest, row);
  }
  const std::string fence(longest + 1, '`');
  return fmt::format("{}text\n{}{}\n", fence, text, fence);
}

void write_counts(std::ostream& out, std::span<const RunResult> runs) {
  const std::vector<Verdict> shown = verdicts_of(runs);
  out << "| stack | version |";
  for (const Verdict verdict : shown) {
    out << fmt::format(" {} |", to_string(verdict));
  }
  out << "\n|---|---|";
  for (std::size_t i = 0; i < shown.size(); ++i) out << "--:|";
  out << '\n';
  for (const RunResult& run : runs) {
    const Tally tally = tally_of(run.scenarios);
    out << fmt::format("| {} | {} |", escaped(run.target), escaped(run.target_version));
    for (const Verdict verdict : shown) out << fmt::format(" {} |", tally[verdict]);
    out << '\n';
  }
  out << '\n';
}

void write_matrix(std::ostream& out, std::span<const RunResult> runs,
                  std::span<const ComparedRequirement> rows) {
  out << "| requirement | level |";
  for (const RunResult& run : runs) out << fmt::format(" {} |", escaped(run.target));
  out << "\n|---|---|";
  for (std::size_t i = 0; i < runs.size(); ++i) out << "---|";
  out << '\n';
  for (const ComparedRequirement& row : rows) {
    out << fmt::format("| {} | {} |", escaped(row.id()), escaped(row.level()));
    for (const RequirementResult* requirement : row.by_target) {
      const std::string_view shown = shown_verdict(*requirement);
      out << fmt::format(" {} {} |", sign_of_shown(shown), shown);
    }
    out << '\n';
  }
  out << '\n';
}

void write_requirements(std::ostream& out, std::span<const RunResult> runs) {
  const std::vector<ComparedRequirement> all = compared(runs);
  std::vector<ComparedRequirement> notable;
  std::vector<ComparedRequirement> rest;
  for (const ComparedRequirement& row : all) (row.is_notable() ? notable : rest).push_back(row);
  out << "## Requirements\n\n";
  if (!notable.empty()) write_matrix(out, runs, notable);
  if (rest.empty()) return;
  out << fmt::format("<details><summary>{} more, {}</summary>\n\n", rest.size(),
                     runs.size() > 1 ? "the same on every stack" : "none of them violated");
  write_matrix(out, runs, rest);
  out << "</details>\n\n";
}

void write_failures(std::ostream& out, std::span<const RunResult> runs, std::size_t documents_max) {
  std::size_t failures = 0;
  for (const RunResult& run : runs) {
    for (const ScenarioResult& result : run.scenarios) {
      if (!is_red(result.verdict)) continue;
      if (failures++ == 0) out << "## Failures\n\n";
      if (failures > documents_max) continue;
      std::ostringstream document;
      write_document(document, run, result, {});
      out << fmt::format("### {}{}\n\n", escaped(result.id),
                         runs.size() > 1 ? " on " + escaped(run.target) : "")
          << fenced(document.str()) << '\n';
    }
  }
  if (failures > documents_max) out << fmt::format("{} more.\n\n", failures - documents_max);
}

void write_stale(std::ostream& out, std::span<const RunResult> runs) {
  for (const RunResult& run : runs) {
    for (const StaleDeviation& stale : run.stale) {
      out << fmt::format("- {}\n", escaped(sentence_of(stale)));
    }
  }
}

}  // namespace

void write_markdown(std::ostream& out, std::span<const RunResult> runs,
                    const MarkdownOptions& options) {
  std::vector<std::string> targets;
  for (const RunResult& run : runs) targets.push_back(escaped(run.target));
  out << fmt::format("# tcprove: {}\n\n", fmt::join(targets, ", "));
  write_counts(out, runs);
  write_stale(out, runs);
  write_failures(out, runs, options.documents_max);
  write_requirements(out, runs);
}

}  // namespace tcprove::report
