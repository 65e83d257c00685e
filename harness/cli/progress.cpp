#include "harness/cli/progress.hpp"

#include <cstdint>
#include <cstdio>
#include <iostream>

#include <fmt/format.h>

#include "harness/report/terminal.hpp"

namespace tcprove::cli {

void Progress::print_line(const report::ScenarioResult& result) {
  const bool held = result.verdict == report::Verdict::Pass;
  if (result.id.empty() || (redraws_ && held)) return;
  clear_count();
  report::write_result_line(std::cout, result, style_);
}

void Progress::clear_count() {
  if (!redraws_ || shown_percent_ == SIZE_MAX) return;
  std::cout << "\r\x1b[K";
  shown_percent_ = SIZE_MAX;
}

void Progress::show(std::span<const report::ScenarioResult> results, std::size_t finished) {
  while (printed_ < results.size() && !results[printed_].id.empty()) {
    print_line(results[printed_++]);
  }
  if (!redraws_) return;
  const std::size_t percent = finished * 100 / results.size();
  if (percent == shown_percent_) return;
  clear_count();
  shown_percent_ = percent;
  std::cout << fmt::format("{:3}%  {} of {} scenarios", percent, finished, results.size())
            << std::flush;
}

void Progress::end(std::span<const report::ScenarioResult> results) {
  for (; printed_ < results.size(); ++printed_) print_line(results[printed_]);
  clear_count();
  std::cout << std::flush;
}

}  // namespace tcprove::cli
