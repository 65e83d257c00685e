#pragma once

#include "harness/monitor/rule.hpp"

namespace tcprove::monitor::rules {

// As checks.hpp, for the rules of RFC 9293's companions.

// rfc2018_sack.cpp
Verdict sack_permitted_on_syn(const Scene&);
Verdict sack_where_permitted(const Scene&);
Verdict sack_sent(const Scene&);

// rfc2018_blocks.cpp
Verdict sack_blocks_tell_what_came(const Scene&);
Verdict first_sack_block_holds_trigger(const Scene&);
Verdict sack_on_every_ack(const Scene&);
Verdict sack_repeated(const Scene&);

// rfc3168_ecn.cpp
Verdict ecn_setup_answers_ecn_setup(const Scene&);
Verdict ecn_is_granted(const Scene&);
Verdict no_ect_on_syn(const Scene&);
Verdict ect_after_setup(const Scene&);
Verdict no_ect_on_acks_and_repeats(const Scene&);

// rfc3168_marks.cpp
Verdict marks_are_echoed(const Scene&);
Verdict echo_ends_with_cwr(const Scene&);
Verdict mark_outside(const Scene&);
Verdict cwr_follows_echo(const Scene&);
Verdict cwr_on_new_data_only(const Scene&);
Verdict echo_reduces_window(const Scene&);

// rfc5482_user_timeout.cpp
Verdict user_timeout_option_well_formed(const Scene&);

// rfc5681_congestion.cpp
Verdict initial_window(const Scene&);
Verdict initial_window_of_the_standard(const Scene&);
Verdict initial_window_after_lost_syns(const Scene&);
Verdict congestion_window(const Scene&);
Verdict restart_window(const Scene&);
Verdict loss_window(const Scene&);
Verdict fast_retransmission(const Scene&);
Verdict no_early_retransmission(const Scene&);

// rfc5681_4_2_acks.cpp
Verdict ack_has_a_cause(const Scene&);

// rfc5961_challenges.cpp
Verdict reset_challenged(const Scene&);
Verdict syn_challenged(const Scene&);
Verdict too_old_ack_challenged(const Scene&);
Verdict challenges_limited(const Scene&);

// rfc6298_timer.cpp
Verdict three_seconds_after_lost_syn(const Scene&);
Verdict back_off_outlasts_ambiguous_ack(const Scene&);
Verdict timer_restarts_on_new_ack(const Scene&);
Verdict timeout_bounded(const Scene&);

// rfc7323_options.cpp
Verdict window_scale_where_offered(const Scene&);
Verdict shift_at_most_14(const Scene&);
Verdict timestamps_where_offered(const Scene&);
Verdict timestamps_on_every_segment(const Scene&);

// rfc7323_timestamps.cpp
Verdict echo_is_recent(const Scene&);
Verdict echo_by_last_ack(const Scene&);
Verdict echo_zero_without_ack(const Scene&);
Verdict timestamp_monotone(const Scene&);
Verdict timestamp_clock_runs(const Scene&);
Verdict timestamp_clock_rate(const Scene&);
Verdict old_timestamp_dropped(const Scene&);
Verdict old_timestamp_draws_ack(const Scene&);
Verdict missing_timestamp_dropped(const Scene&);
Verdict reset_carries_timestamps(const Scene&);
Verdict reset_echoes(const Scene&);

// rfc7413_fast_open.cpp
Verdict fast_open_where_asked(const Scene&);
Verdict fast_open_cookie_well_formed(const Scene&);
Verdict syn_data_needs_granted_cookie(const Scene&);
Verdict fast_open_repeated_plainly(const Scene&);
Verdict fast_open_asks_first(const Scene&);
Verdict fast_open_keeps_cookie(const Scene&);
Verdict fast_open_rests_after_failure(const Scene&);

// rfc8985_rack_tlp.cpp
Verdict reordering_window_is_waited(const Scene&);
Verdict reordering_window_grows(const Scene&);
Verdict passed_segment_resent(const Scene&);
Verdict tail_loss_probe_sent(const Scene&);
Verdict one_tail_loss_probe(const Scene&);
Verdict repaired_tail_loss_reduces(const Scene&);

// rfc9406_hystart.cpp
Verdict slow_start_slows(const Scene&);
Verdict conservative_slow_start_ends(const Scene&);

}  // namespace tcprove::monitor::rules
