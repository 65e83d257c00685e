#pragma once

#include "harness/monitor/rule.hpp"

namespace tcprove::monitor::rules {

/// Whether the segment comes because of a RST that was to be dropped or to end the connection.
bool answers_silent_reset(const Scene& scene);

}  // namespace tcprove::monitor::rules
