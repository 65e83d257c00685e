#include "harness/adapter/linux/tun_device.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/ioctl.h>

#include "harness/adapter/kernel/socket_address.hpp"
#include "harness/adapter/linux/ipv6_address.hpp"

namespace tcprove::adapter::linux {
namespace {

constexpr char kName[] = "tcprove";
constexpr const char* kDevice = "/dev/net/tun";

AdapterError failed(std::string_view what) {
  return {fmt::format("{}: {}", what, std::strerror(errno))};
}

ifreq request() {
  ifreq named{};
  std::memcpy(static_cast<char*>(named.ifr_name), kName, sizeof kName);
  return named;
}

/// Sets and clears flags of the device `name`.
bool set_flags(int socket, ifreq named, short set, short clear) {
  if (ioctl(socket, SIOCGIFFLAGS, &named) != 0) return false;
  named.ifr_flags = static_cast<short>((named.ifr_flags | set) & ~clear);
  return ioctl(socket, SIOCSIFFLAGS, &named) == 0;
}

bool set_ipv4(int socket, unsigned long what, const wire::IpAddress& address) {
  ifreq named = request();
  const kernel::SocketAddress given = kernel::to_kernel({.address = address});
  std::memcpy(&named.ifr_addr, given.get(), sizeof named.ifr_addr);
  return ioctl(socket, what, &named) == 0;
}

/// A /24 with its broadcast address.
bool add_ipv4(int socket, wire::IpAddress address) {
  wire::IpAddress mask = address;
  mask.octets = {255, 255, 255};
  wire::IpAddress broadcast = address;
  broadcast.octets.at(3) = 255;
  return set_ipv4(socket, SIOCSIFADDR, address) && set_ipv4(socket, SIOCSIFNETMASK, mask) &&
         set_ipv4(socket, SIOCSIFBRDADDR, broadcast);
}

}  // namespace

std::optional<AdapterError> TunDevice::open(const wire::IpAddress& stack) {
  file_ = kernel::FileDescriptor(::open(kDevice, O_RDWR | O_NONBLOCK | O_CLOEXEC));
  if (!file_.is_open()) {
    return AdapterError{
        fmt::format("no TUN device: {}: {}; it takes the kernel's driver (modprobe tun), and leave "
                    "to open this",
                    kDevice, std::strerror(errno))};
  }
  ifreq named = request();
  named.ifr_flags = IFF_TUN | IFF_NO_PI;
  if (ioctl(file_.get(), TUNSETIFF, &named) != 0) return failed("no TUN device");
  const kernel::FileDescriptor socket(
      ::socket(kernel::family_of(stack.version), SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!socket.is_open()) return failed("no socket");
  if (ioctl(socket.get(), SIOCGIFINDEX, &named) != 0) return failed("no interface");
  index_ = named.ifr_ifindex;
  // A device without multicast reports no groups.
  if (!set_flags(socket.get(), request(), IFF_UP, IFF_MULTICAST)) return failed("interface down");
  ifreq loopback{};
  std::memcpy(static_cast<char*>(loopback.ifr_name), "lo", 3);
  if (!set_flags(socket.get(), loopback, IFF_UP, 0)) return failed("loopback down");
  if (stack.version == wire::IpVersion::V6) return add_ipv6_address(stack, index_);
  if (!add_ipv4(socket.get(), stack)) return failed(to_string(stack));
  return std::nullopt;
}

void TunDevice::write(wire::Octets packet) const {
  // What is no IP packet is refused here, as a network card's driver drops it.
  [[maybe_unused]] const ssize_t written = ::write(file_.get(), packet.data(), packet.size());
}

void TunDevice::drain() const {
  std::array<std::uint8_t, 1> scrap;
  while (read(file_.get(), scrap.data(), scrap.size()) > 0) {
  }
}

}  // namespace tcprove::adapter::linux
