#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "harness/base/virtual_time.hpp"
#include "harness/monitor/arrived_numbers.hpp"
#include "harness/monitor/octet_ring.hpp"
#include "harness/monitor/syn_options.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::monitor {

/// A segment of the peer's that reached the stack, without its octets.
struct Arrival {
  wire::SeqNum seq;
  wire::SeqNum ack;
  wire::Flags ctl;
  wire::SeqLen len = 0;      ///< SEG.LEN.
  wire::SeqLen payload = 0;  ///< Octets of data.
  std::uint16_t wnd = 0;     ///< The field.
  SynOptions options;        ///< On a SYN.
  std::optional<std::uint32_t> tsval;
  bool stamps_unclear = false;  ///< It has two timestamps, and no RFC says which one counts.
  wire::SeqLen sacked = 0;      ///< What SACK blocks report beyond the ACK.
  bool twice = false;           ///< The first one is of what came twice (RFC 2883).
  std::uint8_t ecn = 0;         ///< The ECN field of its IP header.
  /// Nothing about it is broken, so the RFC says what the stack makes of it. Of one that is not
  /// plain the stack may take as much as it likes, or nothing.
  bool plain = true;
  base::Instant at;
  std::size_t event = 0;

  [[nodiscard]] bool has(wire::Flag flag) const { return ctl.has(flag); }
  [[nodiscard]] wire::SeqNum end() const { return seq + len; }
};

/// Whether somebody listens on a port, as far as the user's calls tell.
enum class Listening : std::uint8_t { No, Maybe, Yes };

/// Which side's CLOSE came first, as the stack saw it: it decides between CLOSING and LAST-ACK.
enum class ClosedFirst : std::uint8_t { Neither, Stack, Peer, Unclear };

/// The stack's own numbers: RFC 9293's send sequence space (section 3.3.1).
struct SendSide {
  bool known = false;  ///< Its SYN was seen; without it nothing below means anything.
  wire::SeqNum iss;
  wire::SeqNum nxt;                      ///< Past all that it emitted.
  wire::SeqNum una;                      ///< It must take all before for acknowledged.
  wire::SeqNum una_possible;             ///< It may take all before for acknowledged.
  wire::SeqNum edge;                     ///< The furthest right edge that the peer ever offered.
  std::optional<wire::SeqNum> edge_now;  ///< The one it must hold to now; absent where unclear.
  std::uint32_t wnd_most = 0;            ///< SND.WND is at most this;
  std::optional<std::uint32_t> wnd;      ///< where it is clear, it is this.
  wire::SeqNum wl1;  ///< SEQ and ACK of the latest segment that may have given the window.
  wire::SeqNum wl2;
  bool wl_sure = true;              ///< That segment has given it.
  base::Instant outstanding_since;  ///< Where una is not nxt: since when at the earliest.
  bool path_mtu_told = false;       ///< By ICMP: how large a segment may be is not known here.
  std::uint32_t window_max = 0;     ///< MAX.SND.WND (RFC 5961 section 5.2) is at least this.
  std::uint32_t window_max_possible = 0;  ///< It may be as large.
  base::Duration rtt_max{};               ///< No round trip that it may have measured took longer.
  std::optional<wire::SeqNum> fin;
  SynOptions options;
  std::uint16_t syn_wnd = 0;  ///< The field on its SYN.
  OctetRing octets;
  wire::SeqNum octets_from;            ///< The ring holds no octet before this number.
  OctetRing handed_over;               ///< What the user offered, by its place in the stream.
  wire::SeqLen handed_over_up_to = 0;  ///< The ring was written so far, also by SENDs that failed.
};

/// When the front of the retransmission queue was sent.
struct FrontOfQueue {
  wire::SeqNum seq;
  unsigned sent = 0;  ///< How often; 0 where nothing is outstanding.
  base::Instant first;
  base::Instant last;
  base::Duration interval{};  ///< Between the last two times, if a timer alone was the cause.
  bool alone = false;         ///< It was sent when nothing was outstanding.
  bool in_window = false;     ///< The peer's window surely held it when it was first sent.
  bool by_timer = true;       ///< It was sent at `last` for the first time, or by its timer.
  bool undisturbed = true;    ///< Nothing reached the stack, and no user called, since `last`.
  bool restarted = false;     ///< It came to the front at `last`, by an ACK; the same since.
};

/// The peer's numbers as the stack has them: the receive sequence space.
struct ReceiveSide {
  bool known = false;  ///< It is clear which SYN of the peer's the stack took.
  wire::SeqNum irs;
  wire::SeqNum nxt;             ///< RCV.NXT is at least this.
  wire::SeqNum nxt_before;      ///< As long as the latest segment's text is not processed.
  ArrivedNumbers arrived;       ///< RCV.NXT is at most arrived.next().
  wire::SeqNum ack;             ///< The highest that the stack sent.
  bool acked = false;           ///< `ack` was sent.
  wire::SeqNum edge;            ///< The furthest right edge that the stack announced.
  wire::SeqNum edge_last;       ///< The one it announced last.
  wire::SeqLen edge_slack = 0;  ///< The window may reach further by so much without being told.
  std::optional<wire::SeqNum> pushed;         ///< What was received up to here must go to the user.
  std::optional<wire::SeqNum> pushed_by_syn;  ///< The same of a SYN,ACK's, once it is acknowledged.
  std::optional<wire::SeqNum> held_up_to;     ///< What came out of order, in the window, ends here.
  std::optional<wire::SeqNum> fin;
  SynOptions options;
  OctetRing octets;
  bool contested = false;    ///< The peer sent different octets under one number.
  bool mss_unclear = false;  ///< It sent the option on more than its SYN, where it means nothing.
};

/// What the user did and got.
struct UserSide {
  unsigned closes = 0;  ///< CLOSEs called, of the sending side or both.
  bool shut = false;    ///< CLOSE of the sending side, by close or shutdown.
  bool closed = false;  ///< CLOSE of both: nothing will be received any more.
  bool aborted = false;
  bool error_told = false;  ///< A call answered why the connection ended.
  bool accepted = false;    ///< A listener handed it out.
  ClosedFirst closed_first = ClosedFirst::Neither;
  bool reads_known = true;              ///< `read` counts from IRS+1, `sent` from ISS+1.
  wire::SeqLen read = 0;                ///< Octets received.
  wire::SeqLen sent = 0;                ///< Octets of SENDs that the stack took.
  wire::SeqLen offered = 0;             ///< Octets of the SEND under way, or of the last one.
  bool sets_no_delay = false;           ///< MUST-17: Nagle's algorithm may be off.
  bool wants_keep_alives = false;       ///< MUST-24: asked for.
  bool sets_keep_alive_time = false;    ///< MUST-27: the default of two hours is not in use.
  bool sets_timeout = false;            ///< MUST-21: R2 is the user's.
  bool wants_keep_alive_octet = false;  ///< MAY-6: asked for.
};

}  // namespace tcprove::monitor
