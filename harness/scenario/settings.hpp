#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "harness/plan/plan.hpp"
#include "harness/scenario/blueprint.hpp"
#include "harness/scenario/problems.hpp"

namespace tcprove::scenario {

/// The top-level values that may differ from instance to instance.
struct Settings {
  std::string given;  ///< Empty: nothing is played first.
  std::optional<std::uint32_t> stack_iss;
  std::uint32_t peer_iss = plan::Plan::kPeerIss;
  plan::Peer peer;
};

/// The variables that the settings use; reports names that are none.
VariableSet settings_variables(const Blueprint& blueprint, Problems& problems);

/// Errors: reported.
Settings read_settings(const Blueprint& blueprint, const Bindings& bindings, Problems& problems);

}  // namespace tcprove::scenario
