#include "harness/trial/matrix_row.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include <fmt/format.h>

#include "harness/engine/batch.hpp"

namespace tcprove::trial {
namespace {

/// Both ends of the circle, both sides of where a signed number changes its sign, one octet's end,
/// and close before the wrap.
constexpr std::array<std::uint32_t, 8> kInitialNumbers{
    0, 1, 0x10, 0xf8, 0x7fff'fff0, 0x8000'0000, 0xffff'fff0, 0xffff'ffff};

/// Before a clock of 32-bit milliseconds changes its sign, and before it begins anew, by less than
/// any timer of TCP's runs: what is started at the reset ends behind.
constexpr std::array<base::Duration, 2> kClocks{
    std::chrono::milliseconds((std::int64_t{1} << 31U) - 100),
    std::chrono::milliseconds((std::int64_t{1} << 32U) - 100)};

std::string why_not(const MatrixRow& row, const plan::Plan& plan) {
  const bool numbered = row.peer_iss || row.stack_iss;
  if (numbered && plan.absolute_numbers) return "counts in absolute numbers";
  if (row.peer_iss && plan.peer_iss != plan::Plan::kPeerIss) return "sets the peer's ISS itself";
  if (row.stack_iss && plan.stack_iss) return "sets the stack's ISS itself";
  if (row.conditions.batch &&
      std::ranges::none_of(engine::steps_in_batches(plan), std::identity())) {
    return "sends nothing in batches";
  }
  return {};
}

}  // namespace

std::vector<MatrixRow> matrix_rows(tcp::Capabilities offered) {
  std::vector<MatrixRow> rows;
  for (const std::uint32_t peer : kInitialNumbers) {
    if (!offered.has(tcp::Capability::SetIss)) {
      rows.push_back({.peer_iss = peer, .stack_iss = {}, .conditions = {}});
      continue;
    }
    for (const std::uint32_t stack : kInitialNumbers) {
      rows.push_back({.peer_iss = peer, .stack_iss = stack, .conditions = {}});
    }
  }
  if (offered.has(tcp::Capability::SetClock)) {
    for (const base::Duration clock : kClocks) {
      rows.push_back({.peer_iss = {}, .stack_iss = {}, .conditions = {.clock = clock}});
    }
  }
  rows.push_back({.peer_iss = {}, .stack_iss = {}, .conditions = {.batch = true}});
  return rows;
}

std::string to_options(const MatrixRow& row) {
  std::string options;
  const auto add = [&options](const std::string& option) {
    options += (options.empty() ? "" : " ") + option;
  };
  if (row.peer_iss) add(fmt::format("--iss-peer {:#x}", *row.peer_iss));
  if (row.stack_iss) add(fmt::format("--iss-stack {:#x}", *row.stack_iss));
  if (row.conditions.clock != base::Duration::zero()) {
    add(fmt::format("--clock-ms {}", row.conditions.clock / std::chrono::milliseconds(1)));
  }
  if (row.conditions.batch) add("--batch");
  return options;
}

void apply(const MatrixRow& row, plan::Plan& plan) {
  if (!plan.unreachable.empty()) return;
  plan.unreachable = why_not(row, plan);
  if (!plan.unreachable.empty()) return;
  if (row.peer_iss) plan.peer_iss = *row.peer_iss;
  if (row.stack_iss) {
    plan.stack_iss = *row.stack_iss;
    plan.needs.add(tcp::Capability::SetIss);
  }
  if (row.conditions.clock != base::Duration::zero()) plan.needs.add(tcp::Capability::SetClock);
}

}  // namespace tcprove::trial
