#include "harness/monitor/shadow_host.hpp"

#include "harness/monitor/half_circle.hpp"
#include "harness/wire/source_route.hpp"

namespace tcprove::monitor {

using wire::Flag;

wire::FourTuple tuple_of(const wire::Packet& packet) {
  return {.stack = {.address = packet.source, .port = packet.segment.source_port},
          .peer = {.address = wire::final_destination(packet),
                   .port = packet.segment.destination_port}};
}

const ShadowHost::Opening* ShadowHost::opening(std::size_t back) const {
  if (back >= opening_count || back >= kOpeningsKept) return nullptr;
  return &openings[(opening_count - 1 - back) % kOpeningsKept];
}

void ShadowHost::note_syn(const ShadowTcb& tcb, const Emission& e) {
  // Who reopens from TIME-WAIT takes a number past those in use, and not the clock's (MAY-2); of a
  // connection that is followed no more nobody can tell whether it is there.
  const bool lost_sight = tcb.snd.known && !tcb.followed;
  if (e.syn == SynKind::First && !lost_sight) {
    openings[opening_count++ % kOpeningsKept] = {
        .tuple = tuple_of(*e.packet), .iss = e.segment().seq, .at = e.at};
  }
  const SynOptions own = read_syn_options(e.segment().options);
  if (e.has(Flag::Ack)) {
    if (own.cookie == 0 || own.cookie == granted) return;
    former = granted;
    granted = own.cookie;
  } else if (e.syn == SynKind::Repeat && tcb.snd.options.cookie != 0) {
    failed = true;  // No SYN,ACK came.
  }
}

void ShadowHost::note_peer_syn(const ShadowTcb& tcb, const Arrival& syn) {
  if (!syn.has(Flag::Ack) || !tcb.only(tcp::State::SynSent) || !tcb.snd.known) return;
  if (syn.options.cookie != 0 && tcb.snd.options.fast_open) received = syn.options.cookie;
  if (tcb.snd.options.cookie != 0 && ahead(tcb.snd.nxt, syn.ack)) failed = true;
}

}  // namespace tcprove::monitor
