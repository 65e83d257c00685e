#pragma once

#include <cstddef>
#include <span>

#include "harness/report/result.hpp"
#include "harness/report/style.hpp"

namespace tcprove::cli {

/// Says on standard output how a run gets on. In a pipe: a line a scenario, in the order in which
/// they were asked for, whoever finished first. On a terminal: lines for those alone that did not
/// pass, and a count that is redrawn in place.
class Progress {
 public:
  Progress(const report::TextStyle& style, bool redraws) : style_(style), redraws_(redraws) {}

  /// `results` by job; one whose id is empty is not finished yet.
  void show(std::span<const report::ScenarioResult> results, std::size_t finished);

  /// All lines that can be printed are; what was redrawn is gone.
  void end(std::span<const report::ScenarioResult> results);

 private:
  void print_line(const report::ScenarioResult& result);
  void clear_count();

  report::TextStyle style_;
  bool redraws_;
  std::size_t printed_ = 0;
  std::size_t shown_percent_ = SIZE_MAX;
};

}  // namespace tcprove::cli
