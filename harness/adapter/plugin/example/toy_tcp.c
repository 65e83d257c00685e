#include "toy_tcp.h"

#include <string.h>

enum {
  FIN = 1,
  SYN = 2,
  RST = 4,
  PSH = 8,
  ACK = 16,
  OUR_MSS = 1460,
  DEFAULT_MSS = 536,
  TRIES_MAX = 9
};
static const uint64_t kSecond = 1000000000u, kTwoMsl = 240u * 1000000000ull;

static uint32_t get32(const uint8_t* p) {
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}
static uint16_t get16(const uint8_t* p) { return (uint16_t)(p[0] << 8 | p[1]); }
static void put16(uint8_t* p, uint32_t v) { p[0] = (uint8_t)(v >> 8), p[1] = (uint8_t)v; }
static void put32(uint8_t* p, uint32_t v) { put16(p, v >> 16), put16(p + 2, v); }

static uint16_t checksum(uint32_t sum, const uint8_t* p, size_t count) {
  size_t i;
  for (i = 0; i < count; ++i) sum += i % 2 ? p[i] : (uint32_t)p[i] << 8;
  while (sum >> 16) sum = (sum & 0xffff) + (sum >> 16);
  return (uint16_t)~sum;
}

static uint16_t tcp_checksum(const uint8_t* ip, size_t tcp_octets) {
  uint32_t pseudo = 6 + (uint32_t)tcp_octets, i;
  for (i = 12; i < 20; i += 2) pseudo += get16(ip + i);
  return checksum(pseudo, ip + 20, tcp_octets);
}

static void emit(struct toy* toy, const uint8_t* to, uint16_t from_port, uint16_t to_port, int ctl,
                 uint32_t seq, uint32_t ack, const uint8_t* data, size_t count) {
  uint8_t p[20 + 24 + OUR_MSS] = {0x45};
  const size_t tcp = ctl & SYN ? 24 : 20, total = 20 + tcp + count;
  put16(p + 2, (uint32_t)total);
  p[8] = 64, p[9] = 6;
  memcpy(p + 12, toy->address, 4);
  memcpy(p + 16, to, 4);
  put16(p + 10, checksum(0, p, 20));
  put16(p + 20, from_port), put16(p + 22, to_port);
  put32(p + 24, seq), put32(p + 28, ack);
  p[32] = (uint8_t)(tcp << 2), p[33] = (uint8_t)ctl;
  if (!(ctl & RST)) put16(p + 34, (uint32_t)(TOY_BUFFER - toy->in_count));
  if (ctl & SYN) p[40] = 2, p[41] = 4, put16(p + 42, OUR_MSS);
  if (count) memcpy(p + 20 + tcp, data, count);
  put16(p + 36, tcp_checksum(p, tcp + count));
  toy->output(toy->context, toy->now_ns, p, total);
}

static void emit_own(struct toy* toy, int ctl, uint32_t seq, const uint8_t* data, size_t count) {
  emit(toy, toy->peer_address, toy->port, toy->peer_port, ctl, seq, toy->rcv_nxt, data, count);
}

static void acknowledge(struct toy* toy) { emit_own(toy, ACK, toy->snd_nxt, NULL, 0); }

static void set_timer(struct toy* toy) {
  const uint64_t rto = toy->tries < 6 ? kSecond << toy->tries : 60 * kSecond;
  toy->timer_ns = toy->now_ns + rto;
}

static void end_connection(struct toy* toy, enum toy_end how) {
  toy->state = TOY_CLOSED;
  toy->end = how;
  toy->timer_ns = 0;
  toy->out_count = 0;
  if (!toy->accepted || how != TOY_OPEN) toy->in_count = 0;
}

static void enter_time_wait(struct toy* toy) {
  toy->state = TOY_TIME_WAIT;
  toy->timer_ns = toy->now_ns + kTwoMsl;
}

