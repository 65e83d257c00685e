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
  std::uint16_t off = 0;

  enum Class : std::uint16_t {
    Broken = 0x01,    ///< Lies, and options with a wrong octet.
    Options = 0x02,   ///< Options on single segments.
    Wild = 0x04,      ///< Numbers far from the connection's own, and waits beyond seconds.
    Disorder = 0x08,  ///< Loss, duplication, reordering.
    Resets = 0x10,
    Syns = 0x20,
    Fins = 0x40,
    Calls = 0x80,  ///< User calls.
    Icmp = 0x100,
    Settings = 0x200,  ///< What a user sets, and asks whether it was told.
    Ecn = 0x400,
    IpFields = 0x800,  ///< Addresses that are not the connection's own, IP options, routes.
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
  std::variant<std::monostate, Segment, Call, Wait, SendIcmp> action;
  std::uint16_t connection = 0;
};

using StepOctets = std::array<std::uint8_t, kStepOctets>;

/// What of the plan a record depends on.
struct RecordContext {
  Swarm swarm;
  std::size_t connections = 1;
  wire::IpVersion ip = wire::IpVersion::V4;
};

StepRecord step_of(const StepOctets& octets, const RecordContext& context);

/// Whether octets stand for `record`; they are then appended.
bool append_record(const StepRecord& record, wire::IpVersion ip, std::vector<std::uint8_t>& out);

}  // namespace tcprove::plan
