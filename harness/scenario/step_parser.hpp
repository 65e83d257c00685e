#pragma once

#include <optional>
#include <span>

#include "harness/plan/plan.hpp"
#include "harness/scenario/problems.hpp"
#include "harness/scenario/variables.hpp"
#include "harness/scenario/yaml_reader.hpp"

namespace tcprove::scenario {

/// What a step's text may refer to.
struct StepContext {
  Bindings bindings;
  std::span<const plan::Connection> connections;  ///< None within a fragment.
  bool absolute_numbers = false;
  std::span<const wire::IpVersion> versions{};  ///< Of the instances; none within a fragment.
};

/// Reads one item of `steps`; Step::file is left at 0.
///
/// Errors: reported, all of the step's; nothing is answered then.
std::optional<plan::Step> parse_step(const Node& node, const StepContext& context,
                                     Problems& problems);

/// Whether the step looks at what the stack does: one that only acts asserts nothing.
bool is_observation(const Node& step);

}  // namespace tcprove::scenario
