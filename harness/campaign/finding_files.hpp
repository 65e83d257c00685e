#pragma once

#include <filesystem>
#include <string>

#include "harness/campaign/corpus.hpp"
#include "harness/campaign/finding.hpp"

namespace tcprove::campaign {

/// The files of findings in one folder, by a finding's name: `NAME.plan` and `NAME.yaml` as soon as
/// it is found and again when it has been made short; then `NAME.txt`, the ladder of what happened,
/// and `NAME.pcapng`, the capture. Each is written beside and renamed, so that a kill at any time
/// leaves whole files.
class FindingFiles {
 public:
  FindingFiles(std::filesystem::path folder, std::string target)
      : folder_(std::move(folder)), target_(std::move(target)) {}

  /// Where the scenario of the finding is.
  [[nodiscard]] std::filesystem::path scenario_of(const FindingKind& kind) const;

  /// Whether all of its files are there.
  [[nodiscard]] bool is_finished(const FindingKind& kind) const;

  /// Errors: a sentence; empty where it was written.
  [[nodiscard]] std::string write_found(const Shown& shown, const OctetVector& octets) const;

  /// Plays the scenario of `octets` once more and writes what it shows; `replays` tells whether
  /// that was the finding, and `shown` gets its words.
  [[nodiscard]] std::string write_short(Shown& shown, const OctetVector& octets,
                                        bool& replays) const;

 private:
  [[nodiscard]] std::filesystem::path file(const FindingKind& kind, const char* ending) const;
  [[nodiscard]] std::string write_plan(const Shown& shown, const OctetVector& octets) const;

  std::filesystem::path folder_;
  std::string target_;
};

}  // namespace tcprove::campaign
