#pragma once

#include "harness/adapter/reference/options.hpp"
#include "harness/adapter/reference/output.hpp"
#include "harness/adapter/reference/tcb.hpp"

namespace tcprove::adapter::reference {

// SEGMENT ARRIVES, RFC 9293 section 3.10.7: a function for each state and each check, in the RFC's
// order.

/// Whether the RFC says "return" or "continue processing" after a check.
enum class Then : std::uint8_t { Return, Continue };

/// 3.10.7.1: no TCB.
void arrives_closed(Host& host, const Arrival& arrival);

/// 3.10.7.2, as far as it needs no TCB: answers whether a TCB is to be made for the segment.
bool arrives_listen(Host& host, const Arrival& arrival);

/// 3.10.7.2, third: makes `tcb` a connection in SYN-RECEIVED. `time_wait` is the one that it takes
/// the place of, if any. Requires: arrives_listen() held.
void accept_syn(Host& host, Tcb& tcb, const Arrival& arrival, const Tcb* time_wait);

/// 3.10.7.3.
void arrives_syn_sent(Host& host, Tcb& tcb, const Arrival& arrival);

/// 3.10.7.4: "Other States".
void arrives_other(Host& host, Tcb& tcb, const Arrival& arrival);

// Its checks. The third is about security, which no option carries.
Then check_syn_in_time_wait(Host& host, Tcb& tcb, const Arrival& arrival);  ///< RFC 6191.
Then check_timestamps(Host& host, Tcb& tcb, const Arrival& arrival);  ///< RFC 7323 section 5.3.
Then first_check_sequence_number(Host& host, Tcb& tcb, const Arrival& arrival);
Then second_check_rst(Host& host, Tcb& tcb, const Arrival& arrival);
Then fourth_check_syn(Host& host, Tcb& tcb, const Arrival& arrival);
Then fifth_check_ack(Host& host, Tcb& tcb, const Arrival& arrival);
Then sixth_check_urg(Host& host, Tcb& tcb, const Arrival& arrival);
Then seventh_process_text(Host& host, Tcb& tcb, const Arrival& arrival);
Then eighth_check_fin(Host& host, Tcb& tcb, const Arrival& arrival);

/// Queues text and FIN that came with a SYN until ESTABLISHED is reached.
void queue_what_came_with_syn(Tcb& tcb, const Arrival& arrival);

/// SND.UNA <- SEG.ACK: what is thereby acknowledged leaves the send queue. Answers whether the
/// segment now at SND.UNA is to be sent again, for it is lost too.
/// Requires: SND.UNA < SEG.ACK =< SND.NXT.
bool acknowledge(Host& host, Tcb& tcb, const Arrival& arrival);

/// SND.WND, SND.WL1 and SND.WL2 from the segment.
void take_send_window(const Host& host, Tcb& tcb, const wire::Segment& seg);

/// The SYN,ACK of a simultaneous open (RFC 9293 Figure 7): its SYN is known, its ACK is not.
bool is_crossing_syn_ack(const Host& host, const Tcb& tcb, const wire::Segment& seg);

/// Remembers the segment's timestamp where it is the one to echo (RFC 7323 section 4.3).
/// Requires: the segment is acceptable.
void remember_timestamp(const Host& host, Tcb& tcb, const wire::Segment& seg);

/// Takes a sample of the round-trip time where the segment allows one (RFC 6298 section 3).
void take_rtt_sample(const Host& host, Tcb& tcb, const wire::Segment& seg);

/// MAY-2, condition 1: an ISS past all that the old incarnation used.
wire::SeqNum select_iss_past(const Host& host, const Tcb& time_wait);

/// Whether the segment begins a new incarnation of a connection in TIME-WAIT (RFC 9293 MAY-2; RFC
/// 6191 section 2).
bool may_reopen_from_time_wait(const Host& host, const Tcb& tcb, const Arrival& arrival);

}  // namespace tcprove::adapter::reference
