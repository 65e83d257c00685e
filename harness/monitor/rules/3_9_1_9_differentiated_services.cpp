#include <fmt/format.h>

#include "harness/monitor/rules/checks_3_10.hpp"

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

}  // namespace

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

}  // namespace tcprove::monitor::rules
