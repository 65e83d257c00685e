#include "harness/adapter/tun/arrivals.hpp"

#include <linux/if_packet.h>
#include <netinet/in.h>

#include "harness/wire/icmp.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::adapter::tun {

std::array<sock_filter, 23> arrivals(PortRange ours) {
  // Jumps are counted from the next line: how far to `take`, how far to `leave`.
  const std::uint32_t first = ours.first;
  const std::uint32_t last = ours.last;
  return {{
      BPF_STMT(BPF_LD | BPF_B | BPF_ABS, static_cast<std::uint32_t>(SKF_AD_OFF + SKF_AD_PKTTYPE)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PACKET_OUTGOING, 20, 0),
      BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 0),
      BPF_STMT(BPF_ALU | BPF_RSH | BPF_K, 4),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 6, 9, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 4, 0, 16),
      // IPv4: the protocol, and whether it is a fragment past the first.
      BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 9),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_ICMP, 13, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_TCP, 0, 13),
      BPF_STMT(BPF_LD | BPF_H | BPF_ABS, 6),
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x1fff, 10, 0),
      BPF_STMT(BPF_LDX | BPF_B | BPF_MSH, 0),
      BPF_STMT(BPF_LD | BPF_H | BPF_IND, 2),
      BPF_JUMP(BPF_JMP | BPF_JA, 5, 0, 0),
      // IPv6: extension headers are not walked over here.
      BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 6),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_UDP, 6, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_TCP, 0, 4),
      BPF_STMT(BPF_LD | BPF_H | BPF_ABS, 42),
      BPF_STMT(BPF_MISC | BPF_TAX, 0),
      // The destination port.
      BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, last, 2, 0),
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, first, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, UINT32_MAX),
      BPF_STMT(BPF_RET | BPF_K, 0),
  }};
}

bool is_about(const Place& place, PortRange ours, wire::Octets packet) {
  const wire::Packet read = wire::decode(packet);
  if (read.source != place.stack.address || read.destination != place.peer) return false;
  if (read.has_segment()) return ours.has(read.segment.destination_port);
  const auto icmp = wire::decode_icmp(packet);
  if (!icmp) return read.protocol == IPPROTO_TCP;
  const auto quoted = wire::quoted_segment(icmp->quoted);
  return quoted && ours.has(quoted->source.port);
}

}  // namespace tcprove::adapter::tun
