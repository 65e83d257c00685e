#include "harness/monitor/rules/companion_checks.hpp"

namespace tcprove::monitor::rules {

Verdict sack_permitted_on_syn(const Scene& scene) {
  const Emission& e = *scene.emission;
  if (e.has(wire::Flag::Syn)) return {};
  if (!wire::find_option<wire::SackPermitted>(e.segment().options)) return {};
  return Complaint{"it carries SACK-permitted and no SYN"};
}

Verdict sack_where_permitted(const Scene& scene) {
  const Emission& e = *scene.emission;
  if (!e.in_connection || scene.tcb.rcv.options.sack_permitted) return {};
  if (!wire::find_option<wire::Sack>(e.segment().options)) return {};
  return Complaint{"it carries SACK blocks, and the peer's SYN did not permit them"};
}

}  // namespace tcprove::monitor::rules
