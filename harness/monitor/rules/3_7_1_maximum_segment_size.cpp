#include <fmt/format.h>

#include "harness/monitor/follow.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

struct SendMss {
  std::uint16_t octets = 0;
  bool offered = false;  ///< By the peer; else the default.
};

/// Nothing where there is no data, or no MSS that can be obeyed.
std::optional<SendMss> send_mss(const Scene& scene) {
  const Emission& e = *scene.emission;
  if (!scene.facts.complete || !e.in_connection || e.has(wire::Flag::Syn)) return {};
  if (e.segment().payload.empty()) return {};
  const std::optional<std::uint16_t> offered = scene.tcb.rcv.options.mss;
  const bool v4 = e.packet->source.version == wire::IpVersion::V4;
  const SendMss mss{.octets = offered.value_or(v4 ? 536 : 1220), .offered = offered.has_value()};
  if (mss.octets < kLeastMssJudged || scene.tcb.rcv.mss_unclear) return {};
  return mss;
}

Verdict mss_obeyed(const Scene& scene) {
  const std::optional<SendMss> mss = send_mss(scene);
  const std::size_t payload = scene.emission->segment().payload.size();
  if (!mss || !mss->offered || payload <= mss->octets) return {};
  return Complaint{fmt::format("it carries {} octets; the peer's MSS is {}", payload, mss->octets)};
}

Verdict default_mss_obeyed(const Scene& scene) {
  const std::optional<SendMss> mss = send_mss(scene);
  const std::size_t payload = scene.emission->segment().payload.size();
  if (!mss || mss->offered || payload <= mss->octets) return {};
  return Complaint{fmt::format("it carries {} octets; the peer offered no MSS, so it is {}",
                               payload, mss->octets)};
}

/// Eff.snd.MSS = min(SendMSS+20, MMS_S) - TCPhdrsize - IPoptionsize.
Verdict options_count_against_mss(const Scene& scene) {
  const std::optional<SendMss> mss = send_mss(scene);
  const wire::Segment& segment = scene.emission->segment();
  const std::size_t options = segment.options.size() + scene.emission->packet->ip_options.size();
  const std::size_t size = segment.payload.size() + options;
  if (!mss || segment.payload.size() > mss->octets || size <= mss->octets) return {};
  return Complaint{fmt::format("its {} octets and {} of options exceed the MSS of {}",
                               segment.payload.size(), options, mss->octets)};
}

constexpr Rule kRules[] = {
    {"mss-is-obeyed", "MUST-14", Must, "3.7.1", EmitsText, mss_obeyed,
     "No segment carries more data than the MSS that the peer's SYN offered."},
    {"default-mss-is-obeyed", "MUST-15", Must, "3.7.1", EmitsText, default_mss_obeyed,
     "Where the peer offered no MSS no segment carries more data than 536 octets (IPv6: 1220)."},
    {"options-count-against-mss", "MUST-16", Must, "3.7.1", EmitsText, options_count_against_mss,
     "Data and TCP options together stay within the MSS."},
};

}  // namespace

std::span<const Rule> section_3_7_1_maximum_segment_size() { return kRules; }

}  // namespace tcprove::monitor::rules
