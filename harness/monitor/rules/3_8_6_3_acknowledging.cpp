#include <fmt/format.h>

#include "harness/monitor/rules/checks.hpp"

namespace tcprove::monitor::rules {

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

}  // namespace tcprove::monitor::rules
