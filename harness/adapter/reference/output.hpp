#pragma once

#include <vector>

#include "harness/adapter/reference/host.hpp"
#include "harness/adapter/reference/tcb.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::adapter::reference {

/// A segment that arrived for one of this stack's ports, checked by IP and by its checksum.
///
/// Lifetime: views into the packet that is being processed.
struct Arrival {
  wire::FourTuple tuple;
  wire::Segment seg;
  std::uint8_t ecn = 0;                     ///< The ECN field of its IP header.
  std::vector<wire::IpAddress> way_back{};  ///< The source route that it came by, reversed.
};

// output.cpp: single segments.

/// <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>
void send_ack(Host& host, Tcb& tcb);

/// <SEQ=ISS><CTL=SYN> in SYN-SENT, <SEQ=ISS><ACK=RCV.NXT><CTL=SYN,ACK> after it.
void send_syn(Host& host, Tcb& tcb);

/// <SEQ=SND.NXT><CTL=RST> (section 3.10.5).
void send_rst(Host& host, Tcb& tcb);

/// The reset that a segment draws which no connection wants (section 3.5.2, groups 1 and 2):
/// <SEQ=SEG.ACK><CTL=RST>, or <SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK> where it has no ACK.
void reply_rst(Host& host, const Arrival& arrival);

/// A segment of the stream at `seq`: `text` octets of the send queue, and the FIN where `fin`.
/// Requires: the octets are in the send queue.
struct StreamSegment {
  wire::SeqNum seq;
  wire::SeqLen text = 0;
  bool fin = false;
  bool first_time = false;  ///< Neither a retransmission nor a probe of a closed window.
};
void send_stream_segment(Host& host, Tcb& tcb, const StreamSegment& segment);

/// RFC 5961 section 7: send_ack(), but no more often than the limit allows.
void send_challenge_ack(Host& host, Tcb& tcb);

/// Section 3.8.4: <SEQ=SND.NXT-1><ACK=RCV.NXT><CTL=ACK>, without data (SHLD-12)
/// unless the user wants an octet for old peers (MAY-6).
void send_keep_alive(Host& host, Tcb& tcb);

// send_3_8_6_2_1.cpp: the sender's side of the windows.

/// Sends all that the windows, Nagle and silly window avoidance let go now: what a timeout left to
/// be sent again, new text, the FIN.
void send_what_is_allowed(Host& host, Tcb& tcb);

/// Rule 4 of section 3.8.6.2.1: what fits goes, however small.
void send_after_override(Host& host, Tcb& tcb);

// retransmit_3_8_1.cpp

/// Sends the segment at SND.UNA again; answers its length in sequence space.
wire::SeqLen retransmit_first(Host& host, Tcb& tcb);

/// RFC 5681 section 3.1: after a timeout the rest follows in slow start.
void resend_presumed_lost(Host& host, Tcb& tcb);

// probe_3_8_6_1.cpp

/// Sends one octet at SND.UNA, new or not, into a closed window; a FIN where no text is left.
void send_window_probe(Host& host, Tcb& tcb);

/// The window has opened: what it was probed with goes again at once, and what follows it.
void resend_probed(Host& host, Tcb& tcb);

// receive_window_3_8_6_2_2.cpp

/// Moves the right edge forward if it can move far enough; it never moves back (SHLD-14).
void advance_right_edge(const Host& host, Tcb& tcb);

/// After a RECEIVE: tells a sender that the window has opened.
void send_window_update_if_worth(Host& host, Tcb& tcb);

}  // namespace tcprove::adapter::reference
