#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "harness/base/virtual_time.hpp"
#include "harness/monitor/duty.hpp"
#include "harness/monitor/shadow_flight.hpp"
#include "harness/monitor/shadow_options.hpp"
#include "harness/monitor/shadow_route.hpp"
#include "harness/monitor/shadow_settings.hpp"
#include "harness/monitor/shadow_sides.hpp"
#include "harness/monitor/shadow_sizes.hpp"
#include "harness/monitor/shadow_timers.hpp"
#include "harness/monitor/shadow_timestamps.hpp"
#include "harness/monitor/stack_facts.hpp"
#include "harness/monitor/state_sets.hpp"
#include "harness/trace/event.hpp"

namespace tcprove::monitor {

/// What the trace tells of one connection: the TCB that the stack must have if it obeys the RFC.
///
/// Where the wire leaves open what the stack knows, both bounds are kept; where it leaves open the
/// state, all of them. Nothing here comes from the stack's word.
struct ShadowTcb {
  /// The events so far tell all that the rules need to know. Where they do not, nothing is judged
  /// but what one packet shows by itself.
  bool followed = true;

  /// Which of CLOSED, SYN-SENT, SYN-RECEIVED and ESTABLISHED it may be in; ESTABLISHED stands for
  /// all synchronized states here: states() tells them apart.
  tcp::States phases;
  bool active_open = false;

  SendSide snd;
  FrontOfQueue front;
  ReceiveSide rcv;
  ShadowTimestamps stamps;
  ShadowTimers timers;
  ShadowProbing probing;
  ShadowFlight flight;
  ShadowRecovery recovery;
  ShadowHyStart hystart;
  ShadowEcn ecn;
  ShadowSack sack;
  ShadowSizes sizes;
  ShadowRoute route;
  ShadowSettings settings;
  ShadowReports reports;
  bool alone = false;  ///< The trace has no other connection.
  UserSide user;
  UserSide user_before_call;  ///< A call that fails changes nothing.
  Duties duties;

  wire::IpVersion ip = wire::IpVersion::V4;
  base::Instant last_arrival;
  base::Instant last_emission;
  base::Instant last_stimulus;
  std::optional<base::Instant> answer_demanded;  ///< Last, of those that may be rate limited.
  std::optional<base::Instant> time_wait_since;  ///< The earliest instant at which it may begin.
  bool may_return_to_time_wait = false;          ///< It was opened from there, as MAY-2 allows.
  bool data_unplaced = false;  ///< Data came before it was clear which SYN the stack took.
  /// The latest arrival is a SYN and came in TIME-WAIT for sure: whether it may be newer than the
  /// connection (RFC 6191 section 2).
  std::optional<bool> time_wait_syn_may_be_newer;
  std::optional<base::Instant> time_wait_restarted;  ///< By the peer's FIN come again.
  Answer answer;  ///< That the latest arrival calls for, if no user called since.
  ShadowLimits limits;
  std::optional<tcp::State> said;    ///< By the stack, where it is alone and tells.
  bool said_since_stimulus = false;  ///< Since the latest arrival or call.
  trace::StepIndex stimulus_step = trace::kNoStep;
  bool bare_ack_drawn = false;    ///< The latest arrival was a pure ACK that tells nothing new.
  unsigned bare_ack_answers = 0;  ///< How many such in a row drew one.
  bool caused = true;  ///< Something reached the stack, or a user called, since its last pure ACK.
  bool ended_by_reset = false;    ///< Of the peer's, for sure.
  bool answers_arrival = false;   ///< The latest stimulus was a segment.
  bool ended = false;             ///< The connection before what may have begun since is over.
  std::size_t syn_event = 0;      ///< The stack's latest SYN.
  bool ended_by_arrival = false;  ///< Something that reached the stack may have ended it.
  bool reset_arrived = false;     ///< Or an ICMP error that may end a connection as a RST does.
  bool reset_emitted = false;
  static constexpr std::size_t kArrivalsKept = 8;
  std::array<Arrival, kArrivalsKept> arrivals{};  ///< A ring; arrival(0) is the latest.
  std::size_t arrival_count = 0;
  static constexpr std::size_t kSynsKept = 4;
  std::array<Arrival, kSynsKept> syns{};  ///< The peer's latest ones; a ring too.
  std::size_t syn_count = 0;

  /// A connection that does not exist yet. The rings of octets and of arrivals keep what they hold.
  void restart();

  /// A connection of which no event was seen.
  void forget();

  /// `back` steps before the latest; nothing where there is none or it is not kept any more.
  [[nodiscard]] const Arrival* arrival(std::size_t back) const;

  /// The states that it may be in at `now`, the RFC's eleven but LISTEN: a listener is no TCB here.
  [[nodiscard]] tcp::States states(base::Instant now, const StackFacts& facts) const;

  /// Whether it must be in a synchronized state and neither side's CLOSE, a time-out nor anything
  /// that reached the stack may have ended it.
  [[nodiscard]] bool surely_synchronized(base::Instant now, const StackFacts& facts) const;

  /// Whether the user can call this connection and none before it on the same ports.
  [[nodiscard]] bool user_has_it() const {
    return user.reads_known && (active_open || user.accepted);
  }

  /// Where the FIN belongs.
  [[nodiscard]] wire::SeqNum handed_over_end() const { return snd.iss + 1 + user.sent; }

  /// How much the user has handed over that was not sent yet.
  [[nodiscard]] wire::SeqLen queued() const;

  /// Whether the front of the queue may lie outside the window, where another timer probes it.
  [[nodiscard]] bool window_may_be_closed() const;

  [[nodiscard]] bool may_be(tcp::State phase) const { return phases.has(phase); }
  [[nodiscard]] bool only(tcp::State phase) const { return is_only(phases, phase); }

  /// Both offered the option, so it is in use.
  [[nodiscard]] bool scales() const { return snd.options.shift && rcv.options.shift; }
  [[nodiscard]] bool timestamps() const { return snd.options.timestamps && rcv.options.timestamps; }

  /// RMSS: what the stack's own SYN announced (RFC 9293 section 3.8.6.3).
  [[nodiscard]] wire::SeqLen rmss() const;

  /// The window field of a segment of the peer's, or of the stack's, in octets; a SYN's is not
  /// scaled (RFC 7323 section 2.2).
  [[nodiscard]] std::uint32_t offered_window(std::uint16_t field, bool syn) const;
  [[nodiscard]] std::uint32_t announced_window(std::uint16_t field, bool syn) const;

  /// Whether the segment must fail, or must pass, the first check of 3.10.7.4 (Table 6).
  [[nodiscard]] bool surely_unacceptable(const Arrival& arrival) const;
  [[nodiscard]] bool surely_acceptable(const Arrival& arrival) const;

  /// Whether the stack must take SEG.ACK as it is and go on: neither beyond SND.NXT nor too old
  /// for RFC 5961 section 5.2.
  [[nodiscard]] bool ack_is_in_range(const Arrival& arrival) const;

  /// Whether all the peer's numbers up to and with its FIN must, or may, have been received.
  [[nodiscard]] bool fin_surely_received() const;
  [[nodiscard]] bool fin_possibly_received() const;
};

}  // namespace tcprove::monitor
