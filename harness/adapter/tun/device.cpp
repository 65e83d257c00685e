#include "harness/adapter/tun/device.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>

#include <fmt/format.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <sys/ioctl.h>

#include "harness/adapter/kernel/file_descriptor.hpp"
#include "harness/adapter/kernel/socket_address.hpp"

namespace tcprove::adapter::tun {
namespace {

/// ARPHRD_NONE of <linux/if_arp.h>, which <net/if_arp.h> is at odds with.
constexpr unsigned short kNoLinkLayer = 0xfffe;

bool is_ours(const wire::IpAddress& address) {
  const kernel::FileDescriptor socket(
      ::socket(kernel::family_of(address.version), SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const kernel::SocketAddress given = kernel::to_kernel({.address = address});
  return bind(socket.get(), given.get(), given.size) == 0;
}

bool forwards(const Place& place) {
  const bool v4 = place.peer.version == wire::IpVersion::V4;
  std::ifstream file(
      fmt::format("/proc/sys/net/{}/conf/{}/forwarding", v4 ? "ipv4" : "ipv6", place.device));
  int on = 0;
  return file >> on && on != 0;
}

/// What stands against playing there although there is such a device.
std::optional<std::string> obstacle(const Place& place) {
  if (is_ours(place.stack.address)) {
    return fmt::format("stack={} is this machine itself; --target linux judges its kernel",
                       to_string(place.stack.address));
  }
  if (is_ours(place.peer)) {
    return fmt::format(
        "peer={} is this machine's own address, so that its kernel would answer "
        "the stack as well; give one of that network that nobody has",
        to_string(place.peer));
  }
  if (!forwards(place)) return std::nullopt;
  return fmt::format(
      "this machine forwards what it gets by {0}: sysctl net.{1}.conf.{0}.forwarding=0",
      place.device, place.peer.version == wire::IpVersion::V4 ? "ipv4" : "ipv6");
}

}  // namespace

base::Result<Device, AdapterError> find_device(const Place& place) {
  const std::string& name = place.device;
  const kernel::FileDescriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  ifreq asked{};
  std::memcpy(static_cast<char*>(asked.ifr_name), name.data(), name.size());
  Device device;
  if (ioctl(socket.get(), SIOCGIFINDEX, &asked) != 0) {
    return AdapterError{fmt::format("there is no network device {}", name)};
  }
  device.index = asked.ifr_ifindex;
  if (ioctl(socket.get(), SIOCGIFFLAGS, &asked) != 0) {
    return AdapterError{fmt::format("{}: {}", name, std::strerror(errno))};
  }
  const int flags = asked.ifr_flags;
  if ((flags & IFF_LOOPBACK) != 0) {
    return AdapterError{
        fmt::format("{} leads to this machine itself; --target linux judges its kernel", name)};
  }
  if ((flags & IFF_UP) == 0) {
    return AdapterError{fmt::format("{0} is down: ip link set {0} up", name)};
  }
  if ((flags & IFF_RUNNING) == 0) {
    return AdapterError{fmt::format("nobody is at the other end of {}", name)};
  }
  if (ioctl(socket.get(), SIOCGIFMTU, &asked) == 0) {
    device.octets_max = static_cast<std::size_t>(asked.ifr_mtu);
  }
  if (ioctl(socket.get(), SIOCGIFHWADDR, &asked) != 0) {
    return AdapterError{fmt::format("{}: {}", name, std::strerror(errno))};
  }
  device.is_ethernet = asked.ifr_hwaddr.sa_family == ARPHRD_ETHER;
  std::copy_n(static_cast<const char*>(asked.ifr_hwaddr.sa_data), device.mac.size(),
              device.mac.begin());
  if (!device.is_ethernet && asked.ifr_hwaddr.sa_family != kNoLinkLayer) {
    return AdapterError{
        fmt::format("{} is neither a TUN device nor an Ethernet, TAP or veth one (its kind is {})",
                    name, asked.ifr_hwaddr.sa_family)};
  }
  if (auto stands = obstacle(place)) return AdapterError{std::move(*stands)};
  return device;
}

}  // namespace tcprove::adapter::tun
