#pragma once

#include <optional>

#include "harness/adapter/kernel/file_descriptor.hpp"
#include "harness/adapter/tun/device.hpp"
#include "harness/adapter/tun/neighbour_message.hpp"

namespace tcprove::adapter::tun {

/// Finds the stack on an Ethernet, and tells it where the peer is, which no kernel does.
class Neighbours {
 public:
  /// Lifetime: keeps `place` and `device`.
  Neighbours(const Place& place, const Device& device) : place_(place), device_(device) {}

  std::optional<AdapterError> open();

  /// Asks for the stack until it answers.
  ///
  /// Errors: it does not.
  base::Result<Mac, AdapterError> find_stack();

  /// Answers all who have asked for the peer by now; the stack's own address where it was told.
  std::optional<Mac> answer() const;

  /// Readable when somebody speaks.
  [[nodiscard]] int file() const { return socket_.get(); }

 private:
  void send(wire::Octets message, const Mac& to) const;

  const Place& place_;
  const Device& device_;
  kernel::FileDescriptor socket_;
};

}  // namespace tcprove::adapter::tun
