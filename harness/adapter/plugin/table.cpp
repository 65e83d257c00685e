#include "harness/adapter/plugin/table.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

#include <fmt/format.h>

#include "harness/adapter/claims.hpp"

namespace tcprove::adapter::plugin {
namespace {

/// The enumerations of the header are those of tcp/: numbers pass as they are.
static_assert(TCPROVE_TIME_WAIT + 1 == tcp::kStateCount);
static_assert(TCPROVE_URGENT + 1 == tcp::kCallKindCount);
static_assert(TCPROVE_UNSUPPORTED + 1 == tcp::kCallStatusCount);
static_assert(TCPROVE_SOURCE_ROUTE + 1 == tcp::kUserOptionCount);
static_assert(TCPROVE_URGENT_DATA + 1 == tcp::kReportCount);

/// The table of abi_version 1 as it was first.
constexpr std::size_t kTableOctetsMin = sizeof(tcprove_adapter);

std::optional<base::Duration> duration(std::uint64_t ns) {
  constexpr std::uint64_t kMax = std::numeric_limits<std::int64_t>::max() / 4;
  if (ns > kMax) return std::nullopt;
  return base::Duration(static_cast<std::int64_t>(ns));
}

std::optional<AdapterError> read_duration(const char* name, std::uint64_t ns, base::Duration& out) {
  if (ns == 0) return std::nullopt;
  const auto read = duration(ns);
  if (!read) return AdapterError{fmt::format("its {} of {} ns is longer than 73 years", name, ns)};
  out = *read;
  return std::nullopt;
}

}  // namespace

base::Result<tcprove_adapter, AdapterError> read_table(const tcprove_adapter& offered) {
  if (offered.abi_version != TCPROVE_ABI_VERSION) {
    return AdapterError{
        fmt::format("it was built for abi_version {}, and this tcprove speaks {}: build it with "
                    "this tcprove's tcprove_adapter.h",
                    offered.abi_version, TCPROVE_ABI_VERSION)};
  }
  if (offered.struct_size < kTableOctetsMin) {
    return AdapterError{
        fmt::format("the struct_size of its table is {}, and abi_version {} has at least {}: set "
                    "it to sizeof(struct tcprove_adapter)",
                    offered.struct_size, TCPROVE_ABI_VERSION, kTableOctetsMin)};
  }
  tcprove_adapter table{};
  std::memcpy(&table, &offered, std::min<std::size_t>(offered.struct_size, sizeof table));
  struct Needed {
    const char* name;
    bool there;
  };
  for (const Needed& needed : std::array<Needed, 4>{{{"reset", table.reset != nullptr},
                                                     {"deliver", table.deliver != nullptr},
                                                     {"call", table.call != nullptr},
                                                     {"advance", table.advance != nullptr}}}) {
    if (!needed.there) return AdapterError{fmt::format("its {}() is null", needed.name)};
  }
  return table;
}

base::Result<StackProfile, AdapterError> read_profile(const tcprove_adapter& table) {
  if (table.name == nullptr || *table.name == 0) return AdapterError{"its stack has no name"};
  StackProfile profile{.name = table.name,
                       .version = table.version == nullptr ? "" : table.version,
                       .capabilities = {}};
  const char* const claims = table.capabilities == nullptr ? "" : table.capabilities;
  if (auto wrong = claim_all(claims, profile.capabilities)) return *wrong;
  using tcp::Capability;
  if (profile.capabilities.has(Capability::SetIss) && table.set_iss == nullptr) {
    return AdapterError{"it claims \"set-iss\", and its set_iss() is null"};
  }
  if (profile.capabilities.has(Capability::Introspection) && table.state == nullptr) {
    return AdapterError{"it claims \"introspection\", and its state() is null"};
  }
  if (auto wrong = read_duration("msl_ns", table.msl_ns, profile.msl)) return *wrong;
  if (auto wrong = read_duration("initial_rto_ns", table.initial_rto_ns, profile.initial_rto)) {
    return *wrong;
  }
  if (auto wrong =
          read_duration("delayed_ack_max_ns", table.delayed_ack_max_ns, profile.delayed_ack_max)) {
    return *wrong;
  }
  return profile;
}

tcprove_endpoint to_c(const wire::Endpoint& endpoint) {
  tcprove_endpoint out{};
  std::ranges::copy(endpoint.address.octets, std::begin(out.address));
  out.port = endpoint.port;
  out.ip = static_cast<std::uint8_t>(endpoint.address.version);
  return out;
}

wire::Endpoint from_c(const tcprove_endpoint& endpoint) {
  wire::Endpoint out{
      .address = {.version = endpoint.ip == 6 ? wire::IpVersion::V6 : wire::IpVersion::V4},
      .port = endpoint.port};
  std::ranges::copy(endpoint.address, out.address.octets.begin());
  return out;
}

}  // namespace tcprove::adapter::plugin
