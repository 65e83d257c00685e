#include <fmt/format.h>

#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

constexpr unsigned kEcnBits = 2;

/// What is wrong with the field, where the user has set it.
std::optional<std::string> wrong_field(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const Emission& e = *scene.emission;
  const std::optional<std::uint8_t>& wanted = tcb.settings.dscp;
  const bool opens = tcb.active_open && e.syn == SynKind::First && !e.has(wire::Flag::Ack);
  const bool belongs = e.in_connection || opens;
  if (!wanted || !scene.facts.complete || !belongs || !tcb.user_has_it()) return {};
  const unsigned field = unsigned{e.packet->traffic_class} >> kEcnBits;
  if (field == *wanted) return {};
  return fmt::format("its Differentiated Services field is {}, and the user has set {}", field,
                     *wanted);
}

Verdict dscp_kept(const Scene& scene) {
  const auto wrong = wrong_field(scene);
  if (!wrong || scene.tcb.settings.dscp_changed) return {};
  return Complaint{*wrong};
}

Verdict dscp_changed(const Scene& scene) {
  const auto wrong = wrong_field(scene);
  if (!wrong || !scene.tcb.settings.dscp_changed) return {};
  return Complaint{*wrong};
}

constexpr Rule kRules[] = {
    {"dscp-is-the-users", "MUST-48", Must, "3.9.1.9", Emits, dscp_kept,
     "The Differentiated Services field is the user's."},
    {"dscp-changes", "SHLD-21", Should, "3.9.1.9", Emits, dscp_changed,
     "The Differentiated Services field can be changed."},
};

}  // namespace

std::span<const Rule> section_3_9_1_9_differentiated_services() { return kRules; }

}  // namespace tcprove::monitor::rules
