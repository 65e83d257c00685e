#include "harness/cli/report_files.hpp"

#include <iostream>
#include <vector>

#include <fmt/format.h>

#include "harness/base/output_file.hpp"
#include "harness/cli/capture_path.hpp"
#include "harness/report/capture.hpp"
#include "harness/report/html.hpp"
#include "harness/report/json.hpp"
#include "harness/report/junit.hpp"
#include "harness/report/markdown.hpp"
#include "harness/report/sarif.hpp"

namespace tcprove::cli {

namespace {

std::vector<std::string> targets_of(std::span<const report::RunResult> runs) {
  std::vector<std::string> targets;
  for (const report::RunResult& run : runs) targets.push_back(run.target);
  return targets;
}

}  // namespace

bool write_reports(const ReportFiles& files, std::span<const report::RunResult> runs) {
  std::vector<std::string> failures;
  const auto write = [&failures](const std::filesystem::path& path, const auto& writer) {
    const std::string failure = base::write_file(path, writer);
    if (!failure.empty()) failures.push_back(failure);
  };
  if (!files.json.empty()) {
    write(files.json, [&](std::ostream& out) {
      runs.size() == 1 ? report::write_json(out, runs.front()) : report::write_json(out, runs);
    });
  }
  if (!files.junit.empty()) {
    write(files.junit,
          [&](std::ostream& out) { report::write_junit(out, runs, {.strict = files.strict}); });
  }
  if (!files.markdown.empty()) {
    write(files.markdown, [&](std::ostream& out) { report::write_markdown(out, runs, {}); });
  }
  if (!files.sarif.empty()) {
    write(files.sarif, [&](std::ostream& out) { report::write_sarif(out, runs); });
  }
  if (!files.html.empty()) {
    report::HtmlOptions options;
    for (std::size_t i = 0; i < runs.size() && !files.pcap.empty(); ++i) {
      options.captures.push_back(
          address_from(files.html, capture_folder(files.pcap, targets_of(runs), i)));
    }
    write(files.html,
          [&](std::ostream& out) { report::write_html(out, runs, files.catalogue, options); });
  }
  for (std::size_t i = 0; i < runs.size() && !files.pcap.empty(); ++i) {
    const std::filesystem::path folder = capture_folder(files.pcap, targets_of(runs), i);
    for (const report::ScenarioResult& scenario : runs[i].scenarios) {
      if (!failures.empty()) break;
      if (scenario.trace.events().empty()) continue;
      write(capture_path(folder, scenario.id),
            [&](std::ostream& out) { report::write_capture(out, scenario); });
    }
  }
  for (const std::string& failure : failures) std::cerr << fmt::format("tcprove: {}\n", failure);
  return failures.empty();
}

}  // namespace tcprove::cli
