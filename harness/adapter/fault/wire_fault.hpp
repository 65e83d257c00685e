#pragma once

#include <span>

#include "harness/adapter/fault/passage.hpp"
#include "harness/adapter/named_fault.hpp"

namespace tcprove::adapter::fault {

/// What a fault does to one packet.
using Spoil = void (*)(Passage&);

/// A mistake made on the wire, whatever the stack behind it.
struct WireFault {
  NamedFault named;
  Spoil emission = nullptr;      ///< Of a packet from the stack to the peer; none: all pass.
  Spoil arrival = nullptr;       ///< Of a packet from the peer to the stack; none: all pass.
  bool broken_arrivals = false;  ///< Arrivals with a wrong checksum are spoiled, too.
};

// One table a family, in the order of `tcprove list faults`.
std::span<const WireFault> header_faults();
std::span<const WireFault> option_faults();
std::span<const WireFault> sequence_faults();
std::span<const WireFault> acknowledgment_faults();
std::span<const WireFault> window_faults();
std::span<const WireFault> retransmission_faults();
std::span<const WireFault> close_and_reset_faults();

/// All of them.
std::span<const WireFault> wire_faults();

/// Nothing where no fault has the name.
const WireFault* find_wire_fault(std::string_view name);

}  // namespace tcprove::adapter::fault
