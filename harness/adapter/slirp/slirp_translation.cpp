#include "harness/adapter/slirp/slirp_translation.hpp"

#include <algorithm>

#include "harness/wire/big_endian.hpp"

namespace tcprove::adapter::slirp {
namespace {

using wire::load16;
using wire::load32;
using wire::store16;
using wire::store32;

constexpr std::size_t kSourceAt = 12;
constexpr std::size_t kDestinationAt = 16;
constexpr std::size_t kIpChecksumAt = 10;

/// An IPv4 packet whose TCP header is there at least up to its ports.
class TcpPacket {
 public:
  explicit TcpPacket(std::span<std::uint8_t> octets) : octets_(octets) {
    constexpr std::uint8_t kTcp = 6;
    if (octets.size() < 20 || octets[0] >> 4U != 4 || octets[9] != kTcp) return;
    const std::size_t header = (octets[0] & 0xfU) * std::size_t{4};
    const bool is_first = (load16(&octets[6]) & 0x1fffU) == 0;
    if (header >= 20 && octets.size() >= header + 4 && is_first) tcp_ = header;
  }

  [[nodiscard]] bool is_tcp() const { return tcp_ != 0; }
  [[nodiscard]] bool is_opening_syn() const {
    constexpr std::uint8_t kSyn = 0x02;
    constexpr std::uint8_t kSynAckRst = 0x16;
    return octets_.size() > tcp_ + 13 && (octets_[tcp_ + 13] & kSynAckRst) == kSyn;
  }
  [[nodiscard]] std::uint32_t address(std::size_t at) const { return load32(&octets_[at]); }
  [[nodiscard]] std::uint16_t source_port() const { return load16(&octets_[tcp_]); }
  [[nodiscard]] std::uint16_t destination_port() const { return load16(&octets_[tcp_ + 2]); }

  void set_source(std::uint32_t address, std::uint16_t port) {
    rewrite(kSourceAt, tcp_, address, port);
  }
  void set_destination(std::uint32_t address, std::uint16_t port) {
    rewrite(kDestinationAt, tcp_ + 2, address, port);
  }

 private:
  void rewrite(std::size_t address_at, std::size_t port_at, std::uint32_t address,
               std::uint16_t port) {
    const std::uint32_t old_address = load32(&octets_[address_at]);
    const std::uint32_t old_port = load16(&octets_[port_at]);
    store32(&octets_[address_at], address);
    store16(&octets_[port_at], port);
    // Of the pseudo-header's words and the ports, what went is taken off and what came is added.
    const std::uint32_t of_address =
        (~old_address >> 16U) + (~old_address & 0xffffU) + (address >> 16U) + (address & 0xffffU);
    correct(kIpChecksumAt, of_address);
    correct(tcp_ + 16, of_address + (~old_port & 0xffffU) + port);
  }

  void correct(std::size_t at, std::uint32_t change) {
    if (octets_.size() < at + 2) return;
    std::uint32_t sum = (~std::uint32_t{load16(&octets_[at])} & 0xffffU) + change;
    while (sum > 0xffffU) sum = (sum >> 16U) + (sum & 0xffffU);
    store16(&octets_[at], static_cast<std::uint16_t>(~sum));
  }

  std::span<std::uint8_t> octets_;
  std::size_t tcp_ = 0;
};

}  // namespace

void Translation::clear(const wire::IpAddress& outside, const wire::IpAddress& gateway) {
  outside_ = wire::ipv4_octets(outside);
  gateway_ = wire::ipv4_octets(gateway);
  entries_.clear();
  expects_ = false;
}

void Translation::expect(std::uint16_t outside_port, const wire::Endpoint& peer) {
  // What is opened again between the same two sockets takes the place of what was.
  std::erase_if(entries_, [&](const Entry& entry) {
    return entry.outside_port == outside_port && entry.peer == peer;
  });
  entries_.push_back({.peer = peer, .outside_port = outside_port});
  expects_ = true;
}

void Translation::end(std::uint16_t outside_port, const wire::Endpoint& peer) {
  for (Entry& entry : entries_) {
    if (entry.outside_port == outside_port && entry.peer == peer) entry.is_over = true;
  }
}

bool Translation::has_come() {
  const bool came = !expects_;
  if (expects_) entries_.pop_back();
  expects_ = false;
  return came;
}

Translation::Entry* Translation::learn(std::uint16_t inside_port, const wire::Endpoint& peer,
                                       bool is_syn) {
  // The latest first: the host's kernel may give a port again that an older connection had.
  if (expects_ && is_syn && entries_.back().peer == peer) {
    entries_.back().inside_port = inside_port;
    expects_ = false;
    return &entries_.back();
  }
  const auto known = std::find_if(entries_.rbegin(), entries_.rend(), [&](const Entry& entry) {
    return entry.inside_port == inside_port && entry.peer == peer;
  });
  return known == entries_.rend() ? nullptr : &*known;
}

void Translation::outward(std::span<std::uint8_t> octets) {
  if (entries_.empty()) return;
  TcpPacket packet(octets);
  if (!packet.is_tcp() || packet.address(kSourceAt) != gateway_) return;
  const wire::Endpoint peer{.address = wire::ipv4_address(packet.address(kDestinationAt)),
                            .port = packet.destination_port()};
  const Entry* const entry = learn(packet.source_port(), peer, packet.is_opening_syn());
  if (entry != nullptr) packet.set_source(outside_, entry->outside_port);
}

void Translation::inward(std::span<std::uint8_t> octets) const {
  if (entries_.empty()) return;
  TcpPacket packet(octets);
  if (!packet.is_tcp() || packet.address(kDestinationAt) != outside_) return;
  const wire::Endpoint peer{.address = wire::ipv4_address(packet.address(kSourceAt)),
                            .port = packet.source_port()};
  const auto entry = std::ranges::find_if(entries_, [&](const Entry& one) {
    return !one.is_over && one.inside_port != 0 && one.outside_port == packet.destination_port() &&
           one.peer == peer;
  });
  if (entry != entries_.end()) packet.set_destination(gateway_, entry->inside_port);
}

}  // namespace tcprove::adapter::slirp
