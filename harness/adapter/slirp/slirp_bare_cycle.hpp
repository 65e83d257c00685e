#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "harness/adapter/slirp/slirp_door.hpp"
#include "harness/adapter/slirp/slirp_stack.hpp"

namespace tcprove::adapter::slirp {

/// A cheap driver of libslirp: what the harness's cost is measured against.
///
/// No adapter, no engine: a packet built once for each of the peer's six segments, one AF_UNIX
/// socket as the application, and two header fields read of what comes out. With a pristine library
/// each time. Lifetime: as Stack's.
class BareCycle final : public HostSockets {
 public:
  BareCycle();

  /// Plays harness/benchmark/connection_cycle.yaml: a handshake, 100 octets each way, both FINs.
  /// Errors: false where libslirp emitted anything else; the object is then of no more use.
  bool run();

  void opened(int descriptor) override;
  void closing(int) override {}

 private:
  bool exchange();
  bool close();
  /// Sends a segment of the peer's and lets libslirp do what it does.
  void send(std::uint8_t ctl, std::uint32_t seq, std::size_t octets);
  /// Whether just one segment came, with these control bits; it is forgotten after that.
  bool came(std::uint8_t ctl);

  Door door_;
  File end_;
  Outbox outbox_;
  Stack stack_{*this, outbox_};
  std::array<std::uint8_t, 140> packet_{};
  std::uint32_t rcv_nxt_ = 0;
};

}  // namespace tcprove::adapter::slirp
