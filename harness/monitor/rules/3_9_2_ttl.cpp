#include <fmt/format.h>

#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

Verdict ttl_is_the_users(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const Emission& e = *scene.emission;
  const std::optional<std::uint8_t>& wanted = tcb.settings.ttl;
  const bool opens = tcb.active_open && e.syn == SynKind::First && !e.has(wire::Flag::Ack);
  const bool belongs = e.in_connection || opens;
  if (!wanted || !scene.facts.complete || !belongs || !tcb.user_has_it()) return {};
  if (e.packet->hop_limit == *wanted) return {};
  return Complaint{fmt::format("its TTL, or hop limit, is {}, and the user has set {}",
                               e.packet->hop_limit, *wanted)};
}

constexpr Rule kRules[] = {
    {"ttl-is-the-users", "MUST-49", Must, "3.9.2", Emits, ttl_is_the_users,
     "The TTL, or hop limit, is what the user has set."},
};

}  // namespace

std::span<const Rule> section_3_9_2_ttl() { return kRules; }

}  // namespace tcprove::monitor::rules
