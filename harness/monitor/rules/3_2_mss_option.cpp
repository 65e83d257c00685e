#include "harness/monitor/rules/checks.hpp"

namespace tcprove::monitor::rules {

Verdict mss_option_on_syn(const Scene& scene) {
  const Emission& e = *scene.emission;
  if (e.has(wire::Flag::Syn)) return {};
  if (!wire::find_option<wire::MaximumSegmentSize>(e.segment().options)) return {};
  return Complaint{"it carries an MSS option and no SYN"};
}

}  // namespace tcprove::monitor::rules
