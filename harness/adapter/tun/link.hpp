#pragma once

#include <optional>

#include "harness/adapter/kernel/play_clock.hpp"
#include "harness/adapter/kernel/wire_tap.hpp"
#include "harness/adapter/tun/arrivals.hpp"
#include "harness/adapter/tun/device.hpp"
#include "harness/adapter/tun/neighbours.hpp"
#include "harness/adapter/tun/place.hpp"

namespace tcprove::adapter::tun {

/// Our end of the wire that leads to a stack.
class Link {
 public:
  /// Finds the device and, on an Ethernet, the stack.
  ///
  /// Errors: what find_device() has, no permission, nobody there. Lifetime: keeps `place`.
  std::optional<AdapterError> open(const Place& place);

  /// Listens for what comes to `ours` from now on and forgets what came before.
  std::optional<AdapterError> listen_to(PortRange ours, const kernel::PlayClock& clock);

  /// Errors: it does not fit, or the device is gone.
  std::optional<AdapterError> send(wire::Octets packet) const;

  /// The stack's next packet to our ports; nothing where there is none by now. Lifetime: until the
  /// next call. Errors: what the kernel merged or lost is not what the stack sent.
  std::optional<kernel::WireTap::Packet> next(const kernel::PlayClock& clock,
                                              std::optional<AdapterError>& error);

  /// Waits until something has come, or for `d`; answers meanwhile who asks where the peer is.
  void wait(base::Duration d);

 private:
  const Place* place_ = nullptr;
  Device device_;
  PortRange ours_;
  kernel::FileDescriptor socket_;
  kernel::WireTap tap_;
  std::optional<Neighbours> neighbours_;  ///< On an Ethernet.
  Mac stack_mac_{};
  std::vector<std::uint8_t> finished_;
};

}  // namespace tcprove::adapter::tun
