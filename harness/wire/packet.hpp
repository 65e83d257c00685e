#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/wire/address.hpp"
#include "harness/wire/segment.hpp"

namespace tcprove::wire {

inline constexpr std::size_t kIpv4HeaderOctets = 20;  ///< Without options.
inline constexpr std::size_t kIpv6HeaderOctets = 40;  ///< Without extension headers.
inline constexpr std::size_t kTcpHeaderOctets = 20;   ///< Without options.

/// What is wrong with a packet; a set of these travels with every decoded one.
enum class Flaw : std::uint16_t {
  NotIp = 1 << 0,             ///< Neither version 4 nor 6, or too short to tell.
  IpHeaderShort = 1 << 1,     ///< The packet, or its IHL, is shorter than the IP header.
  IpLengthLies = 1 << 2,      ///< Total/payload length differs from the octets there.
  IpChecksum = 1 << 3,        ///< IPv4 header checksum does not verify.
  Fragment = 1 << 4,          ///< An IP fragment; the TCP part was not read.
  NotTcp = 1 << 5,            ///< Another protocol (ICMP, …); the TCP part was not read.
  TcpHeaderShort = 1 << 6,    ///< Fewer than 20 octets of TCP; the TCP part was not read.
  DataOffsetLies = 1 << 7,    ///< Under 5 or past the end; options and payload are clamped.
  TcpChecksum = 1 << 8,       ///< The TCP checksum does not verify (RFC 9293 MUST-2, MUST-3).
  OptionsMalformed = 1 << 9,  ///< An option's length is under 2 or runs past the header.
};

class Flaws {
 public:
  void add(Flaw flaw) {
    bits_ = static_cast<std::uint16_t>(bits_ | static_cast<std::uint16_t>(flaw));
  }
  [[nodiscard]] bool has(Flaw flaw) const {
    return (bits_ & static_cast<std::uint16_t>(flaw)) != 0;
  }
  [[nodiscard]] bool none() const { return bits_ == 0; }
  bool operator==(const Flaws&) const = default;

 private:
  std::uint16_t bits_ = 0;
};

/// `IP length wrong, TCP checksum wrong`: the flaws in words; empty for none.
std::string to_string(Flaws flaws);

/// An IP packet that carries a segment.
///
/// Lifetime: as Segment's.
struct Packet {
  IpAddress source;
  IpAddress destination;
  std::uint8_t hop_limit = 64;     ///< TTL or hop limit.
  std::uint8_t traffic_class = 0;  ///< DSCP and ECN.
  std::uint8_t protocol = 6;       ///< IPv4 protocol, or IPv6's last next header.
  /// IPv4's options, or those of IPv6's Destination Options header, padding and all; a view.
  Octets ip_options{};
  Segment segment;
  Flaws flaws;

  /// Whether `segment` holds a TCP header that was on the wire.
  [[nodiscard]] bool has_segment() const {
    return !flaws.has(Flaw::NotIp) && !flaws.has(Flaw::IpHeaderShort) &&
           !flaws.has(Flaw::Fragment) && !flaws.has(Flaw::NotTcp) &&
           !flaws.has(Flaw::TcpHeaderShort);
  }
};

/// Reads any octets as an IP packet with TCP in it; never fails: what is wrong stands in `flaws`.
/// IPv6 hop-by-hop, routing and destination options headers are walked over.
///
/// Lifetime: the answer's views point into `packet`.
Packet decode(Octets packet);

/// Deviations from a well-formed packet, for testers.
struct Lies {
  std::optional<std::uint16_t> checksum{};    ///< TCP checksum field, as it will stand on the wire.
  bool checksum_bad = false;                  ///< The right checksum with its lowest bit flipped.
  std::optional<std::uint8_t> data_offset{};  ///< Words, 0…15; the octets stay as they are.
  std::optional<std::uint16_t> ip_length{};   ///< IPv4 total length or IPv6 payload length.
  /// Keep only this many octets of header and data; IP lengths and the checksum stay those of the
  /// whole.
  std::optional<std::size_t> truncate_tcp{};

  bool operator==(const Lies&) const = default;
};

/// The longest packet that encode() writes (an IPv6 header and a payload length of 16 bits).
inline constexpr std::size_t kPacketOctetsMax = kIpv6HeaderOctets + 65535;

inline constexpr std::size_t kIpOptionsOctetsMax = 40;  ///< As many as IPv4's IHL can tell.

/// Writes `packet` after clearing `out`; capacity is kept, so a reused vector does not allocate.
///
/// `data_offset`, `checksum` and the IP lengths are computed unless `lies` says otherwise; options
/// are padded with EOL (0) to a multiple of four octets, IP options as their version pads them.
/// Requires: options of at most 40 octets unless `lies.data_offset` is set; at most
/// kIpOptionsOctetsMax of IP options; at most kPacketOctetsMax in all, and no more than the IP
/// length can tell unless `lies.ip_length` is set; both addresses of one version.
void encode(const Packet& packet, const Lies& lies, std::vector<std::uint8_t>& out);

}  // namespace tcprove::wire
