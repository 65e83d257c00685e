#include "harness/report/html_parts.hpp"

#include <algorithm>
#include <array>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "harness/report/chapters.hpp"
#include "harness/report/comparison.hpp"
#include "harness/report/deviation_text.hpp"
#include "harness/report/document.hpp"
#include "harness/report/html_escape.hpp"
#include "harness/report/signs.hpp"
#include "harness/report/tally.hpp"

namespace tcprove::report::html {
namespace {

/// A verdict by sign, word and colour.
std::string badge(std::string_view shown) {
  return fmt::format(R"(<span class="v {0}"><b aria-hidden="true">{1}</b> {0}</span>)", shown,
                     sign_of_shown(shown));
}

void write_row(std::ostream& out, const CatalogueRow& row, const ComparedRequirement& compared,
               std::size_t index) {
  const std::string id = html_escaped(row.id);
  out << fmt::format(
      R"(<tr id="r-{0}" data-r="{1}"><th scope="row">{0}</th><td class="level">{2}</td>)"
      R"(<td class="section">§{3}</td><td class="text">{4}</td>)",
      id, index, html_escaped(row.level), html_escaped(row.section), html_escaped(row.text));
  for (const RequirementResult* requirement : compared.by_target) {
    out << "<td>" << badge(shown_verdict(*requirement)) << "</td>";
  }
  out << "</tr>\n";
}

void write_document(std::ostream& out, const RunResult& run, const ScenarioResult& result,
                    bool names_target) {
  std::ostringstream document;
  report::write_document(document, run, result, {.style = {}, .ladder_rows = 40});
  // Its head stands above, set as a heading.
  std::string text = document.str();
  text.erase(0, std::min(text.size(), text.find("\n\n") + 2));
  out << fmt::format(
      "<article data-id=\"{0}\" data-target=\"{1}\">\n<h3>{2} <code>{0}</code>{3}</h3>\n"
      "<p class=\"claim\">{4}</p>\n<pre>{5}</pre>\n</article>\n",
      html_escaped(result.id), html_escaped(run.target), badge(to_string(result.verdict)),
      names_target ? fmt::format(" <span class=\"on\">on {}</span>", html_escaped(run.target)) : "",
      html_escaped(result.claim), html_escaped(text));
}

std::string words_of(const RunResult& run) {
  std::string words = fmt::format("<b>{}</b>", html_escaped(run.target));
  if (!run.target_version.empty()) words += fmt::format(" {}", html_escaped(run.target_version));
  return words;
}

}  // namespace

void write_stacks(std::ostream& out, std::span<const RunResult> runs) {
  const std::vector<Verdict> shown = verdicts_of(runs);
  out << "<thead><tr><th scope=\"col\">stack</th>";
  for (const Verdict verdict : shown) {
    out << "<th scope=\"col\">" << badge(to_string(verdict)) << "</th>";
  }
  out << "<th scope=\"col\">state × event</th></tr></thead>\n<tbody>\n";
  for (const RunResult& run : runs) {
    const Tally tally = tally_of(run.scenarios);
    out << "<tr><th scope=\"row\">" << words_of(run) << "</th>";
    for (const Verdict verdict : shown) {
      out << fmt::format("<td{}>{}</td>", tally[verdict] == 0 ? R"( class="zero")" : "",
                         tally[verdict]);
    }
    out << fmt::format("<td>{}/{}</td></tr>\n", run.cells.count(), tcp::kCellCount);
  }
  out << "</tbody>\n";
}

void write_matrix(std::ostream& out, std::span<const RunResult> runs,
                  std::span<const CatalogueRow> catalogue) {
  const std::vector<ComparedRequirement> matrix = compared(runs);
  out << "<thead><tr><th scope=\"col\">requirement</th><th scope=\"col\">level</th>"
         "<th scope=\"col\">section</th><th scope=\"col\">what it asks for</th>";
  for (const RunResult& run : runs) {
    out << "<th scope=\"col\">" << html_escaped(run.target) << "</th>";
  }
  out << "</tr></thead>\n";
  for (const Chapter& chapter : chapters_of(catalogue)) {
    const std::string name = html_escaped(chapter.name);
    out << fmt::format(
        "<tbody data-chapter=\"{0}\" data-title=\"{2}\">\n<tr class=\"chapter\">"
        "<th scope=\"rowgroup\" colspan=\"{1}\">{0}{3}{2}</th></tr>\n",
        name, 4 + runs.size(), html_escaped(chapter.title), chapter.title.empty() ? "" : " · ");
    for (const std::size_t row : chapter.rows) write_row(out, catalogue[row], matrix[row], row);
    out << "</tbody>\n";
  }
}

std::size_t count_failures(std::span<const RunResult> runs) {
  std::size_t count = 0;
  for (const RunResult& run : runs) {
    count += run.stale.size();
    count += static_cast<std::size_t>(
        std::ranges::count_if(run.scenarios, [](const auto& r) { return is_red(r.verdict); }));
  }
  return count;
}

void write_failures(std::ostream& out, std::span<const RunResult> runs, std::size_t documents_max) {
  std::size_t told = 0;
  for (const RunResult& run : runs) {
    for (const StaleDeviation& stale : run.stale) {
      out << fmt::format("<p class=\"stale\">{}</p>\n", html_escaped(sentence_of(stale)));
    }
    for (const ScenarioResult& result : run.scenarios) {
      if (!is_red(result.verdict) || told == documents_max) continue;
      ++told;
      write_document(out, run, result, runs.size() > 1);
    }
  }
  const std::size_t all = count_failures(runs);
  std::size_t stale = 0;
  std::size_t left = 0;
  for (const RunResult& run : runs) {
    stale += run.stale.size();
    left += run.not_played;
  }
  if (all - stale > told) {
    out << fmt::format("<p class=\"lead\">{} more, among the scenarios.</p>\n", all - stale - told);
  }
  if (left > 0) out << fmt::format("<p class=\"lead\">Interrupted: {} not played.</p>\n", left);
  if (all == 0) out << "<p class=\"lead\">None: nothing turned this run red.</p>\n";
}

void write_legend(std::ostream& out) {
  constexpr std::array kMeanings{"all held",
                                 "a MUST did not hold",
                                 "a SHOULD did not hold",
                                 "nothing is said",
                                 "the stack does not offer it",
                                 "a known deviation",
                                 "a known deviation that is gone",
                                 "the stack crashed or hung"};
  for (std::size_t i = 0; i < kVerdictCount; ++i) {
    out << badge(to_string(static_cast<Verdict>(i))) << ' ' << kMeanings.at(i)
        << (i + 1 < kVerdictCount ? " · " : "");
  }
}

}  // namespace tcprove::report::html
