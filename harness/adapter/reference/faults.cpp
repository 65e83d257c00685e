#include "harness/adapter/reference/faults.hpp"

#include <algorithm>
#include <array>

#include "harness/adapter/reference/faults_connection.hpp"
#include "harness/adapter/reference/faults_data.hpp"

namespace tcprove::adapter::reference {
namespace {

constexpr auto kEntries = [] {
  std::array<FaultEntry, kConnectionFaults.size() + kDataFaults.size()> entries;
  std::ranges::copy(kDataFaults, std::ranges::copy(kConnectionFaults, entries.begin()).out);
  return entries;
}();

/// The names alone, at the place of their enumerators.
constexpr auto kNamed = [] {
  std::array<NamedFault, kEntries.size()> named;
  for (const FaultEntry& entry : kEntries)
    named.at(static_cast<std::size_t>(entry.fault)) = entry.named;
  return named;
}();

}  // namespace

std::span<const NamedFault> faults() { return kNamed; }

std::optional<Fault> parse_fault(std::string_view name) {
  const auto found =
      std::ranges::find(kEntries, name, [](const FaultEntry& entry) { return entry.named.name; });
  if (found == kEntries.end()) return std::nullopt;
  return found->fault;
}

}  // namespace tcprove::adapter::reference
