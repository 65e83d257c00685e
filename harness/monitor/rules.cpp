#include "harness/monitor/rules.hpp"

#include <algorithm>
#include <array>

#include "harness/monitor/rules/checks.hpp"

namespace tcprove::monitor {
namespace {

using enum Hook;
constexpr Level kMust = Level::Must;
constexpr Level kShould = Level::Should;

// By hook, and within one by section.
constexpr Rule kRules[] = {
    {"checksum-verifies", "MUST-2", kMust, "3.1", Emits, rules::checksum,
     "Every segment carries the right checksum over pseudo-header, header and data."},
    {"data-offset-is-true", "3.1-data-offset-is-true", kMust, "3.1", Emits, rules::data_offset,
     "The data offset is the length of the header, at least 5 words, within the segment."},
    {"reserved-bits-are-zero", "3.1-reserved-bits-are-zero", kMust, "3.1", Emits,
     rules::reserved_bits, "The reserved bits are zero."},
    {"ack-bit-is-set", "3.1-ack-bit-is-set", kMust, "3.1", Emits, rules::ack_bit,
     "Every segment but the first SYN of an active open, and some RSTs, carries an ACK."},
    {"options-are-well-formed", "MUST-68", kMust, "3.1", Emits, rules::options_well_formed,
     "Every option but EOL and NOP has a length of at least 2 that ends within the header."},
    {"padding-is-zero", "MUST-69", kMust, "3.1", Emits, rules::padding_zero,
     "What follows the end of the option list is zero."},
    {"mss-option-only-on-syn", "MUST-65", kMust, "3.2", Emits, rules::mss_option_on_syn,
     "The MSS option is sent on SYNs only."},
    {"no-number-is-left-out", "3.4-no-number-is-left-out", kMust, "3.4", Emits, rules::no_gap,
     "No segment begins past SND.NXT: SYN and FIN count one, an octet one, a pure ACK none."},
    {"ack-not-beyond-received", "3.4-ack-is-cumulative", kMust, "3.4", Emits, rules::ack_not_beyond,
     "No ACK covers what did not reach the stack in order."},
    {"ack-never-goes-back", "3.4-ack-is-cumulative", kMust, "3.4", Emits, rules::ack_not_backwards,
     "No ACK falls behind one sent before, but on a retransmission."},
    {"iss-is-kept", "3.4.1-iss-is-kept", kMust, "3.4.1", Emits, rules::iss_kept,
     "A SYN that is sent again has the same sequence number."},
    {"syn-ack-acknowledges-a-syn", "3.5-three-way-handshake", kMust, "3.5", Emits,
     rules::syn_ack_acknowledges_syn, "The ACK on a SYN is one past the peer's SYN."},
    {"reset-draws-no-reset", "3.5.2-reset-draws-no-reset", kMust, "3.5.2", Emits,
     rules::reset_draws_no_reset, "A RST is never answered with a RST."},
    {"reset-takes-seg-ack", "3.5.2-reset-seq-is-seg-ack", kMust, "3.5.2", Emits,
     rules::reset_takes_seg_ack, "A RST that answers a segment with ACK has SEQ=SEG.ACK."},
    {"reset-acknowledges-segment", "3.5.2-reset-acks-seg-len", kMust, "3.5.2", Emits,
     rules::reset_acknowledges_segment,
     "A RST that answers a segment without ACK has SEQ=0 and ACK=SEG.SEQ+SEG.LEN."},
    {"reset-has-no-ack-bit", "3.5.2-reset-seq-is-seg-ack", kShould, "3.5.2", Emits,
     rules::reset_without_ack_bit, "A RST that answers a segment with ACK has no ACK bit."},
    {"reset-only-when-due", "3.5.2-synchronized-unacceptable-draws-ack-only", kMust, "3.5.2", Emits,
     rules::reset_only_when_due,
     "In a synchronized state no segment but a RST, and nothing but the user or a time-out, ends "
     "the connection."},
    {"only-resets-without-connection", "3.5.2-no-connection-draws-reset", kMust, "3.5.2", Emits,
     rules::only_resets_without_connection,
     "A stack without the connection sends nothing but a RST."},
    {"nothing-follows-the-fin", "3.6-nothing-follows-the-fin", kMust, "3.6", Emits,
     rules::nothing_after_fin, "No data is sent past the FIN, and the FIN keeps its number."},
    {"fin-needs-a-close", "3.6-fin-needs-a-close", kMust, "3.6", Emits, rules::fin_after_close,
     "A FIN is sent when the user has closed and not before."},
    {"mss-is-obeyed", "MUST-14", kMust, "3.7.1", Emits, rules::mss_obeyed,
     "No segment carries more data than the MSS that the peer's SYN offered."},
    {"default-mss-is-obeyed", "MUST-15", kMust, "3.7.1", Emits, rules::default_mss_obeyed,
     "Where the peer offered no MSS no segment carries more data than 536 octets (IPv6: 1220)."},
    {"options-count-against-mss", "MUST-16", kMust, "3.7.1", Emits,
     rules::options_count_against_mss, "Data and TCP options together stay within the MSS."},
    {"repeated-octets-are-the-same", "3.8.1-lost-segment-retransmitted", kMust, "3.8.1", Emits,
     rules::same_octets, "An octet that is sent again has the value that it had at first."},
    {"timeout-backs-off", "RFC6298-7", kMust, "5.5", Emits, rules::timeout_backs_off,
     "Each time that the retransmission timer fires for one segment it is set to twice as long."},
    {"first-timeout-is-a-second", "RFC6298-1", kShould, "2.1", Emits, rules::first_timeout,
     "Before a round trip was measured the RTO is at least 1 s."},
    {"timeout-is-at-least-a-second", "RFC6298-3", kShould, "2.4", Emits, rules::least_timeout,
     "An RTO below 1 s is rounded up to 1 s."},
    {"data-stays-in-the-window", "3.8.6-sender-stays-in-window", kMust, "3.8.6", Emits,
     rules::stays_in_window,
     "No data is sent past the right edge that the peer offered, but to probe a closed window."},
    {"nothing-new-in-a-shrunk-window", "SHLD-15", kShould, "3.8.6", Emits,
     rules::nothing_new_in_shrunk_window,
     "No new data is sent past a right edge that the peer has drawn back."},
    {"right-edge-is-kept", "SHLD-14", kShould, "3.8.6", Emits, rules::right_edge_kept,
     "The right edge of the window that the stack announces never moves back."},
    {"ack-is-rcv-nxt", "3.10.7.4-data-acknowledged", kMust, "3.10.7.4", Emits,
     rules::ack_is_rcv_nxt, "An ACK covers all that was received in order."},
    {"acknowledged-is-not-repeated", "3.10.7.4-ack-removes-from-queue", kMust, "3.10.7.4", Emits,
     rules::nothing_acknowledged_again, "What the peer has acknowledged is not sent again."},
    {"sack-permitted-only-on-syn", "RFC2018-1", kMust, "2", Emits, rules::sack_permitted_on_syn,
     "SACK-permitted is sent on SYNs only."},
    {"sack-only-where-permitted", "RFC2018-2", kMust, "4", Emits, rules::sack_where_permitted,
     "SACK blocks are sent only if the peer's SYN permitted them."},
    {"window-scale-only-where-offered", "RFC7323-1", kMust, "2.2", Emits,
     rules::window_scale_where_offered,
     "Window scale is sent on SYNs only, and on a SYN,ACK only if the SYN carried it."},
    {"shift-is-at-most-14", "RFC7323-17", kMust, "2.3", Emits, rules::shift_at_most_14,
     "The shift offered is at most 14."},
    {"timestamps-only-where-offered", "RFC7323-8", kMust, "3.2", Emits,
     rules::timestamps_where_offered, "Timestamps are sent only if the peer's SYN carried them."},
    {"timestamps-on-every-segment", "RFC7323-8", kMust, "3.2", Emits,
     rules::timestamps_on_every_segment,
     "Once both SYNs carried timestamps, every segment but a RST does."},

    {"syn-in-listen-draws-syn-ack", "3.10.7.2-syn-draws-syn-ack", kMust, "3.10.7.2", Quiet,
     rules::syn_draws_syn_ack, "A SYN for a port that somebody listens on draws a SYN,ACK."},
    {"fin-is-sent-again", "3.6-fin-retransmitted", kMust, "3.6", Quiet, rules::fin_retransmitted,
     "A FIN is sent again until it is acknowledged."},
    {"fin-in-time-wait-is-acknowledged", "3.10.7.4-time-wait-restarts-on-fin", kMust, "3.10.7.4",
     Quiet, rules::time_wait_fin_acknowledged,
     "The peer's FIN that comes again in TIME-WAIT is acknowledged."},
    {"syn-is-sent-again", "MUST-22", kMust, "3.8.3", Quiet, rules::syn_retransmitted,
     "A SYN is sent again until it is acknowledged."},
    {"data-is-sent-again", "3.8.1-lost-segment-retransmitted", kMust, "3.8.1", Quiet,
     rules::data_retransmitted, "Data is sent again until it is acknowledged."},
    {"ack-within-500ms", "MUST-40", kMust, "3.8.6.3", Quiet, rules::ack_not_delayed,
     "What was received in order is acknowledged within less than 0.5 s."},
    {"ack-every-second-segment", "SHLD-19", kShould, "3.8.6.3", Quiet,
     rules::ack_every_second_segment, "Two full segments of new data draw an ACK."},
    {"unacceptable-segment-draws-ack", "3.10.7.4-unacceptable-draws-ack", kMust, "3.10.7.4", Quiet,
     rules::unacceptable_draws_ack,
     "A segment outside the window draws an ACK, unless it is a RST."},
    {"out-of-order-draws-ack", "RFC5681-7", kShould, "4.2", Quiet, rules::ack_out_of_order,
     "A segment out of order draws an ACK at once."},
    {"gap-filler-draws-ack", "RFC5681-7", kShould, "4.2", Quiet, rules::ack_gap_filler,
     "A segment that fills a gap, or a part of one, draws an ACK at once."},

    {"reset-needs-a-reset", "MUST-12", kMust, "3.6", Answers, rules::reset_reported_after_reset,
     "The user is told of a reset only where a RST ended the connection."},
    {"end-of-stream-needs-a-fin", "MUST-12", kMust, "3.6", Answers, rules::end_of_stream_after_fin,
     "The user is told that the peer closed only after its FIN."},
    {"delivery-is-in-order", "3.10.7.4-data-delivered-in-order", kMust, "3.10.7.4", Answers,
     rules::delivered_in_order,
     "The user gets each octet that reached the stack once, in order and unchanged."},

    {"reset-outside-window-is-survived", "3.5.3-reset-outside-window-invalid", kMust, "3.5.3",
     SaysState, rules::reset_outside_window_survived,
     "A RST outside the window does not end the connection."},
    {"time-wait-lasts-two-msl", "MUST-13", kMust, "3.6.1", SaysState, rules::time_wait_lasts,
     "TIME-WAIT lasts 2 MSL."},
    {"syn-is-not-given-up", "MUST-23", kMust, "3.8.3", SaysState, rules::syn_not_given_up,
     "An active open goes on for at least 3 minutes."},
    {"state-follows-events", "3.3.2-state-follows-events", kMust, "3.3.2", SaysState,
     rules::state_follows_events, "The stack is in the state that segments and calls led it to."},
};

}  // namespace

std::span<const Rule> all_rules() { return kRules; }

std::span<const Rule> rules_of(Hook hook) {
  const auto of_hook = [hook](const Rule& rule) { return rule.hook == hook; };
  const auto first = std::ranges::find_if(kRules, of_hook);
  const auto last = std::find_if_not(first, std::end(kRules), of_hook);
  return {first, last};
}

}  // namespace tcprove::monitor
