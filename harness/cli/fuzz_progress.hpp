#pragma once

#include <chrono>
#include <cstdint>

#include "harness/report/campaign.hpp"
#include "harness/report/style.hpp"

namespace tcprove::cli {

/// What a person sees of a campaign while it runs: a line for each finding, and on a terminal one
/// that is redrawn; elsewhere one every ten seconds.
class FuzzProgress {
 public:
  FuzzProgress(const report::TextStyle& style, bool redraws) : style_(style), redraws_(redraws) {}

  void found(const report::CampaignFinding& finding);
  void show(const report::CampaignResult& result);
  /// What was redrawn is gone.
  void end();

 private:
  using Clock = std::chrono::steady_clock;

  void clear();

  report::TextStyle style_;
  bool redraws_;
  bool drawn_ = false;
  std::uint64_t findings_ = 0;
  Clock::time_point begin_ = Clock::now();
  Clock::time_point shown_ = begin_;
};

}  // namespace tcprove::cli
