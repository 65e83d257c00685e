#include <fmt/format.h>

#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

Verdict ack_not_delayed(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::AckOfData);
  if (!scene.overdue(duty)) return {};
  return Complaint{
      fmt::format("{} was not acknowledged within 500ms", words_of_peer_number(scene, duty.number)),
      duty.event};
}

Verdict ack_every_second_segment(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::AckOfSecondSegment);
  if (!scene.overdue(duty)) return {};
  return Complaint{fmt::format("two full segments, up to {}, drew no ACK",
                               words_of_peer_number(scene, duty.number)),
                   duty.event};
}

Verdict ack_out_of_order(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::AckOfOutOfOrder);
  if (!scene.overdue(duty)) return {};
  return Complaint{"a segment out of order drew no immediate ACK", duty.event};
}

Verdict ack_gap_filler(const Scene& scene) {
  const Duty& duty = scene.tcb.duties.of(Owed::AckOfGapFiller);
  if (!scene.overdue(duty)) return {};
  return Complaint{"a segment that fills a gap drew no immediate ACK", duty.event};
}

constexpr Rule kRules[] = {
    {"ack-within-500ms", "MUST-40", Must, "3.8.6.3", Overdue, ack_not_delayed,
     "What was received in order is acknowledged within less than 0.5 s."},
    {"ack-every-second-segment", "SHLD-19", Should, "3.8.6.3", Overdue, ack_every_second_segment,
     "Two full segments of new data draw an ACK."},
    {"out-of-order-draws-ack", "RFC5681-7", Should, "4.2", Overdue, ack_out_of_order,
     "A segment out of order draws an ACK at once."},
    {"gap-filler-draws-ack", "RFC5681-7", Should, "4.2", Overdue, ack_gap_filler,
     "A segment that fills a gap, or a part of one, draws an ACK at once."},
};

}  // namespace

std::span<const Rule> section_3_8_6_3_acknowledging() { return kRules; }

}  // namespace tcprove::monitor::rules
