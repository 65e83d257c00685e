#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "harness/plan/plan.hpp"
#include "harness/scenario/variables.hpp"
#include "harness/wire/address.hpp"

namespace tcprove::scenario {

inline constexpr std::size_t kInstancesMax = 10'000;

/// What tells an instance from its siblings.
struct Choice {
  plan::Role role = plan::Role::Passive;
  VariableChoice variables{};
  wire::IpVersion ip = wire::IpVersion::V4;
};

/// The values that a scenario's instances combine: `role`, `with` and `ip`.
struct Matrix {
  std::vector<plan::Role> roles{plan::Role::Passive};
  bool role_is_list = false;
  std::vector<Variable> variables;
  std::vector<wire::IpVersion> ips{wire::IpVersion::V4, wire::IpVersion::V6};
  bool ip_is_list = true;

  /// How many instances there are; kInstancesMax + 1 stands for any more.
  [[nodiscard]] std::size_t count() const;

  /// The instance number `index`: the role varies slowest, then the variables as declared.
  [[nodiscard]] Choice at(std::size_t index) const;

  /// `[role=active,len=1,ip=4]`; empty where there is nothing to tell.
  [[nodiscard]] std::string suffix(const Choice& choice) const;

  /// Every combination of the values of the variables in `set`; the others are at their first.
  [[nodiscard]] std::vector<VariableChoice> combinations(VariableSet set) const;
};

}  // namespace tcprove::scenario
