#include "harness/adapter/kernel/wire_tap.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include <fmt/format.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

namespace tcprove::adapter::kernel {
namespace {

constexpr std::size_t kPacketOctetsMax = 1U << 16U;
/// Of packets that are not read yet, with the kernel's own bookkeeping.
constexpr int kQueueOctets = 16 << 20;

/// TP_STATUS_GSO_TCP, which older headers do not have.
constexpr std::uint32_t kMerged = 1U << 8U;

/// What the kernel tells beside a packet.
struct Told {
  timespec stamp{};
  tpacket_auxdata aux{};
};

Told told_beside(msghdr& message) {
  Told told;
  for (cmsghdr* c = CMSG_FIRSTHDR(&message); c != nullptr; c = CMSG_NXTHDR(&message, c)) {
    if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SO_TIMESTAMPNS) {
      std::memcpy(&told.stamp, CMSG_DATA(c), sizeof told.stamp);
    }
    if (c->cmsg_level == SOL_PACKET && c->cmsg_type == PACKET_AUXDATA) {
      std::memcpy(&told.aux, CMSG_DATA(c), sizeof told.aux);
    }
  }
  return told;
}

}  // namespace

PacketFilter leaving() {
  static constexpr std::array<sock_filter, 4> kFilter{{
      BPF_STMT(BPF_LD | BPF_B | BPF_ABS, static_cast<std::uint32_t>(SKF_AD_OFF + SKF_AD_PKTTYPE)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PACKET_OUTGOING, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, UINT32_MAX),
      BPF_STMT(BPF_RET | BPF_K, 0),
  }};
  return kFilter;
}

bool WireTap::set_filter(PacketFilter filter) const {
  const sock_fprog program{.len = static_cast<unsigned short>(filter.size()),
                           .filter = const_cast<sock_filter*>(filter.data())};
  return setsockopt(socket_.get(), SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) == 0;
}

std::optional<AdapterError> WireTap::open(int device_index, PacketFilter filter) {
  buffer_.resize(kPacketOctetsMax);
  socket_ = FileDescriptor(socket(AF_PACKET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const int on = 1;
  const sockaddr_ll where{
      .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = device_index};
  const bool open =
      socket_.is_open() && set_filter(filter) &&
      setsockopt(socket_.get(), SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on) == 0 &&
      setsockopt(socket_.get(), SOL_PACKET, PACKET_AUXDATA, &on, sizeof on) == 0 &&
      bind(socket_.get(), reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0;
  if (!open) return AdapterError{fmt::format("no packet socket: {}", std::strerror(errno))};
  // Where only the machine's root may have so much, the kernel's default has to do.
  setsockopt(socket_.get(), SOL_SOCKET, SO_RCVBUFFORCE, &kQueueOctets, sizeof kQueueOctets);
  return std::nullopt;
}

std::optional<WireTap::Packet> WireTap::next(const PlayClock& clock) {
  iovec place{.iov_base = buffer_.data(), .iov_len = buffer_.size()};
  alignas(cmsghdr) std::array<char, 128> control;
  msghdr message{.msg_iov = &place,
                 .msg_iovlen = 1,
                 .msg_control = control.data(),
                 .msg_controllen = control.size()};
  const ssize_t size = recvmsg(socket_.get(), &message, MSG_DONTWAIT);
  if (size <= 0) return std::nullopt;
  const Told told = told_beside(message);
  return Packet{.octets = wire::Octets(buffer_).first(static_cast<std::size_t>(size)),
                .at = clock.at(told.stamp),
                .merged = (told.aux.tp_status & kMerged) != 0,
                .unfinished = (told.aux.tp_status & TP_STATUS_CSUMNOTREADY) != 0};
}

void WireTap::wait(base::Duration d) const {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(d);
  const timespec until{.tv_sec = seconds.count(), .tv_nsec = (d - seconds).count()};
  pollfd polled{.fd = socket_.get(), .events = POLLIN, .revents = 0};
  ppoll(&polled, 1, &until, nullptr);
}

bool WireTap::overflowed() const {
  tpacket_stats stats{};
  socklen_t size = sizeof stats;
  getsockopt(socket_.get(), SOL_PACKET, PACKET_STATISTICS, &stats, &size);
  return stats.tp_drops > 0;
}

}  // namespace tcprove::adapter::kernel
