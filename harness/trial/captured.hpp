#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/base/virtual_time.hpp"
#include "harness/monitor/stack_facts.hpp"
#include "harness/trace/trace.hpp"
#include "harness/wire/address.hpp"

namespace tcprove::trial {

/// Which side of a capture's connections is the stack.
struct StackSide {
  wire::IpAddress address;
  std::uint16_t port = 0;  ///< 0: any.
};

/// One connection of a capture as a trace; its clock begins with the capture.
struct CapturedConnection {
  trace::Trace trace;
  /// The stack's first segment there is a SYN, but for RSTs; else the capture begins amid it.
  bool begins = false;
};

/// What a capture holds.
struct Captured {
  std::vector<CapturedConnection>
      connections;                      ///< Of the stack, in the order of their first packet.
  std::vector<wire::Endpoint> sources;  ///< Of all segments, each once; a few.
  std::size_t frames = 0;
  std::size_t cut = 0;     ///< Frames of which the capture kept a part only; they are left out.
  std::size_t others = 0;  ///< Frames of no TCP, or of no connection of the stack's.
  std::string error;       ///< Where the file is broken, and how; what came before is there.
};

/// More connections are left out, with an error.
inline constexpr std::size_t kCapturedConnectionsMax = 10'000;

/// A frame that is stamped later than this after the first one counts as stamped so; no scenario
/// lasts longer either, and rules may multiply what lies between two frames.
inline constexpr base::Duration kCapturedSpanMax = std::chrono::hours(24) * 365 * 10;
/// So many are kept of Captured::sources.
inline constexpr std::size_t kSourcesMax = 8;

/// Reads a pcap or pcapng file. Without `stack` the side is the one whose frames the capture says
/// to be outbound; then frames without a direction are others. Any octets may come.
///
/// What the stack's own host leaves to its network card is done here: a checksum of the
/// pseudo-header alone is completed, and a segment with such a one is cut at the MSS.
Captured read_capture(wire::Octets file, const std::optional<StackSide>& stack);

/// What the monitor may assume of a capture: nothing that is missing, and no exact time.
monitor::StackFacts capture_facts();

}  // namespace tcprove::trial
