#include "harness/adapter/lwip/lwip_state.hpp"

#include <lwip/priv/tcp_priv.h>

#include "harness/adapter/lwip/lwip_address.hpp"

namespace tcprove::adapter::lwip {
namespace {

tcp::State to_tcp(tcp_state state) {
  switch (state) {
    case CLOSED:
      return tcp::State::Closed;
    case LISTEN:
      return tcp::State::Listen;
    case SYN_SENT:
      return tcp::State::SynSent;
    case SYN_RCVD:
      return tcp::State::SynReceived;
    case ESTABLISHED:
      return tcp::State::Established;
    case FIN_WAIT_1:
      return tcp::State::FinWait1;
    case FIN_WAIT_2:
      return tcp::State::FinWait2;
    case CLOSE_WAIT:
      return tcp::State::CloseWait;
    case CLOSING:
      return tcp::State::Closing;
    case LAST_ACK:
      return tcp::State::LastAck;
    case TIME_WAIT:
      return tcp::State::TimeWait;
  }
  return tcp::State::Closed;
}

bool is_named(const tcp_pcb& pcb, const wire::FourTuple& tuple) {
  return pcb.local_port == tuple.stack.port && pcb.remote_port == tuple.peer.port &&
         is_same(pcb.remote_ip, tuple.peer.address) && is_same(pcb.local_ip, tuple.stack.address);
}

tcp::State listener_state(const wire::Endpoint& stack) {
  for (const tcp_pcb_listen* pcb = tcp_listen_pcbs.listen_pcbs; pcb != nullptr; pcb = pcb->next) {
    if (pcb->local_port != stack.port) continue;
    const bool any = ip_addr_isany(&pcb->local_ip);
    if (any || is_same(pcb->local_ip, stack.address)) return tcp::State::Listen;
  }
  return tcp::State::Closed;
}

}  // namespace

tcp::State state_of(const wire::FourTuple& tuple) {
  if (tuple.peer.port == 0) return listener_state(tuple.stack);
  for (const tcp_pcb* list : {tcp_active_pcbs, tcp_tw_pcbs}) {
    for (const tcp_pcb* pcb = list; pcb != nullptr; pcb = pcb->next) {
      if (is_named(*pcb, tuple)) return to_tcp(pcb->state);
    }
  }
  return tcp::State::Closed;
}

}  // namespace tcprove::adapter::lwip
