#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/adapter/kernel/file_descriptor.hpp"

namespace tcprove::adapter::tun {

/// The ports of our end of one play: a block that no other play has, in whatever process, and that
/// was not used for as long as there are others.
///
/// A block is held by a socket's name in the network namespace, so that nothing of it is left
/// behind, however a process ends.
class PeerPorts {
 public:
  static constexpr std::uint16_t kBlock = 32;
  static constexpr std::uint16_t kFirst = 1024;  ///< Those below are of services.

  /// Blocks are shared out by `link`, which names the wire.
  explicit PeerPorts(std::string link);

  /// Gives the block up and takes the next that is free; answers whether there was one.
  bool take_next();

  /// The port for the one that a plan calls `planned`, the same for the same; nothing where a plan
  /// has more than a block holds.
  std::optional<std::uint16_t> port_for(std::uint16_t planned);

  [[nodiscard]] std::uint16_t first() const { return first_; }

 private:
  [[nodiscard]] bool hold(std::uint32_t block);

  std::string link_;
  std::uint32_t block_;
  std::uint16_t first_ = 0;
  kernel::FileDescriptor held_;
  std::vector<std::uint16_t> planned_;
};

}  // namespace tcprove::adapter::tun
