#pragma once

namespace tcprove::cli {

/// What tcprove tells a shell; relied on from outside.
enum ExitStatus : int {
  kAllHeld = 0,
  kViolated = 1,       ///< A requirement was violated, or a known deviation held.
  kUsageError = 2,     ///< The command line or a spec is wrong.
  kHarnessFailed = 3,  ///< The harness, the adapter, a report or the stack's process failed.
};

}  // namespace tcprove::cli
