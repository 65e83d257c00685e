#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "harness/adapter/reference/congestion_rfc5681.hpp"
#include "harness/adapter/reference/ecn_rfc3168.hpp"
#include "harness/adapter/reference/parameters.hpp"
#include "harness/adapter/reference/reassembly_queue.hpp"
#include "harness/adapter/reference/rto_rfc6298.hpp"
#include "harness/adapter/reference/sack_rfc2018.hpp"
#include "harness/base/virtual_time.hpp"
#include "harness/tcp/state.hpp"
#include "harness/tcp/user_call.hpp"
#include "harness/wire/address.hpp"
#include "harness/wire/seq_num.hpp"

namespace tcprove::adapter::reference {

/// What the user may set on a connection.
struct Settings {
  bool nagle = true;  ///< RFC 9293 MUST-17.
  /// Section 3.9.1.1, and R2 of 3.8.3 (MUST-21); absent: never.
  std::optional<base::Duration> user_timeout = std::chrono::minutes(5);
  bool keep_alive = false;                                     ///< MUST-24, MUST-25.
  base::Duration keep_alive_interval = std::chrono::hours(2);  ///< MUST-27, MUST-28.
  std::uint8_t hop_limit = 64;                                 ///< MUST-49.
  std::uint8_t traffic_class = 0;                              ///< MUST-48.
  bool error_reports = true;                                   ///< SHLD-20.
  bool ecn = false;                                            ///< SHLD-8: an OPEN asks for it.
  bool keep_alive_octet = false;                               ///< MAY-6.
  std::uint32_t source_route = 0;  ///< MUST-51: through this gateway; 0: none.
};

/// Whether an acknowledgment is owed (RFC 9293 section 3.8.6.3).
enum class AckDue : std::uint8_t { No, Delayed, Now };

/// Who may still make calls on a connection.
enum class User : std::uint8_t {
  NotYet,  ///< The listener's user has not accepted it.
  Holds,   ///< Somebody holds its handle.
  Gone,    ///< CLOSE or ABORT took the handle back.
};

/// The transmission control block (RFC 9293 section 3.3.1): all that is known of one connection.
///
/// The fields stand by what they mean and not by their size.
// NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding)
struct Tcb {
  tcp::Handle id = tcp::kNoHandle;
  wire::FourTuple tuple;
  std::vector<wire::IpAddress> route;  ///< The gateways, and the peer; empty: straight there.
  tcp::State state = tcp::State::Closed;
  /// Whose passive OPEN made it; kNoHandle for an active OPEN (MUST-11).
  tcp::Handle listener = tcp::kNoHandle;

  // Send sequence variables.
  wire::SeqNum snd_una;
  wire::SeqNum snd_nxt;  ///< Never moved back: what is sent again lies before it.
  wire::SeqLen snd_wnd = 0;
  std::optional<wire::SeqNum> snd_up;  ///< Past the last urgent octet; absent outside urgent mode.
  wire::SeqNum snd_wl1;
  wire::SeqNum snd_wl2;
  wire::SeqNum iss;
  wire::SeqLen max_snd_wnd = 0;  ///< MAX.SND.WND (section 3.10.7.4, fifth).
  bool syn_acked = false;

  // Receive sequence variables.
  wire::SeqNum rcv_nxt;
  wire::SeqLen rcv_wnd = 0;  ///< Up to the furthest right edge ever announced (RFC 7323 2.4).
  std::optional<wire::SeqNum> rcv_up;  ///< Absent outside urgent mode.
  wire::SeqNum irs;

  // Maximum segment sizes (section 3.7.1) and what the SYNs agreed on (RFC 7323).
  wire::SeqLen snd_mss = 0;  ///< SendMSS: the peer's option, or the default.
  std::uint32_t path_mtu = kLinkMtu;
  bool offer_window_scale = true;
  bool offer_timestamps = true;
  bool offer_sack = true;
  bool timestamps = false;  ///< Snd.TS.OK
  std::uint8_t snd_wind_shift = 0;
  std::uint8_t rcv_wind_shift = 0;
  wire::SeqLen rcv_buff = 0;  ///< RCV.BUFF (section 3.8.6.2.2).
  std::uint32_t ts_recent = 0;
  base::Instant ts_recent_at;
  wire::SeqNum last_ack_sent;

  // The user's octets.
  std::deque<std::uint8_t> send_queue;  ///< Taken from SEND and not acknowledged.
  wire::SeqNum first_send_end;          ///< Of the SEND that found nothing unsent before it.
  wire::SeqNum send_queue_begin;        ///< Of its first octet.
  bool close_requested = false;         ///< A FIN is to follow the send queue.
  bool fin_sent = false;
  std::deque<std::uint8_t> receive_queue;  ///< RCV.USER: acknowledged and not yet received.
  ReassemblyQueue reassembly;
  SelectiveAcks sack;
  bool fin_received = false;

  // The user.
  User user = User::Holds;
  bool was_established = false;
  std::uint64_t established_order = 0;  ///< In which a listener's connections are accepted.
  std::optional<tcp::CallStatus> pending_error;  ///< Told to the next call, once.
  std::vector<tcp::Report> reports;              ///< Oldest first (section 3.9.1.8).
  Settings settings;

  // Retransmission and congestion.
  RetransmissionTimeout rto;
  CongestionControl congestion;
  EcnState ecn;
  struct RttMeasurement {
    wire::SeqNum end;  ///< The sample is complete when this is acknowledged.
    base::Instant begun;
  };
  std::optional<RttMeasurement> timed;  ///< Absent while Karn's algorithm forbids one.
  std::uint32_t timeouts = 0;           ///< Of the segment at SND.UNA.
  bool syn_retransmitted = false;
  std::optional<wire::SeqNum> resend_nxt;  ///< After a timeout: the next octet presumed lost.
  base::Instant last_sent_at;              ///< When text was last sent.

  // Acknowledgments and windows.
  AckDue ack_due = AckDue::No;
  std::uint32_t window_probes = 0;  ///< Sent since the window was seen closed.
  base::Duration probe_interval{};
  std::uint32_t keep_alive_probes = 0;        ///< Unanswered.
  std::vector<base::Instant> challenge_acks;  ///< Sent within the last kChallengeAckPeriod.

  [[nodiscard]] bool passive() const { return listener != tcp::kNoHandle; }

  /// The sequence number past all that SEND handed over: the FIN's.
  [[nodiscard]] wire::SeqNum send_queue_end() const {
    return send_queue_begin + static_cast<wire::SeqLen>(send_queue.size());
  }
  [[nodiscard]] wire::SeqLen outstanding() const { return wire::distance(snd_una, snd_nxt); }
  [[nodiscard]] wire::SeqLen unsent_text() const {
    return fin_sent ? 0 : wire::distance(snd_nxt, send_queue_end());
  }
  [[nodiscard]] bool fin_unsent() const { return close_requested && !fin_sent; }
  /// MUST-33: whether urgent octets are still to be received.
  [[nodiscard]] bool urgent_pending() const {
    const wire::SeqNum text_end = rcv_nxt - (fin_received ? 1U : 0U);
    const wire::SeqNum next = text_end - static_cast<wire::SeqLen>(receive_queue.size());
    return rcv_up && *rcv_up != next && wire::distance(next, *rcv_up) < 0x8000'0000U;
  }
  [[nodiscard]] bool fin_acked() const { return fin_sent && snd_una == snd_nxt; }
};

}  // namespace tcprove::adapter::reference
