#pragma once

#include <memory>
#include <string>
#include <vector>

#include "harness/plan/plan.hpp"
#include "harness/scenario/matrix.hpp"

namespace tcprove::scenario {

/// One combination of a scenario's role, variables and IP version.
struct Instance {
  std::string id;  ///< The scenario's, with what tells it from its siblings: `…[len=1,ip=4]`.
  Choice choice;
};

/// What the plans of a scenario's instances are made from.
class PlanSource {
 public:
  virtual ~PlanSource() = default;
  /// Requires: a choice of one of the scenario's instances.
  [[nodiscard]] virtual plan::Plan plan(const Choice& choice) const = 0;
};

/// A file of claims about a TCP, read and checked in every instance.
///
/// Copies share what was read. A plan is compiled when it is asked for, because 10,000 instances of
/// 1,000 steps would not fit into memory.
struct Scenario {
  std::string id;
  std::string file;   ///< As given, or found below what was given.
  std::string claim;  ///< The first sentence of the comment at its top, else its name in words.
  std::vector<std::string> covers;  ///< Requirement ids.
  std::vector<Instance> instances;  ///< All, or those selected; never empty.
  std::shared_ptr<const PlanSource> source;

  /// Requires: one of this scenario's instances.
  [[nodiscard]] plan::Plan plan(const Instance& instance) const {
    return source->plan(instance.choice);
  }
};

}  // namespace tcprove::scenario
