#include "harness/adapter/lwip/lwip_bare_cycle.hpp"

#include <algorithm>
#include <cstring>

#include <lwip/inet_chksum.h>
#include <lwip/netif.h>
#include <lwip/priv/tcp_priv.h>
#include <lwip/prot/ip.h>
#include <lwip/prot/ip4.h>
#include <lwip/prot/tcp.h>
#include <lwip/tcp.h>

#include "harness/adapter/lwip/lwip_address.hpp"
#include "harness/base/check.hpp"

namespace tcprove::adapter::lwip {
namespace {

constexpr wire::IpAddress kStack{.version = wire::IpVersion::V4, .octets = {192, 0, 2, 1}};
constexpr wire::IpAddress kPeer{.version = wire::IpVersion::V4, .octets = {192, 0, 2, 2}};
constexpr u16_t kStackPort = 7;
constexpr u16_t kPeerPort = 40000;
constexpr u32_t kPeerIss = 1'000'000;
constexpr std::array<std::uint8_t, BareCycle::kDataOctets> kData{};

err_t on_receive(void*, tcp_pcb* pcb, pbuf* buffers, err_t) {
  if (buffers == nullptr) return ERR_OK;
  tcp_recved(pcb, buffers->tot_len);
  pbuf_free(buffers);
  return ERR_OK;
}

err_t on_accept(void* connection, tcp_pcb* accepted, err_t) {
  *static_cast<tcp_pcb**>(connection) = accepted;
  tcp_recv(accepted, on_receive);
  return ERR_OK;
}

/// The TCP checksum of a packet whose own field is 0, as it stands in memory.
u16_t checksum_of(std::span<const std::uint8_t> packet) {
  const u16_t tcp_octets = static_cast<u16_t>(packet.size() - IP_HLEN);
  std::array<std::uint8_t, 12 + 20 + BareCycle::kDataOctets> summed{};
  std::ranges::copy(packet.subspan(12, 8), summed.begin());  // both addresses
  summed[9] = IP_PROTO_TCP;
  summed[11] = static_cast<std::uint8_t>(tcp_octets);
  std::ranges::copy(packet.subspan(IP_HLEN), summed.begin() + 12);
  return inet_chksum(summed.data(), static_cast<u16_t>(12 + tcp_octets));
}

}  // namespace

BareCycle::BareCycle()
    : syn_(build(TCP_SYN, kPeerIss, 0)),
      handshake_ack_(build(TCP_ACK, kPeerIss + 1, 0)),
      data_(build(TCP_ACK | TCP_PSH, kPeerIss + 1, kDataOctets)),
      data_ack_(build(TCP_ACK, kPeerIss + 1 + kDataOctets, 0)),
      fin_(build(TCP_ACK | TCP_FIN, kPeerIss + 1 + kDataOctets, 0)),
      last_ack_(build(TCP_ACK, kPeerIss + 2 + kDataOctets, 0)) {
  stack_.boot({.seed = 1, .ip = wire::IpVersion::V4, .stack = kStack, .peer = kPeer}, unused_);
  netif_default->state = &emitted_;
  netif_default->output = [](netif* from, pbuf* packet, const ip4_addr_t*) -> err_t {
    auto& emitted = *static_cast<Emitted*>(from->state);
    const auto* header = static_cast<const std::uint8_t*>(packet->payload) + IP_HLEN;
    ++emitted.packets;
    emitted.flags = header[13];
    std::memcpy(&emitted.seq, header + 4, sizeof emitted.seq);
    return ERR_OK;
  };
  const ip_addr_t address = to_lwip(kStack);
  tcp_pcb* const pcb = tcp_new_ip_type(IPADDR_TYPE_V4);
  TCPROVE_CHECK(tcp_bind(pcb, &address, kStackPort) == ERR_OK, "a pristine lwIP has every port");
  tcp_pcb* const listener = tcp_listen(pcb);
  tcp_arg(listener, &connection_);
  tcp_accept(listener, on_accept);
}

bool BareCycle::run() { return open() && exchange() && close(); }

bool BareCycle::open() {
  send(syn_, 0);
  snd_nxt_ = lwip_ntohl(emitted_.seq) + 1;
  if (!came(TCP_SYN | TCP_ACK)) return false;
  send(handshake_ack_, snd_nxt_);
  return connection_ != nullptr;
}

bool BareCycle::exchange() {
  send(data_, snd_nxt_);
  const auto delay = stack_.next_deadline();
  if (!delay) return false;
  stack_.advance(*delay);
  if (!came(TCP_ACK)) return false;
  tcp_write(connection_, kData.data(), kData.size(), 0);
  tcp_output(connection_);
  if (!came(TCP_ACK | TCP_PSH)) return false;
  snd_nxt_ += kDataOctets;
  send(data_ack_, snd_nxt_);
  return true;
}

bool BareCycle::close() {
  send(fin_, snd_nxt_);
  if (!came(TCP_ACK)) return false;
  tcp_close(connection_);
  connection_ = nullptr;
  if (!came(TCP_ACK | TCP_FIN)) return false;
  send(last_ack_, snd_nxt_ + 1);
  return emitted_.packets == 0 && tcp_active_pcbs == nullptr;
}

bool BareCycle::came(std::uint8_t flags) {
  const bool as_expected = emitted_.packets == 1 && emitted_.flags == flags;
  emitted_.packets = 0;
  return as_expected;
}

BareCycle::Prebuilt BareCycle::build(std::uint8_t flags, std::uint32_t seq,
                                     std::size_t data_octets) {
  Prebuilt packet;
  packet.size = IP_HLEN + TCP_HLEN + data_octets;
  ip_hdr ip{};
  IPH_VHL_SET(&ip, 4, 5);
  IPH_LEN_SET(&ip, lwip_htons(static_cast<u16_t>(packet.size)));
  IPH_TTL_SET(&ip, 64);
  IPH_PROTO_SET(&ip, IP_PROTO_TCP);
  ip.src.addr = to_lwip(kPeer).u_addr.ip4.addr;
  ip.dest.addr = to_lwip(kStack).u_addr.ip4.addr;
  IPH_CHKSUM_SET(&ip, inet_chksum(&ip, IP_HLEN));
  tcp_hdr tcp{};
  tcp.src = lwip_htons(kPeerPort);
  tcp.dest = lwip_htons(kStackPort);
  tcp.seqno = lwip_htonl(seq);
  tcp.wnd = lwip_htons(0xffff);
  TCPH_HDRLEN_FLAGS_SET(&tcp, 5, flags);
  std::memcpy(packet.octets.data(), &ip, IP_HLEN);
  std::memcpy(packet.octets.data() + IP_HLEN, &tcp, TCP_HLEN);
  packet.checksum = checksum_of(std::span(packet.octets).first(packet.size));
  return packet;
}

/// Puts the acknowledgment number in and adds it to the sum (RFC 1624, with an old value of 0).
void BareCycle::send(Prebuilt& packet, std::uint32_t ack) {
  const u32_t in_network_order = lwip_htonl(ack);
  u32_t sum = static_cast<u16_t>(~packet.checksum);
  sum += (in_network_order & 0xffffU) + (in_network_order >> 16U);
  sum = (sum & 0xffffU) + (sum >> 16U);
  sum = (sum & 0xffffU) + (sum >> 16U);
  const auto checksum = static_cast<u16_t>(~sum);
  std::uint8_t* const header = packet.octets.data() + IP_HLEN;
  std::memcpy(header + 8, &in_network_order, sizeof in_network_order);
  std::memcpy(header + 16, &checksum, sizeof checksum);
  stack_.input(std::span(packet.octets).first(packet.size));
}

}  // namespace tcprove::adapter::lwip
