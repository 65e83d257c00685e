#pragma once

#include <optional>

#include "harness/adapter/adapter.hpp"
#include "harness/adapter/kernel/file_descriptor.hpp"

namespace tcprove::adapter::linux {

/// The link between stack and peer: a TUN device, which carries IP packets.
class TunDevice {
 public:
  /// Makes the device in the process's network namespace, gives it the stack's address and brings
  /// it up; the peer is on the same subnet.
  std::optional<AdapterError> open(const wire::IpAddress& stack);

  /// Hands a packet to the stack, which has done all about it when this returns.
  void write(wire::Octets packet) const;

  /// Throws away what the stack emitted: the wire tap has it.
  void drain() const;

  [[nodiscard]] int index() const { return index_; }

 private:
  kernel::FileDescriptor file_;
  int index_ = 0;
};

}  // namespace tcprove::adapter::linux
