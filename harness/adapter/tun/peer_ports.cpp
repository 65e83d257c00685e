#include "harness/adapter/tun/peer_ports.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <ctime>

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace tcprove::adapter::tun {
namespace {

constexpr std::uint32_t kBlocks = (65536U - PeerPorts::kFirst) / PeerPorts::kBlock;
/// More than plays begin in a second, so that a run does not begin with what the last one had.
constexpr std::uint32_t kBlocksASecond = 97;

}  // namespace

PeerPorts::PeerPorts(std::string link)
    : link_(std::move(link)),
      block_(static_cast<std::uint32_t>(static_cast<std::uint64_t>(time(nullptr)) * kBlocksASecond %
                                        kBlocks)) {}

bool PeerPorts::hold(std::uint32_t block) {
  const std::string name = fmt::format("tcprove {} {}", link_, block);
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  // Behind an octet of 0 stands a name that is in no file system.
  const std::size_t octets = std::min(name.size(), sizeof address.sun_path - 1);
  std::memcpy(&address.sun_path[1], name.data(), octets);
  kernel::FileDescriptor socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (bind(socket.get(), reinterpret_cast<const sockaddr*>(&address),
           static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + octets)) != 0) {
    return false;
  }
  held_ = std::move(socket);
  return true;
}

bool PeerPorts::take_next() {
  planned_.clear();
  held_ = kernel::FileDescriptor();
  for (std::uint32_t tries = 0; tries < kBlocks; ++tries) {
    block_ = (block_ + 1) % kBlocks;
    if (!hold(block_)) continue;
    first_ = static_cast<std::uint16_t>(kFirst + block_ * kBlock);
    return true;
  }
  return false;
}

std::optional<std::uint16_t> PeerPorts::port_for(std::uint16_t planned) {
  const auto known = std::ranges::find(planned_, planned);
  const auto index = static_cast<std::uint16_t>(known - planned_.begin());
  if (known == planned_.end()) planned_.push_back(planned);
  if (index >= kBlock) return std::nullopt;
  return static_cast<std::uint16_t>(first_ + index);
}

}  // namespace tcprove::adapter::tun