/* Sends what the window lets it of what was not sent yet, then the FIN that waits behind it. */
static void push(struct toy* toy) {
  for (;;) {
    const uint32_t flight = toy->snd_nxt - toy->snd_una;
    size_t count = toy->out_count > flight ? toy->out_count - flight : 0;
    const uint32_t room = toy->snd_wnd > flight ? toy->snd_wnd - flight : 0;
    if (toy->state != TOY_ESTABLISHED && toy->state != TOY_CLOSE_WAIT) return;
    if (count > toy->mss) count = toy->mss;
    if (count > room && flight) return; /* Its ACK opens the window, or the timer probes it. */
    if (count > room) count = room;
    if (count == 0 && toy->out_count > flight && !toy->timer_ns) set_timer(toy);
    if (count == 0) break;
    emit_own(toy, PSH | ACK, toy->snd_nxt, toy->out + flight, count);
    toy->snd_nxt += (uint32_t)count;
    if (!toy->timer_ns) set_timer(toy);
  }
  if (!toy->fin_wanted || toy->out_count != toy->snd_nxt - toy->snd_una) return;
  emit_own(toy, FIN | ACK, toy->snd_nxt++, NULL, 0);
  toy->state = toy->state == TOY_CLOSE_WAIT ? TOY_LAST_ACK : TOY_FIN_WAIT_1;
  if (!toy->timer_ns) set_timer(toy);
}

static int fin_is_sent(const struct toy* toy) {
  return toy->state >= TOY_FIN_WAIT_1 && toy->state != TOY_CLOSE_WAIT;
}

/* The timer went off: the oldest thing that is not acknowledged goes out again. */
static void time_out(struct toy* toy) {
  size_t count = toy->out_count < toy->mss ? toy->out_count : toy->mss;
  if (toy->state == TOY_TIME_WAIT) {
    end_connection(toy, TOY_OPEN);
    return;
  }
  /* A closed window may stay so for ever; a silent peer may not (RFC 9293 sections 3.8.3, 3.8.6.1).
   */
  if (++toy->tries > TRIES_MAX && (toy->snd_wnd != 0 || toy->state == TOY_SYN_RECEIVED)) {
    end_connection(toy, TOY_TIMED_OUT);
    return;
  }
  set_timer(toy);
  if (toy->snd_wnd == 0 && count) count = 1;
  if (toy->state == TOY_SYN_RECEIVED) {
    emit_own(toy, SYN | ACK, toy->iss, NULL, 0);
  } else if (count) {
    emit_own(toy, PSH | ACK, toy->snd_una, toy->out, count);
    if (toy->snd_una + (uint32_t)count - toy->snd_nxt < 0x80000000u)
      toy->snd_nxt = toy->snd_una + (uint32_t)count;
  } else if (fin_is_sent(toy)) {
    emit_own(toy, FIN | ACK, toy->snd_una, NULL, 0);
  }
}

static void answer_nobody(struct toy* toy, const uint8_t* ip, const uint8_t* tcp, int ctl,
                          uint32_t len) {
  if (ctl & RST) return;
  if (ctl & ACK) {
    emit(toy, ip + 12, get16(tcp + 2), get16(tcp), RST, get32(tcp + 8), 0, NULL, 0);
  } else {
    emit(toy, ip + 12, get16(tcp + 2), get16(tcp), RST | ACK, 0, get32(tcp + 4) + len, NULL, 0);
  }
}

static void open_passively(struct toy* toy, const uint8_t* ip, const uint8_t* tcp, size_t header) {
  size_t i;
  memcpy(toy->peer_address, ip + 12, 4);
  toy->peer_port = get16(tcp);
  toy->iss = toy->snd_una = toy->next_iss;
  toy->next_iss += 64000;
  toy->snd_nxt = toy->iss + 1;
  toy->rcv_nxt = get32(tcp + 4) + 1;
  toy->snd_wnd = get16(tcp + 14);
  toy->snd_wl1 = get32(tcp + 4), toy->snd_wl2 = toy->iss;
  toy->mss = DEFAULT_MSS;
  for (i = 20; i + 1 < header && tcp[i];) { /* Options: a kind, and but for NOP a length. */
    const size_t length = tcp[i] == 1 ? 1 : tcp[i + 1];
    if (length == 0 || i + length > header) break;
    if (tcp[i] == 2 && length == 4 && get16(tcp + i + 2) != 0) toy->mss = get16(tcp + i + 2);
    i += length;
  }
  if (toy->mss > OUR_MSS) toy->mss = OUR_MSS;
  toy->tries = toy->fin_wanted = toy->accepted = toy->user_gone = 0;
  toy->out_count = toy->in_count = 0;
  toy->end = TOY_OPEN;
  toy->state = TOY_SYN_RECEIVED;
  emit_own(toy, SYN | ACK, toy->iss, NULL, 0);
  set_timer(toy);
}

