#pragma once

#include <span>

#include "harness/monitor/rule.hpp"

namespace tcprove::monitor::rules {

using enum Level;
using enum Hook;

// One a file: what stands in a section of RFC 9293, in its order, and in the companion RFCs.
std::span<const Rule> section_3_1_header();
std::span<const Rule> section_3_1_options();
std::span<const Rule> section_3_2_mss_option();
std::span<const Rule> section_3_4_acknowledgment();
std::span<const Rule> section_3_4_sequence_space();
std::span<const Rule> section_3_4_1_initial_numbers();
std::span<const Rule> section_3_5_handshake();
std::span<const Rule> section_3_5_2_reset_generation();
std::span<const Rule> section_3_5_3_reset_processing();
std::span<const Rule> section_3_6_close();
std::span<const Rule> section_3_6_1_time_wait();
std::span<const Rule> section_3_7_1_maximum_segment_size();
std::span<const Rule> section_3_8_1_retransmission();
std::span<const Rule> section_3_8_3_giving_up();
std::span<const Rule> section_3_8_4_keep_alive();
std::span<const Rule> section_3_8_5_urgent();
std::span<const Rule> section_3_8_6_windows();
std::span<const Rule> section_3_8_6_1_window_probe();
std::span<const Rule> section_3_8_6_2_1_sender();
std::span<const Rule> section_3_8_6_2_2_receiver();
std::span<const Rule> section_3_8_6_3_acknowledging();
std::span<const Rule> section_3_9_1_errors();
std::span<const Rule> section_3_9_1_2_push();
std::span<const Rule> section_3_9_1_8_reports();
std::span<const Rule> section_3_9_1_9_differentiated_services();
std::span<const Rule> section_3_9_2_ttl();
std::span<const Rule> section_3_9_2_1_source_route();
std::span<const Rule> section_3_10_1_open();
std::span<const Rule> section_3_10_2_send();
std::span<const Rule> section_3_10_3_receive();
std::span<const Rule> section_3_10_4_close();
std::span<const Rule> section_3_10_5_abort();
std::span<const Rule> section_3_10_7_1_closed();
std::span<const Rule> section_3_10_7_2_listen();
std::span<const Rule> section_3_10_7_3_syn_sent();
std::span<const Rule> section_3_10_7_4_arrivals();
std::span<const Rule> section_3_10_7_4_second_reset();
std::span<const Rule> section_3_10_7_4_fifth_ack();
std::span<const Rule> rfc2018_blocks();
std::span<const Rule> rfc2018_sack();
std::span<const Rule> rfc3168_ecn();
std::span<const Rule> rfc3168_marks();
std::span<const Rule> rfc5482_user_timeout();
std::span<const Rule> rfc5681_4_2_acks();
std::span<const Rule> rfc5681_congestion();
std::span<const Rule> rfc5961_challenges();
std::span<const Rule> rfc6298_timer();
std::span<const Rule> rfc7323_options();
std::span<const Rule> rfc7323_timestamps();
std::span<const Rule> rfc7413_fast_open();
std::span<const Rule> rfc8985_rack_tlp();
std::span<const Rule> rfc9406_hystart();

}  // namespace tcprove::monitor::rules
