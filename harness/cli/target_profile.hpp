#pragma once

#include <optional>
#include <string>

#include "harness/adapter/adapter.hpp"
#include "harness/base/result.hpp"
#include "harness/cli/exit_status.hpp"

namespace tcprove::cli {

/// Why a target cannot be used.
struct TargetTrouble {
  ExitStatus status = kHarnessFailed;  ///< A usage error where the command line is wrong.
  std::string text;                    ///< Whole lines.
};

/// What the stack is that `target` names. One that is not built in is made in a process of its own
/// for that, so that what happens to it there does not happen to us; so is one that the system may
/// refuse us, as it may its own kernel's.
///
/// Errors: all that stand in its way; of a crash the signal and what was printed; a target that is
/// for its owner alone, where the user does not say that he is that.
base::Result<adapter::StackProfile, TargetTrouble> profile_of(const std::string& target,
                                                              bool owned);

}  // namespace tcprove::cli