/* RFC 9293 section 3.10.7.4, first check; `len` counts SYN and FIN. */
static int acceptable(const struct toy* toy, uint32_t seq, uint32_t len) {
  const uint32_t wnd = (uint32_t)(TOY_BUFFER - toy->in_count), offset = seq - toy->rcv_nxt;
  if (len == 0) return wnd == 0 ? offset == 0 : offset < wnd;
  return wnd != 0 && (offset < wnd || offset + len - 1 < wnd);
}

/* Fifth check; answers whether the segment is worth reading on. */
static int take_ack(struct toy* toy, const uint8_t* tcp) {
  const uint32_t ack = get32(tcp + 8), seq = get32(tcp + 4), news = ack - toy->snd_una;
  if (news > toy->snd_nxt - toy->snd_una) {
    if (toy->state == TOY_SYN_RECEIVED) {
      emit(toy, toy->peer_address, toy->port, toy->peer_port, RST, ack, 0, NULL, 0);
    } else if (ack - toy->snd_nxt < 0x80000000u) {
      acknowledge(toy); /* It acknowledges what was never sent. */
    }
    return toy->state != TOY_SYN_RECEIVED && ack - toy->snd_nxt >= 0x80000000u;
  }
  if (toy->state == TOY_SYN_RECEIVED) {
    if (news == 0) {
      emit(toy, toy->peer_address, toy->port, toy->peer_port, RST, ack, 0, NULL, 0);
      return 0;
    }
    toy->state = TOY_ESTABLISHED;
    toy->snd_una = ack;
    toy->timer_ns = 0, toy->tries = 0;
  } else if (news) {
    size_t octets = news < toy->out_count ? news : toy->out_count;
    memmove(toy->out, toy->out + octets, toy->out_count - octets);
    toy->out_count -= octets;
    toy->snd_una = ack;
    toy->timer_ns = 0, toy->tries = 0;
    if (toy->state != TOY_TIME_WAIT && toy->snd_una != toy->snd_nxt) set_timer(toy);
  }
  if (seq - toy->snd_wl1 - 1 < 0x7fffffffu ||
      (seq == toy->snd_wl1 && ack - toy->snd_wl2 < 0x80000000u)) {
    toy->snd_wnd = get16(tcp + 14);
    toy->snd_wl1 = seq, toy->snd_wl2 = ack;
  }
  if (fin_is_sent(toy) && toy->snd_una == toy->snd_nxt) {
    if (toy->state == TOY_FIN_WAIT_1) toy->state = TOY_FIN_WAIT_2;
    if (toy->state == TOY_CLOSING) enter_time_wait(toy);
    if (toy->state == TOY_LAST_ACK) end_connection(toy, TOY_OPEN);
  }
  return toy->state != TOY_CLOSED;
}

/* Seventh and eighth: text and FIN, in order alone; what comes early the peer sends again. */
static void take_text(struct toy* toy, uint32_t seq, const uint8_t* text, size_t count, int fin) {
  const uint32_t old = toy->rcv_nxt - seq;
  const size_t room = TOY_BUFFER - toy->in_count;
  const int receiving =
      toy->state == TOY_ESTABLISHED || toy->state == TOY_FIN_WAIT_1 || toy->state == TOY_FIN_WAIT_2;
  if (count == 0 && !fin) return;
  if (!receiving || old > count) {
    if (toy->state == TOY_TIME_WAIT && fin) enter_time_wait(toy);
    acknowledge(toy);
    return;
  }
  text += old, count -= old;
  if (count > room) count = room, fin = 0;
  if (toy->user_gone && count) { /* Nobody will read this (RFC 9293 section 3.6.1). */
    emit_own(toy, RST | ACK, toy->snd_nxt, NULL, 0);
    end_connection(toy, TOY_WAS_RESET);
    return;
  }
  memcpy(toy->in + toy->in_count, text, count);
  toy->in_count += count;
  toy->rcv_nxt += (uint32_t)count + (fin ? 1 : 0);
  acknowledge(toy);
  if (!fin) return;
  if (toy->state == TOY_ESTABLISHED)
    toy->state = TOY_CLOSE_WAIT;
  else if (toy->state == TOY_FIN_WAIT_1)
    toy->state = TOY_CLOSING;
  else
    enter_time_wait(toy);
}

