#include "harness/cli/report_files.hpp"

#include <iostream>
#include <vector>

#include <fmt/format.h>

#include "harness/base/output_file.hpp"
#include "harness/cli/capture_path.hpp"
#include "harness/report/capture.hpp"
#include "harness/report/json.hpp"
#include "harness/report/junit.hpp"

namespace tcprove::cli {

bool write_reports(const ReportFiles& files, const report::RunResult& run) {
  std::vector<std::string> failures;
  const auto write = [&failures](const std::filesystem::path& path, const auto& writer) {
    const std::string failure = base::write_file(path, writer);
    if (!failure.empty()) failures.push_back(failure);
  };
  if (!files.json.empty()) {
    write(files.json, [&](std::ostream& out) { report::write_json(out, run); });
  }
  if (!files.junit.empty()) {
    write(files.junit,
          [&](std::ostream& out) { report::write_junit(out, run, {.strict = files.strict}); });
  }
  for (const report::ScenarioResult& scenario : run.scenarios) {
    if (files.pcap.empty() || !failures.empty()) break;
    if (scenario.trace.events().empty()) continue;
    write(capture_path(files.pcap, scenario.id),
          [&](std::ostream& out) { report::write_capture(out, scenario); });
  }
  for (const std::string& failure : failures) std::cerr << fmt::format("tcprove: {}\n", failure);
  return failures.empty();
}

}  // namespace tcprove::cli
