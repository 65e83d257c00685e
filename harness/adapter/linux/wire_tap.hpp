#pragma once

#include <optional>
#include <vector>

#include "harness/adapter/adapter.hpp"
#include "harness/adapter/linux/file_descriptor.hpp"
#include "harness/adapter/linux/play_clock.hpp"

namespace tcprove::adapter::linux {

/// Reads what the stack emits on a device, each packet with the instant at which the kernel handed
/// it to the device: however late this process is woken, that is exact.
class WireTap {
 public:
  std::optional<AdapterError> open(int device_index);

  /// The next packet, and when it was emitted; nothing where there is none by now.
  struct Packet {
    wire::Octets octets;  ///< Until the next call.
    base::Instant at;
  };
  std::optional<Packet> next(const PlayClock& clock);

  /// Waits until there is a packet, or for `d`.
  void wait(base::Duration d) const;

  /// Whether packets came faster than they were read, and are lost.
  [[nodiscard]] bool overflowed() const;

 private:
  FileDescriptor socket_;
  std::vector<std::uint8_t> buffer_;
};

}  // namespace tcprove::adapter::linux
