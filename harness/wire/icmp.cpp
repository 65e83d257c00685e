#include "harness/wire/icmp.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "harness/base/check.hpp"
#include "harness/wire/big_endian.hpp"
#include "harness/wire/checksum.hpp"
#include "harness/wire/packet.hpp"
#include "harness/wire/segment_words.hpp"
#include "harness/wire/source_route.hpp"

namespace tcprove::wire {
namespace {

constexpr std::size_t kIcmpHeaderOctets = 8;
constexpr std::size_t kPortsAndSeqOctets = 8;
constexpr std::size_t kQuotedOctetsMax = 1'000;
constexpr std::uint8_t kTcp = 6;

struct TypeAndCode {
  std::uint8_t type;
  std::uint8_t code;
  bool operator==(const TypeAndCode&) const = default;
};

constexpr TypeAndCode kNone{255, 255};

struct Codes {
  TypeAndCode v4;
  TypeAndCode v6;
};

/// By IcmpError.
constexpr std::array<Codes, kIcmpErrorCount> kCodes{{{{3, 0}, {1, 0}},
                                                     {{3, 1}, {1, 3}},
                                                     {{3, 2}, kNone},
                                                     {{3, 3}, {1, 4}},
                                                     {{3, 4}, {2, 0}},
                                                     {{3, 5}, kNone},
                                                     {{4, 0}, kNone},
                                                     {{11, 0}, {3, 0}},
                                                     {{11, 1}, {3, 1}},
                                                     {{12, 0}, {4, 0}},
                                                     {kNone, {4, 1}},
                                                     {kNone, {4, 2}}}};

constexpr std::uint8_t protocol_of(IpVersion version) { return version == IpVersion::V4 ? 1 : 58; }

TypeAndCode code_of(IpVersion version, IcmpError error) {
  const Codes& codes = kCodes.at(static_cast<std::size_t>(error));
  return version == IpVersion::V4 ? codes.v4 : codes.v6;
}

std::optional<IcmpError> error_of(IpVersion version, TypeAndCode code) {
  for (std::size_t i = 0; i < kIcmpErrorCount && code != kNone; ++i) {
    const auto error = static_cast<IcmpError>(i);
    if (code_of(version, error) == code) return error;
  }
  return std::nullopt;
}

/// ICMPv6 sums a pseudo-header too (RFC 4443 section 2.3), ICMPv4 does not.
std::uint16_t icmp_checksum(const IpAddress& source, const IpAddress& destination, Octets icmp) {
  ChecksumSum sum;
  if (source.version == IpVersion::V6) {
    sum.add(source.octets);
    sum.add(destination.octets);
    sum.add_word(static_cast<std::uint16_t>(icmp.size()));
    sum.add_word(protocol_of(IpVersion::V6));
  }
  sum.add(icmp);
  return sum.checksum();
}

/// The IP header is the same as a segment's, but for the protocol.
void write_ip(const IcmpMessage& message, std::size_t octets, std::vector<std::uint8_t>& out) {
  Packet around;
  around.source = message.source;
  around.destination = message.destination;
  around.protocol = protocol_of(message.source.version);
  const bool v4 = message.source.version == IpVersion::V4;
  const std::size_t length = octets + (v4 ? kIpv4HeaderOctets : 0);
  encode(around, {.ip_length = static_cast<std::uint16_t>(length), .truncate_tcp = 0}, out);
}

/// The header's length and the protocol of what follows; nothing where the header is cut short.
std::optional<std::pair<std::size_t, std::uint8_t>> header_of(Octets ip) {
  if (ip.empty()) return std::nullopt;
  const bool v4 = ip[0] >> 4U == 4;
  const std::size_t size = v4 ? (ip[0] & 0x0fU) * std::size_t{4} : kIpv6HeaderOctets;
  const std::size_t least = v4 ? kIpv4HeaderOctets : kIpv6HeaderOctets;
  if ((!v4 && ip[0] >> 4U != 6) || size < least || ip.size() < size) return std::nullopt;
  return std::pair(size, v4 ? ip[9] : ip[6]);
}

}  // namespace

bool has_error(IpVersion version, IcmpError error) { return code_of(version, error) != kNone; }

void encode(const IcmpMessage& message, std::vector<std::uint8_t>& out) {
  const IpVersion version = message.source.version;
  TCPROVE_CHECK(has_error(version, message.error), "an ICMP error of the other IP version");
  TCPROVE_CHECK(message.quoted.size() <= kQuotedOctetsMax, "too much is quoted");
  write_ip(message, kIcmpHeaderOctets + message.quoted.size(), out);
  const std::size_t begin = out.size();
  out.resize(begin + kIcmpHeaderOctets);
  out.insert(out.end(), message.quoted.begin(), message.quoted.end());
  std::uint8_t* const icmp = out.data() + begin;
  const TypeAndCode code = code_of(version, message.error);
  icmp[0] = code.type;
  icmp[1] = code.code;
  if (message.error == IcmpError::FragmentationNeeded) {
    // ICMPv4's upper 16 bits are unused (RFC 1191 section 4).
    store32(icmp + 4, version == IpVersion::V4 ? message.mtu & 0xffffU : message.mtu);
  } else if (message.error == IcmpError::UnknownNextHeader) {
    constexpr std::uint32_t kNextHeaderField = 6;
    store32(icmp + 4, kNextHeaderField);
  }
  const Octets octets(icmp, out.size() - begin);
  store16(icmp + 2, icmp_checksum(message.source, message.destination, octets));
}

std::optional<IcmpMessage> decode_icmp(Octets packet) {
  const auto header = header_of(packet);
  if (!header) return std::nullopt;
  const Packet around = decode(packet);
  const IpVersion version = around.source.version;
  const Octets icmp = packet.subspan(header->first);
  const bool whole = around.flaws.has(Flaw::NotTcp) && !around.flaws.has(Flaw::IpLengthLies) &&
                     !around.flaws.has(Flaw::IpChecksum) && icmp.size() >= kIcmpHeaderOctets;
  if (!whole || header->second != protocol_of(version)) return std::nullopt;
  if (icmp_checksum(around.source, around.destination, icmp) != 0) return std::nullopt;
  const auto error = error_of(version, {icmp[0], icmp[1]});
  if (!error) return std::nullopt;
  IcmpMessage message{.source = around.source,
                      .destination = around.destination,
                      .error = *error,
                      .quoted = icmp.subspan(kIcmpHeaderOctets)};
  if (*error == IcmpError::FragmentationNeeded) {
    message.mtu = version == IpVersion::V4 ? load16(&icmp[6]) : load32(&icmp[4]);
  }
  return message;
}

std::optional<QuotedSegment> quoted_segment(Octets quoted) {
  const auto header = header_of(quoted);
  if (!header || header->second != kTcp) return std::nullopt;
  if (quoted.size() < header->first + kPortsAndSeqOctets) return std::nullopt;
  // Its lengths may lie: a quotation is cut.
  const Packet around = decode(quoted);
  const std::uint8_t* tcp = &quoted[header->first];
  return QuotedSegment{
      .source = {.address = around.source, .port = load16(tcp)},
      .destination = {.address = final_destination(around), .port = load16(tcp + 2)},
      .seq = SeqNum(load32(tcp + 4))};
}

std::string to_string(const IcmpMessage& message, std::optional<SeqNum> base) {
  std::string text = fmt::format("ICMP {}", to_string(message.error));
  if (const auto segment = quoted_segment(message.quoted)) {
    text += fmt::format(" seq={}", number_words(segment->seq, base));
  }
  if (message.error == IcmpError::FragmentationNeeded) text += fmt::format(" mtu={}", message.mtu);
  return text;
}

}  // namespace tcprove::wire
