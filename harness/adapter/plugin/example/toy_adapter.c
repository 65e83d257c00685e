/* A whole adapter: the toy TCP behind tcprove's C ABI. */
#include "tcprove_adapter.h"
#include "toy_tcp.h"

enum { LISTENER = 1, FIRST_CONNECTION = 2 };

static struct toy the_toy;
static uint32_t connection; /* The handle of the one that the user holds; 0: none. */
static uint32_t handles;    /* Given out since the last reset. */

static const char* reset(void* stack, const struct tcprove_reset* how) {
  (void)stack;
  if (how->stack.ip != 4) return "the toy speaks IPv4 alone";
  toy_boot(&the_toy, how->stack.address, (uint32_t)how->seed * 2654435761u);
  connection = 0;
  handles = FIRST_CONNECTION;
  return NULL;
}

static void deliver(void* stack, const uint8_t* packet, size_t octets) {
  (void)stack, toy_input(&the_toy, packet, octets);
}
static void advance(void* stack, uint64_t ns) { (void)stack, toy_advance(&the_toy, ns); }

static int64_t next_deadline(void* stack) {
  (void)stack;
  return the_toy.timer_ns ? (int64_t)(the_toy.timer_ns - the_toy.now_ns) : TCPROVE_NO_TIMER;
}

static int state(void* stack, const struct tcprove_endpoint* local,
                 const struct tcprove_endpoint* peer) {
  (void)stack;
  if (local->port != the_toy.port) return TCPROVE_CLOSED;
  if (peer->port == 0) return TCPROVE_LISTEN;
  return peer->port == the_toy.peer_port ? (int)the_toy.state : TCPROVE_CLOSED;
}

static int accept(struct tcprove_answer* answer) {
  if (connection != 0 || the_toy.accepted || the_toy.state < TOY_ESTABLISHED)
    return TCPROVE_WOULD_BLOCK;
  the_toy.accepted = 1;
  connection = answer->handle = handles++;
  for (int i = 0; i < 4; ++i) answer->peer.address[i] = the_toy.peer_address[i];
  answer->peer.ip = 4;
  answer->peer.port = the_toy.peer_port;
  return TCPROVE_OK;
}

static int call(void* stack, const struct tcprove_call* asked, struct tcprove_answer* answer) {
  static const int kEnds[] = {TCPROVE_NO_CONNECTION, TCPROVE_RESET, TCPROVE_TIMED_OUT};
  (void)stack;
  if (asked->kind == TCPROVE_LISTEN_CALL) {
    if (the_toy.port != 0) return TCPROVE_INSUFFICIENT_RESOURCES;
    the_toy.port = asked->local.port;
    answer->handle = LISTENER;
    return TCPROVE_OK;
  }
  if (asked->kind == TCPROVE_ACCEPT) return accept(answer);
  if (asked->kind < TCPROVE_SEND || asked->kind > TCPROVE_ABORT) return TCPROVE_UNSUPPORTED;
  if (asked->handle == LISTENER && asked->kind >= TCPROVE_CLOSE)
    return the_toy.port = 0, TCPROVE_OK;
  if (asked->handle != connection || connection == 0) return TCPROVE_NO_CONNECTION;
  if (asked->kind >= TCPROVE_CLOSE) connection = 0, the_toy.user_gone = 1;
  if (the_toy.state == TOY_CLOSED && the_toy.end != TOY_OPEN) return kEnds[the_toy.end];
  if (asked->kind == TCPROVE_RECEIVE) {
    answer->octets = toy_receive(&the_toy, asked->buffer, asked->buffer_size);
    if (answer->octets) return TCPROVE_OK;
    return toy_end_of_stream(&the_toy) ? TCPROVE_END_OF_STREAM : TCPROVE_WOULD_BLOCK;
  }
  if (asked->kind == TCPROVE_SEND) {
    if (the_toy.fin_wanted) return TCPROVE_IS_CLOSING;
    answer->octets = toy_send(&the_toy, asked->octets, asked->octet_count);
    return answer->octets || !asked->octet_count ? TCPROVE_OK : TCPROVE_WOULD_BLOCK;
  }
  if (asked->kind == TCPROVE_ABORT || (asked->kind == TCPROVE_CLOSE && the_toy.in_count))
    toy_abort(&the_toy);
  else
    toy_shutdown(&the_toy);
  return TCPROVE_OK;
}

const struct tcprove_adapter* tcprove_open(const struct tcprove_host* host) {
  static const struct tcprove_adapter kAdapter = {
      .struct_size = sizeof kAdapter,
      .abi_version = TCPROVE_ABI_VERSION,
      .name = "toy",
      .version = "1",
      .capabilities =
          "passive-open user-send user-receive user-shutdown user-close user-abort "
          "user-errors introspection virtual-time ipv4 challenge-ack",
      .reset = reset,
      .deliver = deliver,
      .call = call,
      .advance = advance,
      .next_deadline = next_deadline,
      .state = state};
  the_toy.output = host->emit;
  the_toy.context = host->context;
  return &kAdapter;
}
