#include "harness/adapter/reference/options.hpp"

#include <algorithm>
#include <array>

#include "harness/adapter/reference/parameters.hpp"
#include "harness/adapter/reference/source_route_3_9_2_1.hpp"

namespace tcprove::adapter::reference {

using wire::Flag;
using wire::SeqLen;

namespace {

constexpr SeqLen kOptionsMax = 40;
constexpr SeqLen kTimestampsOctets = 12;  // With the two NOPs in front that align the values.

/// What a segment has room for beside `used` octets of text and other options (RFC 6691 section 2).
std::size_t room_for_sack(const Tcb& tcb, std::size_t used) {
  const std::size_t mss = std::min(tcb.snd_mss, local_mss(tcb.tuple.stack.address.version));
  const std::size_t header = tcb.timestamps ? kOptionsMax - kTimestampsOctets : kOptionsMax;
  return std::min(header, mss - std::min<std::size_t>(mss, used + route_octets(tcb.route)));
}

void append_mistakes(const Host& host, std::vector<std::uint8_t>& octets) {
  constexpr std::uint8_t kExperiment = 254;
  if (host.defect(Fault::OptionWithoutLength)) octets.push_back(kExperiment);
  if (host.defect(Fault::PaddingNotZero)) octets.insert(octets.end(), {0, kExperiment});
}

/// What Fault::FastOpenUnasked hands out.
constexpr std::array<std::uint8_t, 4> kCookie{1, 2, 3, 4};

}  // namespace

ReceivedOptions read_options(const Host& host, wire::Octets options) {
  ReceivedOptions received;
  constexpr std::size_t kWord = 4;
  const bool aside = !options.empty() && options.front() == 1;
  if (host.defect(Fault::OptionsOffBoundaryMissed) && aside) options = options.subspan(kWord);
  wire::OptionReader reader(options);
  while (const auto option = reader.next()) {
    if (const auto* mss = std::get_if<wire::MaximumSegmentSize>(&*option)) {
      received.mss = received.mss.value_or(mss->octets);
    } else if (const auto* scale = std::get_if<wire::WindowScale>(&*option)) {
      received.window_scale = received.window_scale.value_or(scale->shift);
    } else if (const auto* timestamps = std::get_if<wire::Timestamps>(&*option)) {
      received.timestamps = received.timestamps.value_or(*timestamps);
    } else if (std::holds_alternative<wire::SackPermitted>(*option)) {
      received.sack_permitted = true;
    } else if ((host.defect(Fault::OptionsEndAtNoOperation) &&
                std::holds_alternative<wire::NoOperation>(*option)) ||
               (host.defect(Fault::OptionsEndAtUnknown) &&
                std::holds_alternative<wire::UnknownOption>(*option))) {
      break;
    }
  }
  return received;
}

void take_syn_options(const Host& host, Tcb& tcb, const ReceivedOptions& options) {
  const wire::IpVersion version = tcb.tuple.stack.address.version;
  tcb.snd_mss = options.mss.value_or(default_snd_mss(version));
  if (host.defect(Fault::MssSigned) && tcb.snd_mss >= 0x8000) tcb.snd_mss = 1;
  if (host.defect(Fault::MssIgnored) && options.mss) tcb.snd_mss = local_mss(version);
  if (host.defect(Fault::MssDefaultIgnored) && !options.mss) tcb.snd_mss = local_mss(version);

  // An option is in force if both SYNs carry it; ours answers only what the peer's has.
  tcb.offer_window_scale = tcb.offer_window_scale && options.window_scale.has_value() &&
                           !host.defect(Fault::WindowScaleUnanswered);
  const bool zero_is_none = host.defect(Fault::TimestampZeroIsNone) && options.timestamps &&
                            options.timestamps->tsval == 0;
  if (tcb.offer_window_scale) {
    const std::uint8_t max = host.defect(Fault::WindowScaleUnlimited) ? 31 : kWindShiftMax;
    tcb.snd_wind_shift = std::min(*options.window_scale, max);
    if (host.defect(Fault::WindowScaleNotApplied)) tcb.snd_wind_shift = 0;
    tcb.rcv_wind_shift = kRcvWindShift;
    tcb.rcv_buff = kReceiveBufferScaled;
  }
  tcb.offer_sack = tcb.offer_sack && options.sack_permitted;
  tcb.sack.agreed = tcb.offer_sack && (tcb.passive() || !host.defect(Fault::SackPassiveAlone));
  tcb.offer_timestamps = tcb.offer_timestamps && options.timestamps.has_value() && !zero_is_none;
  if (tcb.offer_timestamps) {
    tcb.timestamps = true;
    if (host.defect(Fault::MssOptionsNotSubtracted)) tcb.snd_mss += kTimestampsOctets;
    tcb.ts_recent = options.timestamps->tsval;
    tcb.ts_recent_at = host.now();
  }
}

std::vector<std::uint8_t> segment_options(const Host& host, const Tcb& tcb, wire::Flags ctl,
                                          std::size_t text) {
  std::vector<std::uint8_t> octets;
  const bool syn = ctl.has(Flag::Syn);
  if (host.defect(Fault::SynRetransmittedWithoutOptions) && tcb.syn_retransmitted) return {};
  if (syn || host.defect(Fault::MssOnEverySegment)) {
    const bool v4_mss = host.defect(Fault::Ipv6MssOfIpv4);
    SeqLen mss = local_mss(v4_mss ? wire::IpVersion::V4 : tcb.tuple.stack.address.version);
    if (host.defect(Fault::MssEchoed) && tcb.snd_mss != 0) mss = tcb.snd_mss;
    wire::append(wire::MaximumSegmentSize{static_cast<std::uint16_t>(mss)}, octets);
  }
  if (syn && (tcb.offer_window_scale || host.defect(Fault::WindowScaleUnasked))) {
    wire::append(wire::NoOperation{}, octets);
    const std::uint8_t shift = host.defect(Fault::WindowScaleOffered15) ? 15 : kRcvWindShift;
    wire::append(wire::WindowScale{shift}, octets);
  }
  if (host.defect(Fault::FastOpenUnasked) && syn && ctl.has(Flag::Ack)) {
    wire::append(wire::FastOpen{.cookie = kCookie}, octets);
  }
  const bool left_out = (host.defect(Fault::TimestampsNotOnFin) && ctl.has(Flag::Fin)) ||
                        (host.defect(Fault::AbortWithoutTimestamps) && ctl.has(Flag::Rst));
  const bool agreed = tcb.timestamps && !left_out;
  if (agreed || (syn && tcb.offer_timestamps) || host.defect(Fault::TimestampsUnasked)) {
    wire::append(wire::NoOperation{}, octets);
    wire::append(wire::NoOperation{}, octets);
    wire::append(wire::Timestamps{.tsval = host.timestamp_clock(tcb.tuple),
                                  .tsecr = ctl.has(Flag::Ack) ? tcb.ts_recent : 0},
                 octets);
  }
  if ((syn && tcb.offer_sack) || (tcb.sack.agreed && host.defect(Fault::SackPermittedPastSyn))) {
    wire::append(wire::NoOperation{}, octets);
    wire::append(wire::NoOperation{}, octets);
    wire::append(wire::SackPermitted{}, octets);
  }
  if (!syn && ctl.has(Flag::Ack))
    append_sack(host, tcb, room_for_sack(tcb, octets.size() + text), octets);
  if (syn) append_mistakes(host, octets);
  return octets;
}

SeqLen eff_snd_mss(const Tcb& tcb) {
  const SeqLen mss = std::min(tcb.snd_mss, mss_of(tcb.path_mtu, tcb.tuple.stack.address.version));
  const SeqLen options = (tcb.timestamps ? kTimestampsOctets : 0) + route_octets(tcb.route);
  return mss > options ? mss - options : 1;
}

}  // namespace tcprove::adapter::reference
