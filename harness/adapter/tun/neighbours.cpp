#include "harness/adapter/tun/neighbours.hpp"

#include <array>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

namespace tcprove::adapter::tun {
namespace {

constexpr int kQuestionsMax = 3;
constexpr int kAnswerMs = 1000;

std::uint16_t protocol_of(wire::IpVersion ip) {
  return htons(ip == wire::IpVersion::V4 ? ETH_P_ARP : ETH_P_IPV6);
}

/// Of IPv6 the solicitations and advertisements alone.
bool take_discovery_alone(int socket) {
  std::array<sock_filter, 7> filter{{
      BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 6),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_ICMPV6, 0, 4),
      BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 40),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 135, 1, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 136, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, UINT32_MAX),
      BPF_STMT(BPF_RET | BPF_K, 0),
  }};
  const sock_fprog program{.len = filter.size(), .filter = filter.data()};
  return setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) == 0;
}

}  // namespace

std::optional<AdapterError> Neighbours::open() {
  const wire::IpVersion ip = place_.peer.version;
  socket_ = kernel::FileDescriptor(socket(AF_PACKET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  // Questions for the peer go to a group that no address of our own is in.
  const packet_mreq groups{
      .mr_ifindex = device_.index, .mr_type = PACKET_MR_ALLMULTI, .mr_alen = 0, .mr_address = {}};
  const sockaddr_ll where{
      .sll_family = AF_PACKET, .sll_protocol = protocol_of(ip), .sll_ifindex = device_.index};
  const bool open =
      socket_.is_open() && (ip == wire::IpVersion::V4 || take_discovery_alone(socket_.get())) &&
      setsockopt(socket_.get(), SOL_PACKET, PACKET_ADD_MEMBERSHIP, &groups, sizeof groups) == 0 &&
      bind(socket_.get(), reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0;
  if (open) return std::nullopt;
  return AdapterError{fmt::format("no packet socket: {}", std::strerror(errno))};
}

void Neighbours::send(wire::Octets message, const Mac& to) const {
  sockaddr_ll where{.sll_family = AF_PACKET,
                    .sll_protocol = protocol_of(place_.peer.version),
                    .sll_ifindex = device_.index,
                    .sll_halen = static_cast<unsigned char>(to.size())};
  std::memcpy(&where.sll_addr, to.data(), to.size());
  sendto(socket_.get(), message.data(), message.size(), 0,
         reinterpret_cast<const sockaddr*>(&where), sizeof where);
}

std::optional<Mac> Neighbours::answer() const {
  std::optional<Mac> stack;
  std::array<std::uint8_t, 256> buffer;
  sockaddr_ll from{};
  socklen_t size = sizeof from;
  for (;;) {
    const ssize_t got = recvfrom(socket_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT,
                                 reinterpret_cast<sockaddr*>(&from), &size);
    if (got < 0) return stack;
    if (from.sll_pkttype == PACKET_OUTGOING) continue;
    const auto read = read_neighbour_message(
        place_.peer.version, wire::Octets(buffer).first(static_cast<std::size_t>(got)));
    if (!read || !read->mac) continue;
    if (read->sender == place_.stack.address || read->target == place_.stack.address) {
      if (!read->asks || read->sender == place_.stack.address) stack = read->mac;
    }
    if (read->asks && read->target == place_.peer) {
      send(neighbour_answer(place_.peer, device_.mac, *read), *read->mac);
    }
  }
}

base::Result<Mac, AdapterError> Neighbours::find_stack() {
  const auto question = neighbour_question(place_.peer, device_.mac, place_.stack.address);
  for (int i = 0; i < kQuestionsMax; ++i) {
    send(question, group_of(place_.stack.address));
    pollfd polled{.fd = socket_.get(), .events = POLLIN, .revents = 0};
    while (poll(&polled, 1, kAnswerMs) > 0) {
      if (const auto mac = answer()) return *mac;
    }
  }
  return AdapterError{fmt::format("nobody on {} has the address {}", place_.device,
                                  to_string(place_.stack.address))};
}

}  // namespace tcprove::adapter::tun
