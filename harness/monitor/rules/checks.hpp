#pragma once

#include "harness/monitor/rule.hpp"

namespace tcprove::monitor::rules {

// One function a rule; each stands in the file named after the section that it obeys. What it
// demands is said once, in the table of rules.cpp.

// 3_1_header.cpp
Verdict checksum(const Scene&);
Verdict data_offset(const Scene&);
Verdict reserved_bits(const Scene&);
Verdict ack_bit(const Scene&);

// 3_1_options.cpp
Verdict options_well_formed(const Scene&);
Verdict padding_zero(const Scene&);

// 3_2_mss_option.cpp
Verdict mss_option_on_syn(const Scene&);
Verdict mss_option_on_every_syn(const Scene&);

// 3_4_sequence_space.cpp
Verdict no_gap(const Scene&);
Verdict nothing_acknowledged_again(const Scene&);
Verdict iss_kept(const Scene&);

// 3_4_1_initial_numbers.cpp
Verdict iss_not_foretold(const Scene&);
Verdict iss_grows_with_time(const Scene&);

// 3_4_1_initial_numbers.cpp
Verdict iss_not_foretold(const Scene&);
Verdict iss_grows_with_time(const Scene&);

// 3_4_acknowledgment.cpp
Verdict ack_not_beyond(const Scene&);
Verdict ack_not_backwards(const Scene&);

// 3_5_handshake.cpp
Verdict syn_ack_acknowledges_syn(const Scene&);
Verdict syn_draws_syn_ack(const Scene&);

// 3_5_2_reset_generation.cpp
Verdict reset_draws_no_reset(const Scene&);
Verdict reset_takes_seg_ack(const Scene&);
Verdict reset_acknowledges_segment(const Scene&);
Verdict reset_without_ack_bit(const Scene&);
Verdict reset_only_when_due(const Scene&);
Verdict only_resets_without_connection(const Scene&);

// 3_5_3_reset_processing.cpp
Verdict reset_outside_window_survived(const Scene&);
Verdict reset_reported_after_reset(const Scene&);

// 3_6_close.cpp
Verdict nothing_after_fin(const Scene&);
Verdict fin_after_close(const Scene&);
Verdict fin_retransmitted(const Scene&);
Verdict end_of_stream_after_fin(const Scene&);

// 3_6_1_time_wait.cpp
Verdict time_wait_lasts(const Scene&);
Verdict time_wait_fin_acknowledged(const Scene&);
Verdict time_wait_restarts(const Scene&);
Verdict time_wait_ends(const Scene&);
Verdict time_wait_reopens_further(const Scene&);
Verdict time_wait_reopens_for_newer_syn(const Scene&);
Verdict time_wait_reopened(const Scene&);
Verdict time_wait_reopened_by_stamp(const Scene&);

// 3_7_1_maximum_segment_size.cpp
Verdict mss_obeyed(const Scene&);
Verdict default_mss_obeyed(const Scene&);
Verdict options_count_against_mss(const Scene&);

// 3_8_1_retransmission.cpp
Verdict same_octets(const Scene&);
Verdict data_retransmitted(const Scene&);
Verdict syn_retransmitted(const Scene&);
Verdict timeout_backs_off(const Scene&);
Verdict first_timeout(const Scene&);
Verdict least_timeout(const Scene&);

// 3_8_3_giving_up.cpp
Verdict syn_not_given_up(const Scene&);
Verdict data_not_given_up(const Scene&);
Verdict retransmission_ends(const Scene&);
Verdict user_timeout_ends(const Scene&);

// 3_8_4_keep_alive.cpp
Verdict keep_alive_off_by_default(const Scene&);
Verdict keep_alive_waits_two_hours(const Scene&);
Verdict keep_alive_ends(const Scene&);
Verdict keep_alive_waits(const Scene&);
Verdict keep_alive_idle(const Scene&);
Verdict keep_alive_comes(const Scene&);
Verdict keep_alive_unanswered(const Scene&);
Verdict keep_alive_empty(const Scene&);

// 3_8_5_urgent.cpp
Verdict urgent_pointer_past_its_octets(const Scene&);

// 3_8_6_windows.cpp
Verdict stays_in_window(const Scene&);
Verdict nothing_new_in_shrunk_window(const Scene&);
Verdict right_edge_kept(const Scene&);

// 3_8_6_1_window_probe.cpp
Verdict first_window_probe_waits(const Scene&);
Verdict window_probes_back_off(const Scene&);
Verdict probed_connection_stays_open(const Scene&);
Verdict closed_window_is_probed(const Scene&);

// 3_8_6_2_1_sender.cpp
Verdict sender_avoids_silly_windows(const Scene&);
Verdict full_segments_where_possible(const Scene&);
Verdict nagle(const Scene&);
Verdict queued_data_is_sent(const Scene&);
Verdict no_delay(const Scene&);

// 3_8_6_2_2_receiver.cpp
Verdict receiver_avoids_silly_windows(const Scene&);
Verdict window_told(const Scene&);

// 3_9_1_2_push.cpp
Verdict pushed(const Scene&);

// 3_8_6_3_acknowledging.cpp
Verdict ack_not_delayed(const Scene&);
Verdict ack_every_second_segment(const Scene&);
Verdict ack_out_of_order(const Scene&);
Verdict ack_gap_filler(const Scene&);

}  // namespace tcprove::monitor::rules
