#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "harness/adapter/lwip/lwip_stack.hpp"

struct tcp_pcb;

namespace tcprove::adapter::lwip {

/// The cheapest driver of lwIP that we know: what the engine's speed is measured against.
///
/// No adapter, no outbox, no codec: prebuilt IPv4 packets with two fields patched, lwIP's raw API,
/// and an interface that reads two header fields of what comes out.
/// Lifetime: as Stack's; no adapter for lwIP may live beside it.
class BareCycle {
 public:
  BareCycle();

  /// Opens a connection to lwIP's listener, exchanges data, closes it, and sees its TCB gone:
  ///
  ///     peer                 stack
  ///      1   SYN         →
  ///      2               ←   SYN,ACK
  ///      3   ACK         →
  ///      4   data        →
  ///      5               ←   ACK           delayed: up to 250 ms of virtual time pass
  ///      6               ←   data
  ///      7   ACK         →
  ///      8   FIN,ACK     →
  ///      9               ←   ACK
  ///     10               ←   FIN,ACK
  ///     11   ACK         →
  ///
  /// Errors: false where lwIP emitted anything else; the object is then of no more use.
  bool run();

  static constexpr int kSegments = 11;
  static constexpr std::size_t kDataOctets = 100;  ///< In each of the two data segments.

 private:
  /// A packet of the peer's but for its acknowledgment number.
  struct Prebuilt {
    std::array<std::uint8_t, 40 + kDataOctets> octets{};
    std::size_t size = 0;
    std::uint16_t checksum = 0;  ///< With an acknowledgment number of 0.
  };

  /// What the stack emitted since the last look.
  struct Emitted {
    int packets = 0;
    std::uint8_t flags = 0;
    std::uint32_t seq = 0;
  };

  static Prebuilt build(std::uint8_t flags, std::uint32_t seq, std::size_t data_octets);
  void send(Prebuilt& packet, std::uint32_t ack);
  bool open();
  bool exchange();
  bool close();

  /// Whether just one segment came, with these flags; it is forgotten after that.
  bool came(std::uint8_t flags);

  Stack stack_;
  Outbox unused_;
  Emitted emitted_;
  tcp_pcb* connection_ = nullptr;
  std::uint32_t snd_nxt_ = 0;
  Prebuilt syn_, handshake_ack_, data_, data_ack_, fin_, last_ack_;
};

}  // namespace tcprove::adapter::lwip
