#pragma once
/* A toy TCP, to have something to put an adapter around: IPv4, one port, one connection at a time,
 * passive opens alone, no options but MSS, no urgent data, no congestion control. It knows nothing
 * of tcprove: packets come in by toy_input(), go out by `output`, and time is told to it. */
#include <stddef.h>
#include <stdint.h>

enum toy_state { /* As RFC 9293 names them; SYN-SENT is never entered. */
                 TOY_CLOSED,
                 TOY_LISTEN,
                 TOY_SYN_SENT,
                 TOY_SYN_RECEIVED,
                 TOY_ESTABLISHED,
                 TOY_FIN_WAIT_1,
                 TOY_FIN_WAIT_2,
                 TOY_CLOSE_WAIT,
                 TOY_CLOSING,
                 TOY_LAST_ACK,
                 TOY_TIME_WAIT
};

enum toy_end { TOY_OPEN, TOY_WAS_RESET, TOY_TIMED_OUT };

#define TOY_BUFFER 8192

struct toy {
  void (*output)(void* context, uint64_t at_ns, const uint8_t* packet, size_t octets);
  void* context;
  uint8_t address[4], peer_address[4];
  uint16_t port, peer_port; /* port 0: nobody listens */
  enum toy_state state;     /* Of the connection; TOY_CLOSED where there is none. */
  enum toy_end end;         /* How the last one ended. */
  uint32_t next_iss, iss, snd_una, snd_nxt, snd_wnd, snd_wl1, snd_wl2, rcv_nxt;
  uint64_t now_ns, timer_ns; /* timer_ns 0: not set */
  int tries, fin_wanted, accepted, user_gone;
  uint16_t mss;
  size_t out_count, in_count; /* Octets not acknowledged yet, and not received yet. */
  uint8_t out[TOY_BUFFER], in[TOY_BUFFER];
};

void toy_boot(struct toy* toy, const uint8_t address[4], uint32_t first_iss);
void toy_input(struct toy* toy, const uint8_t* packet, size_t octets);
void toy_advance(struct toy* toy, uint64_t ns);
size_t toy_send(struct toy* toy, const uint8_t* octets, size_t count); /* How many it took. */
size_t toy_receive(struct toy* toy, uint8_t* buffer, size_t size);
int toy_end_of_stream(const struct toy* toy); /* A FIN came, and all before it was received. */
void toy_shutdown(struct toy* toy);
void toy_abort(struct toy* toy);
