#pragma once

#include <ostream>

#include "harness/report/result.hpp"
#include "harness/report/style.hpp"

namespace tcprove::report {

/// What is most asked for, on one line: `profile: RTO 1s · ACKs up to 200ms late · …`; nothing
/// where nothing was measured.
void write_profile_line(std::ostream& out, const Profile& profile, const TextStyle& style);

/// All of it, a line a subject, and each scenario that leaves a choice with what was chosen.
void write_profile(std::ostream& out, const Profile& profile, const TextStyle& style);

}  // namespace tcprove::report
