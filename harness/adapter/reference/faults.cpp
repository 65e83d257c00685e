#include "harness/adapter/reference/faults.hpp"

#include <vector>

#include "harness/adapter/reference/faults_table.hpp"

namespace tcprove::adapter::reference {
namespace {

const std::vector<FaultEntry>& entries() {
  static const std::vector<FaultEntry> all = [] {
    std::vector<FaultEntry> joined(connection_faults().begin(), connection_faults().end());
    joined.insert(joined.end(), data_faults().begin(), data_faults().end());
    joined.insert(joined.end(), faults_beside_tcp().begin(), faults_beside_tcp().end());
    return joined;
  }();
  return all;
}

}  // namespace

std::span<const NamedFault> faults() {
  static const std::vector<NamedFault> names = [] {
    std::vector<NamedFault> placed(entries().size());
    for (const FaultEntry& entry : entries()) {
      placed.at(static_cast<std::size_t>(entry.fault)) = entry.named;
    }
    return placed;
  }();
  return names;
}

std::optional<Fault> parse_fault(std::string_view name) {
  for (const FaultEntry& entry : entries()) {
    if (entry.named.name == name) return entry.fault;
  }
  return std::nullopt;
}

}  // namespace tcprove::adapter::reference
