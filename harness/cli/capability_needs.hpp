#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "harness/tcp/capability.hpp"

namespace tcprove::cli {

/// How many instances of all scenarios need a capability.
struct CapabilityNeeds {
  std::size_t instances = 0;
  std::array<std::size_t, tcp::kCapabilityCount> counts{};

  [[nodiscard]] std::size_t of(tcp::Capability capability) const {
    return counts.at(static_cast<std::size_t>(capability));
  }
};

/// Of all scenarios below specs_folder(); nothing where these cannot be read.
std::optional<CapabilityNeeds> count_needs();

}  // namespace tcprove::cli
