#pragma once

#include <span>
#include <string>

#include "harness/report/requirements.hpp"
#include "harness/report/result.hpp"

namespace tcprove::cli {

/// Where to write which report; empty: nowhere.
struct ReportFiles {
  std::string json;
  std::string junit;
  std::string markdown;
  std::string sarif;
  std::string html;
  std::string pcap;  ///< A folder.
  bool strict = false;
  std::span<const report::CatalogueRow> catalogue = {};  ///< That the runs were judged by.
};

/// Writes them, each of all `runs`, captures of several in a folder a target; what cannot be
/// written is told on standard error, and then the answer is false.
///
/// Requires: one run at least.
bool write_reports(const ReportFiles& files, std::span<const report::RunResult> runs);

}  // namespace tcprove::cli
