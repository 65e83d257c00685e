#include "harness/adapter/reference/options.hpp"

#include <algorithm>

#include "harness/adapter/reference/parameters.hpp"

namespace tcprove::adapter::reference {

using wire::Flag;
using wire::SeqLen;

namespace {

constexpr SeqLen kTimestampsOctets = 12;  // With the two NOPs in front that align the values.

}  // namespace

ReceivedOptions read_options(wire::Octets options) {
  ReceivedOptions received;
  if (const auto mss = wire::find_option<wire::MaximumSegmentSize>(options)) {
    received.mss = mss->octets;
  }
  if (const auto scale = wire::find_option<wire::WindowScale>(options)) {
    received.window_scale = scale->shift;
  }
  received.timestamps = wire::find_option<wire::Timestamps>(options);
  return received;
}

void take_syn_options(const Host& host, Tcb& tcb, const ReceivedOptions& options) {
  const wire::IpVersion version = tcb.tuple.stack.address.version;
  tcb.snd_mss = options.mss.value_or(default_snd_mss(version));

  // An option is in force if both SYNs carry it; ours answers only what the peer's has.
  tcb.offer_window_scale = tcb.offer_window_scale && options.window_scale.has_value();
  if (tcb.offer_window_scale) {
    tcb.snd_wind_shift = std::min(*options.window_scale, kWindShiftMax);
    tcb.rcv_wind_shift = kRcvWindShift;
    tcb.rcv_buff = kReceiveBufferScaled;
  }
  tcb.offer_timestamps = tcb.offer_timestamps && options.timestamps.has_value();
  if (tcb.offer_timestamps) {
    tcb.timestamps = true;
    tcb.ts_recent = options.timestamps->tsval;
    tcb.ts_recent_at = host.now();
  }
}

std::vector<std::uint8_t> segment_options(const Host& host, const Tcb& tcb, wire::Flags ctl) {
  std::vector<std::uint8_t> octets;
  const bool syn = ctl.has(Flag::Syn);
  if (syn) {
    const auto mss = static_cast<std::uint16_t>(local_mss(tcb.tuple.stack.address.version));
    wire::append(wire::MaximumSegmentSize{mss}, octets);
  }
  if (syn && tcb.offer_window_scale) {
    wire::append(wire::NoOperation{}, octets);
    wire::append(wire::WindowScale{kRcvWindShift}, octets);
  }
  if (tcb.timestamps || (syn && tcb.offer_timestamps)) {
    wire::append(wire::NoOperation{}, octets);
    wire::append(wire::NoOperation{}, octets);
    wire::append(wire::Timestamps{.tsval = host.timestamp_clock(tcb.tuple),
                                  .tsecr = ctl.has(Flag::Ack) ? tcb.ts_recent : 0},
                 octets);
  }
  return octets;
}

SeqLen eff_snd_mss(const Tcb& tcb) {
  const SeqLen mss = std::min(tcb.snd_mss, local_mss(tcb.tuple.stack.address.version));
  const SeqLen options = tcb.timestamps ? kTimestampsOctets : 0;
  return mss > options ? mss - options : 1;
}

}  // namespace tcprove::adapter::reference
