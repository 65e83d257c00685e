#include "harness/adapter/slirp/slirp_bare_cycle.hpp"

#include <algorithm>

#include <sys/socket.h>

#include "harness/base/check.hpp"
#include "harness/wire/big_endian.hpp"
#include "harness/wire/checksum.hpp"

namespace tcprove::adapter::slirp {
namespace {

constexpr wire::IpAddress kStack{.version = wire::IpVersion::V4, .octets = {192, 0, 2, 1}};
constexpr wire::IpAddress kPeer{.version = wire::IpVersion::V4, .octets = {192, 0, 2, 2}};
constexpr std::uint16_t kStackPort = 7;
constexpr std::uint16_t kPeerPort = 40000;
constexpr std::uint32_t kPeerIss = 1'000'000;
constexpr std::size_t kIpHeader = 20;
constexpr std::size_t kHeaders = 40;
constexpr std::size_t kData = 100;
constexpr std::uint8_t kFin = 0x01;
constexpr std::uint8_t kSyn = 0x02;
constexpr std::uint8_t kPsh = 0x08;
constexpr std::uint8_t kAck = 0x10;

}  // namespace

BareCycle::BareCycle() {
  TCPROVE_CHECK(!door_.open(), "a machine that builds this has AF_UNIX sockets");
  packet_[0] = 0x45;
  packet_[8] = 64;
  packet_[9] = 6;
  std::copy_n(kPeer.octets.begin(), 4, &packet_[12]);
  std::copy_n(kStack.octets.begin(), 4, &packet_[16]);
  wire::store16(&packet_[kIpHeader], kPeerPort);
  wire::store16(&packet_[kIpHeader + 2], kStackPort);
  packet_[kIpHeader + 12] = 0x50;
  wire::store16(&packet_[kIpHeader + 14], 0xffff);
}

bool BareCycle::run() {
  stack_.boot({.stack = kStack, .peer = kPeer});
  outbox_.clear();
  if (!stack_.add_listener(kStackPort, door_.path())) return false;
  rcv_nxt_ = 0;
  send(kSyn, kPeerIss, 0);
  if (!came(kSyn | kAck)) return false;
  send(kAck, kPeerIss + 1, 0);
  return end_.is_open() && exchange() && close();
}

bool BareCycle::exchange() {
  std::array<std::uint8_t, kData> data{};
  send(kPsh | kAck, kPeerIss + 1, kData);
  if (!came(kAck)) return false;
  if (recv(end_.number(), data.data(), data.size(), 0) != kData) return false;
  if (::send(end_.number(), data.data(), data.size(), MSG_NOSIGNAL) != kData) return false;
  stack_.settle();
  if (!came(kPsh | kAck)) return false;
  send(kAck, kPeerIss + 1 + kData, 0);
  return true;
}

bool BareCycle::close() {
  send(kFin | kAck, kPeerIss + 1 + kData, 0);
  if (!came(kAck)) return false;
  end_ = File();
  stack_.settle();
  if (!came(kFin | kAck)) return false;
  send(kAck, kPeerIss + 2 + kData, 0);
  return outbox_.empty();
}

void BareCycle::opened(int) { end_ = door_.accept(); }

bool BareCycle::came(std::uint8_t ctl) {
  if (outbox_.size() != 1) return false;
  const wire::Octets packet = outbox_.packet(0);
  const std::uint8_t* const tcp = &packet[kIpHeader];
  const bool as_expected = tcp[13] == ctl;
  const auto octets = static_cast<std::uint32_t>(packet.size() - kIpHeader - (tcp[12] >> 4U) * 4U);
  rcv_nxt_ = wire::load32(tcp + 4) + octets + ((ctl & (kSyn | kFin)) != 0 ? 1U : 0U);
  outbox_.clear();
  return as_expected;
}

void BareCycle::send(std::uint8_t ctl, std::uint32_t seq, std::size_t octets) {
  const auto packet = std::span(packet_).first(kHeaders + octets);
  wire::store16(&packet[2], static_cast<std::uint16_t>(packet.size()));
  wire::store16(&packet[10], 0);
  wire::ChecksumSum ip;
  ip.add(packet.first(kIpHeader));
  wire::store16(&packet[10], ip.checksum());
  std::uint8_t* const tcp = &packet[kIpHeader];
  wire::store32(tcp + 4, seq);
  wire::store32(tcp + 8, rcv_nxt_);
  tcp[13] = ctl;
  wire::store16(tcp + 16, 0);
  wire::store16(tcp + 16, wire::tcp_checksum(kPeer, kStack, packet.subspan(kIpHeader)));
  stack_.input(packet);
  stack_.settle();
}

}  // namespace tcprove::adapter::slirp
