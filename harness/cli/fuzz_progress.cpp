#include "harness/cli/fuzz_progress.hpp"

#include <iostream>

#include <fmt/format.h>

#include "harness/report/utf8.hpp"

namespace tcprove::cli {

void FuzzProgress::clear() {
  if (drawn_) std::cout << "\r\x1b[K";
  drawn_ = false;
}

void FuzzProgress::found(const report::CampaignFinding& finding) {
  clear();
  ++findings_;
  const bool must = finding.level == monitor::Level::Must;
  const std::string word =
      report::painted("found", must ? report::Ink::Red : report::Ink::Yellow, style_);
  std::cout << fmt::format("{}  {}\n       {}: {}\n       {}{}\n", word, finding.name,
                           words_of(finding), report::printable(finding.message, style_.utf8),
                           finding.file, report::doubt_of(finding))
            << std::flush;
}

void FuzzProgress::show(const report::CampaignResult& result) {
  const Clock::time_point now = Clock::now();
  const auto patience = redraws_ ? std::chrono::milliseconds(200) : std::chrono::seconds(10);
  if (now - shown_ < patience) return;
  shown_ = now;
  const double seconds = std::chrono::duration<double>(now - begin_).count();
  clear();
  std::cout << fmt::format(
      "{:.0f}s  {} executions, {:.0f}/s  {} of {} cells, {} answers  {} new findings", seconds,
      result.executions, static_cast<double>(result.executions) / seconds,
      result.answered.cells().count(), tcp::kCellCount, result.answered.count(), findings_);
  if (!redraws_) std::cout << '\n';
  drawn_ = redraws_;
  std::cout << std::flush;
}

void FuzzProgress::end() {
  clear();
  std::cout << std::flush;
}

}  // namespace tcprove::cli
