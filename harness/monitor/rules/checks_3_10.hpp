#pragma once

#include "harness/monitor/rule.hpp"

namespace tcprove::monitor::rules {

// As checks.hpp, for what section 3.10 says call by call and segment by segment.

// 3_9_2_1_source_route.cpp
Verdict own_source_route_taken(const Scene&);
Verdict own_source_route_wins(const Scene&);
Verdict return_route_taken(const Scene&);
Verdict later_source_route_taken(const Scene&);

// 3_9_1_8_reports.cpp
Verdict trouble_told(const Scene&);
Verdict soft_error_told(const Scene&);
Verdict error_here(const Scene&);
Verdict reports_end(const Scene&);
Verdict urgent_told(const Scene&);
Verdict urgent_pending(const Scene&);
Verdict hard_error(const Scene&);

// 3_9_1_9_differentiated_services.cpp
Verdict dscp_kept(const Scene&);
Verdict dscp_changed(const Scene&);

// 3_9_2_ttl.cpp
Verdict ttl_is_the_users(const Scene&);

// 3_9_1_errors.cpp
Verdict refused_truly(const Scene&);
Verdict timed_out_truly(const Scene&);
Verdict accepted_after_handshake(const Scene&);

// 3_10_1_open.cpp
Verdict listen_succeeds(const Scene&);
Verdict open_succeeds_without_connection(const Scene&);
Verdict syn_needs_open(const Scene&);

// 3_10_2_send.cpp
Verdict send_fails_after_close(const Scene&);
Verdict send_fails_without_connection(const Scene&);
Verdict send_succeeds_while_open(const Scene&);
Verdict octets_are_the_users(const Scene&);

// 3_10_3_receive.cpp
Verdict receive_gets_what_is_there(const Scene&);
Verdict end_of_stream_after_data(const Scene&);
Verdict end_of_stream_told(const Scene&);
Verdict reset_told(const Scene&);

// 3_10_4_close.cpp
Verdict close_sends_fin(const Scene&);
Verdict fin_follows_data(const Scene&);
Verdict close_succeeds(const Scene&);

// 3_10_5_abort.cpp
Verdict abort_sends_reset(const Scene&);
Verdict abort_succeeds(const Scene&);

// 3_10_7_1_closed.cpp
Verdict closed_draws_reset(const Scene&);
Verdict syn_ack_needs_listener(const Scene&);

// 3_10_7_2_listen.cpp
Verdict listen_draws_reset(const Scene&);
Verdict listen_drops_others(const Scene&);

// 3_10_7_3_syn_sent.cpp
Verdict syn_sent_bad_ack_draws_reset(const Scene&);
Verdict syn_sent_syn_draws_syn_ack(const Scene&);
Verdict syn_sent_emits_only_syns(const Scene&);

// 3_10_7_4_arrivals.cpp
Verdict unacceptable_draws_ack(const Scene&);
Verdict ack_is_rcv_nxt(const Scene&);
Verdict delivered_in_order(const Scene&);
Verdict state_follows_events(const Scene&);
Verdict outside_not_taken(const Scene&);
Verdict state_moves_with_events(const Scene&);

// 3_10_7_4_second_reset.cpp
Verdict exact_reset_ends(const Scene&);
Verdict unacceptable_reset_dropped(const Scene&);

// 3_10_7_4_fifth_ack.cpp
Verdict syn_received_bad_ack_draws_reset(const Scene&);
Verdict syn_received_keeps_from_reset(const Scene&);
Verdict ack_of_unsent_draws_ack(const Scene&);
Verdict without_ack_dropped(const Scene&);
Verdict last_ack_silent(const Scene&);
Verdict bare_acks_draw_nothing(const Scene&);
Verdict time_wait_keeps_from_storm(const Scene&);

}  // namespace tcprove::monitor::rules
