#include "harness/adapter/tun/link.hpp"

#include <array>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include "harness/wire/big_endian.hpp"
#include "harness/wire/checksum.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::adapter::tun {
namespace {

AdapterError refused(std::string_view device, int error) {
  const bool forbidden = error == EPERM || error == EACCES;
  return {fmt::format("{}: {}{}", device, std::strerror(error),
                      forbidden ? "; it takes root, or CAP_NET_RAW, to speak on a link" : "")};
}

/// Writes the checksum that the sender left to a card; `packet` holds a segment.
void finish(std::vector<std::uint8_t>& packet) {
  constexpr std::size_t kChecksum = 16;
  const wire::Packet read = wire::decode(packet);
  const std::size_t header = wire::kTcpHeaderOctets + read.segment.options.size();
  const std::size_t tcp = header + read.segment.payload.size();
  if (!read.has_segment() || read.flaws.has(wire::Flaw::IpLengthLies) || tcp > packet.size()) {
    return;
  }
  const std::span<std::uint8_t> segment = std::span(packet).last(tcp);
  wire::store16(&segment[kChecksum], 0);
  wire::store16(&segment[kChecksum], wire::tcp_checksum(read.source, read.destination, segment));
}

}  // namespace

std::optional<AdapterError> Link::open(const Place& place) {
  place_ = &place;
  auto found = find_device(place);
  if (!found) return found.error();
  device_ = found.value();
  socket_ = kernel::FileDescriptor(socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!socket_.is_open()) return refused(place.device, errno);
  if (auto error = tap_.open(device_.index, arrivals(ours_))) return error;
  if (!device_.is_ethernet) return std::nullopt;
  neighbours_.emplace(place, device_);
  if (auto error = neighbours_->open()) return error;
  auto mac = neighbours_->find_stack();
  if (!mac) return mac.error();
  stack_mac_ = mac.value();
  return std::nullopt;
}

std::optional<AdapterError> Link::listen_to(PortRange ours, const kernel::PlayClock& clock) {
  ours_ = ours;
  if (!tap_.set_filter(arrivals(ours))) return refused(place_->device, errno);
  while (tap_.next(clock)) {
  }
  return std::nullopt;
}

std::optional<AdapterError> Link::send(wire::Octets packet) const {
  if (packet.size() > device_.octets_max) {
    return AdapterError{.message = fmt::format("{} carries packets of at most {} octets, not of {}",
                                               place_->device, device_.octets_max, packet.size()),
                        .out_of_reach = true};
  }
  const bool v4 = place_->peer.version == wire::IpVersion::V4;
  sockaddr_ll where{.sll_family = AF_PACKET,
                    .sll_protocol = htons(v4 ? ETH_P_IP : ETH_P_IPV6),
                    .sll_ifindex = device_.index,
                    .sll_halen = static_cast<unsigned char>(stack_mac_.size())};
  std::memcpy(&where.sll_addr, stack_mac_.data(), stack_mac_.size());
  const ssize_t sent = sendto(socket_.get(), packet.data(), packet.size(), 0,
                              reinterpret_cast<const sockaddr*>(&where), sizeof where);
  // What is shorter than any header the kernel may refuse, as a card does.
  if (sent >= 0 || packet.size() < wire::kIpv4HeaderOctets) return std::nullopt;
  return refused(place_->device, errno);
}

std::optional<kernel::WireTap::Packet> Link::next(const kernel::PlayClock& clock,
                                                  std::optional<AdapterError>& error) {
  if (neighbours_) {
    if (const auto mac = neighbours_->answer()) stack_mac_ = *mac;
  }
  while (auto packet = tap_.next(clock)) {
    if (!is_about(*place_, ours_, packet->octets)) continue;
    if (packet->merged) {
      error = AdapterError{fmt::format(
          "segments came merged by a driver: ethtool -K {} gro off lro off, and tso off gso off "
          "at the other end where that is virtual too",
          place_->device)};
    }
    if (packet->unfinished) {
      finished_.assign(packet->octets.begin(), packet->octets.end());
      finish(finished_);
      packet->octets = finished_;
    }
    return packet;
  }
  if (tap_.overflowed()) error = AdapterError{"the stack emitted faster than it was read"};
  return std::nullopt;
}

void Link::wait(base::Duration d) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(d);
  const timespec until{.tv_sec = seconds.count(), .tv_nsec = (d - seconds).count()};
  std::array<pollfd, 2> polled{
      {{.fd = tap_.file(), .events = POLLIN, .revents = 0},
       {.fd = neighbours_ ? neighbours_->file() : -1, .events = POLLIN, .revents = 0}}};
  ppoll(polled.data(), polled.size(), &until, nullptr);
}

}  // namespace tcprove::adapter::tun
