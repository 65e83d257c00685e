#include "harness/adapter/fault/wire_fault.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace tcprove::adapter::fault {

std::span<const WireFault> wire_faults() {
  static const std::vector<WireFault> all = [] {
    std::vector<WireFault> faults;
    for (const auto family : {header_faults, option_faults, sequence_faults, acknowledgment_faults,
                              window_faults, retransmission_faults, close_and_reset_faults}) {
      const auto members = family();
      faults.insert(faults.end(), members.begin(), members.end());
    }
    return faults;
  }();
  return all;
}

const WireFault* find_wire_fault(std::string_view name) {
  const auto found = std::ranges::find(wire_faults(), name,
                                       [](const WireFault& fault) { return fault.named.name; });
  return found == wire_faults().end() ? nullptr : &*found;
}

}  // namespace tcprove::adapter::fault
