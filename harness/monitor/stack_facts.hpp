#pragma once

#include "harness/base/virtual_time.hpp"

namespace tcprove::monitor {

/// What the monitor must be told because no trace shows it. Which options a stack offers is not
/// here: its SYN says so.
struct StackFacts {
  base::Duration msl = std::chrono::minutes(2);  ///< TIME-WAIT lasts twice as long.
  bool challenge_ack = true;  ///< RFC 5961 is implemented: a RST in the window is challenged.
  bool virtual_clock = true;  ///< Times are exact, and a stack that settled has nothing left to do.
  bool errors_told =
      false;               ///< A call after a reset, refusal or time-out says which of them it was.
  bool fast_open = false;  ///< RFC 7413 is implemented,
  bool rack_tlp = false;   ///< and RFC 8985,
  bool hystart = false;    ///< and RFC 9406,
  bool source_route = false;    ///< and source routes reach TCP (RFC 9293 section 3.9.2.1).
  bool sack = false;            ///< RFC 2018 is implemented,
  bool ecn = false;             ///< and RFC 3168,
  bool timestamps = false;      ///< and RFC 7323's timestamps.
  bool error_reports = false;   ///< The user is told of soft errors (RFC 9293 section 3.9.1.8)
  bool urgent_receive = false;  ///< and of urgent data.
  bool user_seen = true;  ///< No application on the stack makes calls that the trace does not hold.

  /// The trace begins with a pristine stack and leaves out no packet and no call. A capture is not
  /// complete: what is missing in it proves nothing.
  bool complete = true;
};

}  // namespace tcprove::monitor
