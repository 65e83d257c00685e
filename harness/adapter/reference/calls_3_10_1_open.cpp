// RFC 9293 section 3.10.1, "OPEN Call". A passive OPEN makes a listener: see stack.cpp.

#include "harness/adapter/reference/calls.hpp"
#include "harness/adapter/reference/connection.hpp"
#include "harness/adapter/reference/parameters.hpp"
#include "harness/adapter/reference/source_route_3_9_2_1.hpp"

namespace tcprove::adapter::reference {

void open_active(Host& host, Tcb& tcb) {
  tcb.iss = host.select_iss(tcb.tuple);
  tcb.snd_una = tcb.iss;
  tcb.snd_nxt = tcb.iss + 1;
  tcb.send_queue_begin = tcb.snd_nxt;
  tcb.rcv_buff = kReceiveBufferUnscaled;
  tcb.rcv_wnd = tcb.rcv_buff;
  tcb.state = tcp::State::SynSent;
  take_users_route(host, tcb);
  tcb.timed = {.end = tcb.snd_nxt, .begun = host.now()};
  send_syn(host, tcb);
  finish_event(host, tcb);
}

}  // namespace tcprove::adapter::reference
