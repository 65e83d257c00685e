#pragma once

#include <cstdint>
#include <vector>

#include "harness/plan/plan.hpp"

namespace tcprove::plan {

/// How a generated plan may begin, so that the rest of it meets a connection and not a closed port.
enum class Opening : std::uint8_t {
  Nothing,
  Established,
  Listen,
  SynSent,  ///< A passive opener: LISTEN.
  SynReceived,
  FinWait1,
  FinWait2,
  CloseWait,
  Closing,
  LastAck,
  TimeWait,
  HalfClosed,     ///< FIN-WAIT-2 by shutdown: receiving goes on.
  SendQueueFull,  ///< ESTABLISHED, data sent and not acknowledged.
  WindowClosed,   ///< ESTABLISHED, data queued before a window of 0.
  GapReceived,    ///< ESTABLISHED, data received beyond a gap.
  TextUnread,     ///< ESTABLISHED, data received and not read.
};

inline constexpr std::size_t kOpeningCount = 16;

/// The stimuli of `opening`, on connection `connection`; user calls take any answer.
std::vector<Step> steps_of(Opening opening, Role role, std::uint16_t connection);

}  // namespace tcprove::plan
