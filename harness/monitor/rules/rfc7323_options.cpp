#include <fmt/format.h>

#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {

using wire::Flag;

namespace {

/// Whether the segment is a SYN,ACK and no SYN that it may answer is such that `offers`.
bool answers_none(const Scene& scene, bool (*offers)(const Arrival& syn)) {
  const Emission& e = *scene.emission;
  const bool clear = e.syn != SynKind::None && e.syn != SynKind::Unclear;
  if (!scene.facts.complete || !clear || !e.has(Flag::Ack)) return false;
  if (acknowledged_syn(scene.tcb, e.segment()) == nullptr) return false;
  if (scene.tcb.syn_count > ShadowTcb::kSynsKept) return false;
  return !any_acknowledged_syn(scene.tcb, e.segment(), offers);
}

bool offers_scale(const Arrival& syn) { return syn.options.shift.has_value(); }
bool offers_timestamps(const Arrival& syn) { return syn.options.timestamps; }

Verdict window_scale_where_offered(const Scene& scene) {
  const Emission& e = *scene.emission;
  if (!wire::find_option<wire::WindowScale>(e.segment().options)) return {};
  if (!e.has(Flag::Syn)) return Complaint{"it carries a window scale and no SYN"};
  const bool taken_before = e.syn == SynKind::Repeat && scene.tcb.rcv.options.shift;
  if (taken_before || !answers_none(scene, offers_scale)) return {};
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
  const bool taken_before = e.syn == SynKind::Repeat && scene.tcb.rcv.options.timestamps;
  if (!taken_before && answers_none(scene, offers_timestamps)) {
    return Complaint{"the SYN,ACK carries timestamps, and the SYN did not"};
  }
  if (!scene.facts.complete || !e.in_connection || e.has(Flag::Syn)) return {};
  if (scene.tcb.timestamps()) return {};
  return Complaint{"it carries timestamps, and not both SYNs did"};
}

Verdict timestamps_on_every_segment(const Scene& scene) {
  const Emission& e = *scene.emission;
  if (!scene.facts.complete || !e.in_connection || e.has(Flag::Syn)) return {};
  if (!scene.tcb.timestamps()) return {};
  if (wire::find_option<wire::Timestamps>(e.segment().options)) return {};
  return Complaint{"both SYNs carried timestamps, and it does not"};
}

constexpr Rule kRules[] = {
    {"window-scale-only-where-offered", "RFC7323-1", Must, "2.2", EmitsOptions,
     window_scale_where_offered,
     "Window scale is sent on SYNs only, and on a SYN,ACK only if the SYN carried it."},
    {"shift-is-at-most-14", "RFC7323-17", Must, "2.3", EmitsOptions, shift_at_most_14,
     "The shift offered is at most 14."},
    {"timestamps-only-where-offered", "RFC7323-8", Must, "3.2", EmitsOptions,
     timestamps_where_offered, "Timestamps are sent only if the peer's SYN carried them."},
    {"timestamps-on-every-segment", "RFC7323-8", Must, "3.2", Emits, timestamps_on_every_segment,
     "Once both SYNs carried timestamps, every segment but a RST does."},
};

}  // namespace

std::span<const Rule> rfc7323_options() { return kRules; }

}  // namespace tcprove::monitor::rules
