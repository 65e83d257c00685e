#include "harness/report/html.hpp"

#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "harness/base/check.hpp"
#include "harness/report/html_data.hpp"
#include "harness/report/html_escape.hpp"
#include "harness/report/html_files.hpp"
#include "harness/report/html_parts.hpp"

namespace tcprove::report {
namespace {

std::string title_of(std::span<const RunResult> runs) {
  std::vector<std::string_view> targets;
  for (const RunResult& run : runs) targets.push_back(run.target);
  return html_escaped(fmt::format("tcprove: {}", fmt::join(targets, ", ")));
}

}  // namespace

void write_html(std::ostream& out, std::span<const RunResult> runs,
                std::span<const CatalogueRow> catalogue, const HtmlOptions& options) {
  TCPROVE_CHECK(!runs.empty(), "a page is of one run at least");
  const auto fill = [&](std::string_view name) {
    if (name == "title") out << title_of(runs);
    if (name == "version") out << html_escaped(runs.front().version);
    if (name == "seed") out << runs.front().seed;
    if (name == "style") out << kPageStyle;
    if (name == "script") out << kPageScript;
    if (name == "stacks") html::write_stacks(out, runs);
    if (name == "matrix") html::write_matrix(out, runs, catalogue);
    if (name == "failures") html::write_failures(out, runs, options.documents_max);
    if (name == "failure_count") out << html::count_failures(runs);
    if (name == "legend") html::write_legend(out);
    if (name == "data") write_html_data(out, runs, catalogue, options.captures);
  };
  std::string_view rest = kPageTemplate;
  for (std::size_t begin = rest.find("{{"); begin != std::string_view::npos;
       begin = rest.find("{{")) {
    const std::size_t end = rest.find("}}", begin);
    out << rest.substr(0, begin);
    fill(rest.substr(begin + 2, end - begin - 2));
    rest.remove_prefix(end + 2);
  }
  out << rest;
}

}  // namespace tcprove::report
