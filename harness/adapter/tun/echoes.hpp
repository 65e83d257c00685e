#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "harness/tcp/user_call.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::adapter::tun {

/// What an echo service has received, as far as it has sent it back: so its user can be asked.
class Echoes {
 public:
  void clear() { connections_.clear(); }

  void note_emission(const wire::Packet& packet);

  /// Takes a connection on which something came back: that its service has it shows by nothing
  /// else. Unsupported where there is no more of these.
  tcp::CallResult accept();

  /// Takes octets that came back, or their end where all came back and the peer's FIN was taken;
  /// Unsupported where there is nothing of either: the service may be slow, or have given up.
  tcp::CallResult receive(tcp::Handle handle, std::span<std::uint8_t> buffer);

 private:
  struct Connection {
    wire::FourTuple tuple;
    wire::SeqNum iss;
    wire::SeqNum irs;
    wire::SeqLen acknowledged = 0;     ///< Of the peer's octets, its FIN among them.
    std::vector<std::uint8_t> octets;  ///< From the first one on.
    std::size_t taken = 0;
    bool ended = false;
    bool accepted = false;
  };
  std::vector<Connection> connections_;
};

}  // namespace tcprove::adapter::tun