static void arrive(struct toy* toy, const uint8_t* tcp, size_t header, size_t count) {
  const uint32_t seq = get32(tcp + 4);
  const int ctl = tcp[13];
  const uint32_t len = (uint32_t)count + (ctl & SYN ? 1 : 0) + (ctl & FIN ? 1 : 0);
  if (!acceptable(toy, seq, len)) {
    if (!(ctl & RST)) acknowledge(toy);
    if (toy->state == TOY_TIME_WAIT && (ctl & FIN)) enter_time_wait(toy);
  } else if (ctl & RST) {
    if (seq == toy->rcv_nxt)
      end_connection(toy, TOY_WAS_RESET);
    else
      acknowledge(toy);
  } else if (ctl & SYN) {
    acknowledge(toy);
  } else if ((ctl & ACK) && take_ack(toy, tcp)) {
    take_text(toy, seq, tcp + header, count, ctl & FIN);
    push(toy);
  }
}

void toy_input(struct toy* toy, const uint8_t* ip, size_t octets) {
  const uint8_t* const tcp = ip + 20;
  size_t total, header;
  if (octets < 40 || ip[0] != 0x45 || ip[9] != 6 || memcmp(ip + 16, toy->address, 4) != 0) return;
  total = get16(ip + 2);
  if (total < 40 || total > octets || checksum(0, ip, 20) != 0 || (get16(ip + 6) & 0x3fff)) return;
  if (tcp_checksum(ip, total - 20) != 0) return;
  header = (size_t)(tcp[12] >> 4) * 4;
  if (header < 20 || header > total - 20) return;
  if (toy->state != TOY_CLOSED && memcmp(ip + 12, toy->peer_address, 4) == 0 &&
      get16(tcp) == toy->peer_port && get16(tcp + 2) == toy->port) {
    arrive(toy, tcp, header, total - 20 - header);
  } else if (toy->state == TOY_CLOSED && toy->port != 0 && get16(tcp + 2) == toy->port &&
             (tcp[13] & (SYN | ACK | RST)) == SYN) {
    open_passively(toy, ip, tcp, header);
  } else if (!(toy->port != 0 && toy->port == get16(tcp + 2) && !(tcp[13] & (SYN | ACK)))) {
    answer_nobody(
        toy, ip, tcp, tcp[13],
        (uint32_t)(total - 20 - header) + (tcp[13] & SYN ? 1 : 0) + (tcp[13] & FIN ? 1 : 0));
  }
}

void toy_boot(struct toy* toy, const uint8_t address[4], uint32_t first_iss) {
  void (*const output)(void*, uint64_t, const uint8_t*, size_t) = toy->output;
  void* const context = toy->context;
  memset(toy, 0, sizeof *toy);
  toy->output = output;
  toy->context = context;
  memcpy(toy->address, address, 4);
  toy->next_iss = first_iss;
}

void toy_advance(struct toy* toy, uint64_t ns) {
  const uint64_t end = toy->now_ns + ns;
  while (toy->timer_ns && toy->timer_ns <= end) {
    toy->now_ns = toy->timer_ns;
    toy->timer_ns = 0;
    time_out(toy);
  }
  toy->now_ns = end;
}

size_t toy_send(struct toy* toy, const uint8_t* octets, size_t count) {
  if (count > TOY_BUFFER - toy->out_count) count = TOY_BUFFER - toy->out_count;
  memcpy(toy->out + toy->out_count, octets, count);
  toy->out_count += count;
  push(toy);
  return count;
}

size_t toy_receive(struct toy* toy, uint8_t* buffer, size_t size) {
  const size_t was_full = TOY_BUFFER - toy->in_count < OUR_MSS;
  if (size > toy->in_count) size = toy->in_count;
  memcpy(buffer, toy->in, size);
  memmove(toy->in, toy->in + size, toy->in_count - size);
  toy->in_count -= size;
  if (was_full && toy->state != TOY_CLOSED && TOY_BUFFER - toy->in_count >= OUR_MSS)
    acknowledge(toy);
  return size;
}

int toy_end_of_stream(const struct toy* toy) {
  return toy->in_count == 0 && (toy->state == TOY_CLOSED || toy->state >= TOY_CLOSE_WAIT);
}

void toy_shutdown(struct toy* toy) {
  toy->fin_wanted = 1;
  push(toy);
}

void toy_abort(struct toy* toy) {
  if (toy->state == TOY_CLOSED) return;
  if (toy->state != TOY_TIME_WAIT) emit_own(toy, RST | ACK, toy->snd_nxt, NULL, 0);
  end_connection(toy, TOY_WAS_RESET);
}
