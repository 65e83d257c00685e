#include <fmt/format.h>

#include "harness/monitor/rules/checks.hpp"

namespace tcprove::monitor::rules {

Verdict mss_option_on_syn(const Scene& scene) {
  const Emission& e = *scene.emission;
  if (e.has(wire::Flag::Syn)) return {};
  if (!wire::find_option<wire::MaximumSegmentSize>(e.segment().options)) return {};
  return Complaint{"it carries an MSS option and no SYN"};
}

/// By its first SYN the stack takes segments of another size than the default.
Verdict mss_option_on_every_syn(const Scene& scene) {
  const Emission& e = *scene.emission;
  const std::optional<std::uint16_t> mss = scene.tcb.snd.options.mss;
  const std::uint16_t by_default = e.packet->source.version == wire::IpVersion::V4 ? 536 : 1220;
  if (e.syn != SynKind::Repeat || !mss || *mss == by_default) return {};
  if (wire::find_option<wire::MaximumSegmentSize>(e.segment().options)) return {};
  return Complaint{
      fmt::format("the SYN is sent again without the MSS option, which told {}", *mss)};
}

}  // namespace tcprove::monitor::rules
