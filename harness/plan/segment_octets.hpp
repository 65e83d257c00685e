#pragma once

#include "harness/plan/step_octets.hpp"

namespace tcprove::plan {

/// The segment that a record whose verb is a send stands for.
StepRecord::Segment segment_of(const StepOctets& octets, const RecordContext& context);

/// False where no octets stand for it.
bool put_segment(const StepRecord::Segment& segment, wire::IpVersion ip, StepOctets& octets);

}  // namespace tcprove::plan
