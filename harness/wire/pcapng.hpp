#pragma once

#include <cstdint>
#include <ostream>
#include <string_view>

#include "harness/base/virtual_time.hpp"
#include "harness/wire/segment.hpp"

namespace tcprove::wire {

/// Writes a capture that Wireshark and tshark open: raw IP, nanosecond stamps, a comment where one
/// is given.
///
/// Times are virtual: they count from 1970-01-01, so that two runs give the same octets.
/// Lifetime: keeps `out`. Errors: those of the stream; check it after the last packet.
class PcapngWriter {
 public:
  /// Writes the section header (with `comment`, the scenario's id) and one interface.
  PcapngWriter(std::ostream& out, std::string_view comment);

  enum class Direction : std::uint8_t {
    ToStack = 1,
    FromStack = 2
  };  ///< In/outbound at the stack.

  void write(base::Instant at, Direction direction, Octets packet, std::string_view comment);

 private:
  std::ostream& out_;
};

}  // namespace tcprove::wire
