#include "harness/monitor/rules.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor {
namespace {

using Section = std::span<const Rule> (*)();

constexpr Section kSections[] = {
    rules::section_3_1_header,
    rules::section_3_1_options,
    rules::section_3_2_mss_option,
    rules::section_3_4_acknowledgment,
    rules::section_3_4_sequence_space,
    rules::section_3_4_1_initial_numbers,
    rules::section_3_5_handshake,
    rules::section_3_5_2_reset_generation,
    rules::section_3_5_3_reset_processing,
    rules::section_3_6_close,
    rules::section_3_6_1_time_wait,
    rules::section_3_7_1_maximum_segment_size,
    rules::section_3_8_1_retransmission,
    rules::section_3_8_3_giving_up,
    rules::section_3_8_4_keep_alive,
    rules::section_3_8_5_urgent,
    rules::section_3_8_6_windows,
    rules::section_3_8_6_1_window_probe,
    rules::section_3_8_6_2_1_sender,
    rules::section_3_8_6_2_2_receiver,
    rules::section_3_8_6_3_acknowledging,
    rules::section_3_9_1_errors,
    rules::section_3_9_1_2_push,
    rules::section_3_9_1_8_reports,
    rules::section_3_9_1_9_differentiated_services,
    rules::section_3_9_2_ttl,
    rules::section_3_9_2_1_source_route,
    rules::section_3_10_1_open,
    rules::section_3_10_2_send,
    rules::section_3_10_3_receive,
    rules::section_3_10_4_close,
    rules::section_3_10_5_abort,
    rules::section_3_10_7_1_closed,
    rules::section_3_10_7_2_listen,
    rules::section_3_10_7_3_syn_sent,
    rules::section_3_10_7_4_arrivals,
    rules::section_3_10_7_4_second_reset,
    rules::section_3_10_7_4_fifth_ack,
    rules::rfc2018_blocks,
    rules::rfc2018_sack,
    rules::rfc3168_ecn,
    rules::rfc3168_marks,
    rules::rfc5482_user_timeout,
    rules::rfc5681_4_2_acks,
    rules::rfc5681_congestion,
    rules::rfc5961_challenges,
    rules::rfc6298_timer,
    rules::rfc7323_options,
    rules::rfc7323_timestamps,
    rules::rfc7413_fast_open,
    rules::rfc8985_rack_tlp,
    rules::rfc9406_hystart,
};

/// All rules by hook, and within one by section, so that those of a hook stand together.
class RuleBook {
 public:
  RuleBook() {
    for (const Section section : kSections)
      rules_.insert(rules_.end(), section().begin(), section().end());
    std::ranges::stable_sort(rules_, {}, &Rule::hook);
    for (std::size_t first = 0; first < rules_.size();) {
      const Hook hook = rules_[first].hook;
      std::size_t end = first + 1;
      while (end < rules_.size() && rules_[end].hook == hook) ++end;
      of_hook_.at(static_cast<std::size_t>(hook)) = std::span(rules_).subspan(first, end - first);
      first = end;
    }
  }

  [[nodiscard]] std::span<const Rule> all() const { return rules_; }
  [[nodiscard]] std::span<const Rule> of(Hook hook) const {
    return of_hook_[static_cast<std::size_t>(hook)];
  }

 private:
  std::vector<Rule> rules_;
  std::array<std::span<const Rule>, kHookCount> of_hook_;
};

const RuleBook& book() {
  static const RuleBook kBook;
  return kBook;
}

}  // namespace

std::span<const Rule> all_rules() { return book().all(); }

std::span<const Rule> rules_of(Hook hook) { return book().of(hook); }

}  // namespace tcprove::monitor
