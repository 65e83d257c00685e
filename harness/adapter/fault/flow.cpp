#include "harness/adapter/fault/flow.hpp"

#include "harness/wire/options.hpp"

namespace tcprove::adapter::fault {
namespace {

using wire::Flag;
using wire::SeqNum;

constexpr wire::SeqLen kHalfCircle = wire::SeqLen{1} << 31U;

/// `s` where it lies past `mark` by less than half a circle, else `mark`.
SeqNum further(SeqNum mark, SeqNum s) { return distance(mark, s) < kHalfCircle ? s : mark; }

SynOptions offers_of(wire::Octets options) {
  SynOptions offers;
  if (const auto scale = wire::find_option<wire::WindowScale>(options)) {
    offers.window_scale = scale->shift;
  }
  offers.timestamps = wire::find_option<wire::Timestamps>(options).has_value();
  offers.sack = wire::find_option<wire::SackPermitted>(options).has_value();
  return offers;
}

/// The number that the FIN of `segment` has.
SeqNum fin_of(const wire::Segment& segment) { return segment.seq + (segment.len() - 1); }

}  // namespace

bool Flow::is_again(const wire::Segment& segment) const {
  return iss && segment.len() > 0 && segment.seq != snd_nxt &&
         distance(segment.seq, snd_nxt) < kHalfCircle;
}

void Flow::note_emission(const wire::Segment& segment) {
  if (segment.ctl.has(Flag::Rst)) return;
  if (segment.ctl.has(Flag::Syn)) {
    if (iss != segment.seq) {
      // Another connection on the same ports; the peer's SYN may have come before ours.
      *this = {.tuple = tuple, .peer_wnd = peer_wnd, .peer_syn = peer_syn};
      iss = snd_una = snd_nxt = segment.seq;
    }
    own_syn = offers_of(segment.options);
    if (segment.ctl.has(Flag::Ack)) {
      irs = segment.ack - 1;
      arrived = further(segment.ack, arrived);
    }
  } else if (segment.ctl.has(Flag::Ack)) {
    told_ack = segment.ack;
    told_wnd = segment.wnd;
  }
  if (!iss) return;
  snd_nxt = further(snd_nxt, segment.seq + segment.len());
  if (segment.ctl.has(Flag::Fin)) fin = fin_of(segment);
}

void Flow::note_arrival(const wire::Segment& segment) {
  if (segment.ctl.has(Flag::Rst)) return;
  peer_wnd = segment.wnd;
  if (segment.ctl.has(Flag::Syn)) {
    peer_syn = offers_of(segment.options);
    if (iss && !irs) {
      irs = segment.seq;
      arrived = segment.seq + 1;
    }
  }
  if (!synchronized()) return;
  if (segment.ctl.has(Flag::Ack) && distance(snd_una, segment.ack) <= distance(snd_una, snd_nxt)) {
    snd_una = segment.ack;
  }
  if (distance(segment.seq, arrived) >= kHalfCircle) return;  // Past a gap.
  arrived = further(arrived, segment.seq + segment.len());
  if (segment.ctl.has(Flag::Fin)) peer_fin = fin_of(segment);
}

}  // namespace tcprove::adapter::fault
