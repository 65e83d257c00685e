#pragma once

#include <span>

#include "harness/adapter/reference/faults.hpp"

namespace tcprove::adapter::reference {

/// A mistake and what it is called.
struct FaultEntry {
  Fault fault{};
  NamedFault named;
};

/// Mistakes with the life of a connection: handshake, numbers, acknowledgments, close, resets.
std::span<const FaultEntry> connection_faults();

/// Mistakes with what a connection carries: retransmission, windows, options, congestion.
std::span<const FaultEntry> data_faults();

/// Mistakes with what lies beside the TCP header: the user's options, ICMP, the IP header.
std::span<const FaultEntry> faults_beside_tcp();

}  // namespace tcprove::adapter::reference
