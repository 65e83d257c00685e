#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "harness/wire/address.hpp"

namespace tcprove::adapter::slirp {

/// What a router does between libslirp and the wire, for the connections that its application
/// opens.
///
/// libslirp opens those from its gateway's address, which may not be the one where it takes
/// connections, and from a port that the host's kernel chooses: no two runs would be the same.
/// Checksums are corrected by what has changed (RFC 1624), so that a wrong one stays wrong.
class Translation {
 public:
  /// Forgets all. `outside` is the stack's address on the wire, `gateway` that of libslirp.
  void clear(const wire::IpAddress& outside, const wire::IpAddress& gateway);

  /// The next SYN that leaves from the gateway is that of a connection between these.
  void expect(std::uint16_t outside_port, const wire::Endpoint& peer);
  /// Whether that SYN has come; what is not expected any more is forgotten.
  bool has_come();

  /// libslirp has forgotten the connection: what comes for it may go to a listener again.
  void end(std::uint16_t outside_port, const wire::Endpoint& peer);

  /// Rewrites the source of a packet that libslirp has emitted.
  void outward(std::span<std::uint8_t> packet);
  /// Rewrites the destination of a packet from the wire, if it belongs to such a connection.
  void inward(std::span<std::uint8_t> packet) const;

 private:
  struct Entry {
    wire::Endpoint peer;
    std::uint16_t outside_port = 0;
    std::uint16_t inside_port = 0;  ///< 0 while it is not known.
    bool is_over = false;
  };

  Entry* learn(std::uint16_t inside_port, const wire::Endpoint& peer, bool is_syn);

  std::uint32_t outside_ = 0;
  std::uint32_t gateway_ = 0;
  std::vector<Entry> entries_;
  bool expects_ = false;  ///< The last entry waits for its SYN.
};

}  // namespace tcprove::adapter::slirp
