#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "harness/plan/plan.hpp"
#include "harness/plan/plan_octets.hpp"

namespace tcprove::plan {

/// Whole classes of events that a plan does without: what always happens hides what follows from
/// its absence (swarm testing). A bit that is set switches a class off.
struct Swarm {
  std::uint8_t off = 0;

  enum Class : std::uint8_t {
    Broken = 0x01,    ///< Lies, and options with a wrong octet.
    Options = 0x02,   ///< Options on single segments.
    Wild = 0x04,      ///< Numbers far from the connection's own, and waits beyond seconds.
    Disorder = 0x08,  ///< Loss, duplication, reordering.
    Resets = 0x10,
    Syns = 0x20,
    Fins = 0x40,
    Calls = 0x80,  ///< User calls.
  };
  [[nodiscard]] bool has(Class what) const { return (off & what) == 0; }
};

/// What one record says; nothing where its class is switched off.
struct StepRecord {
  struct Segment {
    SegmentText text;
    bool joined = false;  ///< Sent together with the segment of the next record.
    /// When it arrives among those that it is sent with: by these keys, then in the order sent.
    std::optional<std::uint8_t> first_arrival{};
    std::optional<std::uint8_t> second_arrival{};
  };
  std::variant<std::monostate, Segment, Call, Wait> action;
  std::uint16_t connection = 0;
};

using StepOctets = std::array<std::uint8_t, kStepOctets>;

StepRecord step_of(const StepOctets& octets, Swarm swarm, std::size_t connections);

/// Whether octets stand for `record`; they are then appended.
bool append_record(const StepRecord& record, std::vector<std::uint8_t>& out);

}  // namespace tcprove::plan
