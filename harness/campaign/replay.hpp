#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "harness/campaign/corpus.hpp"
#include "harness/campaign/finding.hpp"
#include "harness/trace/trace.hpp"

namespace tcprove::campaign {

/// What a scenario showed when it was played in a worker of its own.
struct Replay {
  std::vector<Shown> shown;
  trace::Trace trace;  ///< Of a stack that died: up to then, as far as it could be saved.

  /// What was shown of the kind; null where nothing was.
  [[nodiscard]] const Shown* find(const FindingKind& kind) const;
};

/// Plays the scenario `yaml`, as `tcprove run` would, on the target.
Replay replay(const std::string& target, const std::string& yaml,
              std::chrono::milliseconds job_time);

/// Which stack, and what it offers.
struct Stack {
  std::string target;
  tcp::Capabilities offered;
};

/// A finding to be made short.
struct Culprit {
  FindingKind kind;
  OctetVector octets;
};

/// Makes each plan as short and plain as can be while it shows its kind of finding as a scenario
/// that the stack can be played with; in worker processes, several at once. What does not show it
/// without the calls that the stack does not offer stays as it was, and so does what `interrupted`
/// leaves over.
///
/// Of a stack that dies each trial costs a process, so that fewer are made; of one that hangs,
/// fewer still.
void minimize(const Stack& stack, std::size_t workers, std::vector<Culprit>& culprits,
              const std::function<bool()>& interrupted);

}  // namespace tcprove::campaign
