#pragma once

#include <optional>
#include <span>
#include <vector>

#include <linux/filter.h>

#include "harness/adapter/adapter.hpp"
#include "harness/adapter/kernel/file_descriptor.hpp"
#include "harness/adapter/kernel/play_clock.hpp"

namespace tcprove::adapter::kernel {

/// A program for the kernel's packet filter; it sees a packet from its IP header on.
using PacketFilter = std::span<const sock_filter>;

/// Takes what leaves by a device: what is handed to us by it passes a tap as well.
PacketFilter leaving();

/// Reads what passes a device, each packet with the instant at which the kernel had it: however
/// late this process is woken, that is exact.
class WireTap {
 public:
  std::optional<AdapterError> open(int device_index, PacketFilter filter);

  /// Takes only these from now on. What has come before stays.
  bool set_filter(PacketFilter filter) const;

  /// The next packet, and when it passed; nothing where there is none by now.
  struct Packet {
    wire::Octets octets;  ///< Until the next call.
    base::Instant at;
    bool merged = false;      ///< Several segments that some card or driver has made one.
    bool unfinished = false;  ///< Its sender leaves the checksum to a card that there is not.
  };
  std::optional<Packet> next(const PlayClock& clock);

  /// Waits until there is a packet, or for `d`.
  void wait(base::Duration d) const;

  [[nodiscard]] int file() const { return socket_.get(); }

  /// Whether packets came faster than they were read, and are lost.
  [[nodiscard]] bool overflowed() const;

 private:
  FileDescriptor socket_;
  std::vector<std::uint8_t> buffer_;
};

}  // namespace tcprove::adapter::kernel
