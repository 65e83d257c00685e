#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/wire/address.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::adapter::reference {

/// What turns a segment's line into a packet and back, for Exchange.
class ExchangeNumbers {
 public:
  ExchangeNumbers() { set_ip(wire::IpVersion::V4); }

  wire::FourTuple tuple;
  wire::SeqNum stack_iss = wire::SeqNum(1000);
  wire::SeqNum peer_iss = wire::SeqNum(5000);
  bool show_wnd = false;
  bool show_options = false;
  bool show_ip = false;

  void set_ip(wire::IpVersion version);

  /// The packet that a peer's segment line describes.
  std::vector<std::uint8_t> encode(const std::string& line);

  /// The packet with an ICMP error about the stack's segment at `seq=`: `net-unreachable seq=1`.
  std::vector<std::uint8_t> encode_icmp(const std::string& line);

  /// The line that describes the stack's packet.
  [[nodiscard]] std::string describe(wire::Octets packet) const;

 private:
  std::vector<std::uint8_t> packet_;
};

}  // namespace tcprove::adapter::reference
