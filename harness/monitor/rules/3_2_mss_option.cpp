#include <fmt/format.h>

#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

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

constexpr Rule kRules[] = {
    {"mss-option-only-on-syn", "MUST-65", Must, "3.2", EmitsOptions, mss_option_on_syn,
     "The MSS option is sent on SYNs only."},
    {"mss-option-on-every-syn", "SHLD-5", Should, "3.7.1", EmitsSyn, mss_option_on_every_syn,
     "A SYN that is sent again has the MSS option that it had, where that is not the default."},
};

}  // namespace

std::span<const Rule> section_3_2_mss_option() { return kRules; }

}  // namespace tcprove::monitor::rules
