#pragma once

#include <string>

#include "harness/report/result.hpp"

namespace tcprove::cli {

/// Where to write which report; empty: nowhere.
struct ReportFiles {
  std::string json;
  std::string junit;
  std::string pcap;  ///< A folder.
  bool strict = false;
};

/// Writes them; what cannot be written is told on standard error, and then the answer is false.
bool write_reports(const ReportFiles& files, const report::RunResult& run);

}  // namespace tcprove::cli
