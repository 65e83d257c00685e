#include <fmt/format.h>

#include "harness/monitor/rules/companion_checks.hpp"

namespace tcprove::monitor::rules {

using wire::Flag;

namespace {

/// The SYN that a SYN,ACK answers, where it is certain which.
const Arrival* answered_syn(const Scene& scene) {
  const Emission& e = *scene.emission;
  if (e.syn == SynKind::None || !e.has(Flag::Ack)) return nullptr;
  return acknowledged_syn(scene.tcb, e.segment());
}

}  // namespace

Verdict window_scale_where_offered(const Scene& scene) {
  const Emission& e = *scene.emission;
  if (!wire::find_option<wire::WindowScale>(e.segment().options)) return {};
  if (!e.has(Flag::Syn)) return Complaint{"it carries a window scale and no SYN"};
  const Arrival* syn = answered_syn(scene);
  if (syn == nullptr || syn->options.shift) return {};
  return Complaint{"the SYN,ACK carries a window scale, and the SYN did not"};
}

Verdict shift_at_most_14(const Scene& scene) {
  const auto scale = wire::find_option<wire::WindowScale>(scene.emission->segment().options);
  if (!scale || scale->shift <= kShiftMax) return {};
  return Complaint{fmt::format("it offers a shift of {}", scale->shift)};
}

Verdict timestamps_where_offered(const Scene& scene) {
  const Emission& e = *scene.emission;
  if (e.has(Flag::Rst) || !wire::find_option<wire::Timestamps>(e.segment().options)) return {};
  const Arrival* syn = answered_syn(scene);
  if (syn != nullptr && !syn->options.timestamps) {
    return Complaint{"the SYN,ACK carries timestamps, and the SYN did not"};
  }
  if (!e.in_connection || e.has(Flag::Syn) || scene.tcb.timestamps()) return {};
  return Complaint{"it carries timestamps, and not both SYNs did"};
}

Verdict timestamps_on_every_segment(const Scene& scene) {
  const Emission& e = *scene.emission;
  if (!e.in_connection || e.has(Flag::Syn) || !scene.tcb.timestamps()) return {};
  if (wire::find_option<wire::Timestamps>(e.segment().options)) return {};
  return Complaint{"both SYNs carried timestamps, and it does not"};
}

}  // namespace tcprove::monitor::rules
