#include "harness/adapter/reference/ip.hpp"

#include <algorithm>

#include "harness/adapter/reference/source_route_3_9_2_1.hpp"
#include "harness/wire/source_route.hpp"

namespace tcprove::adapter::reference {

using wire::Flaw;

namespace {

constexpr auto kDropped = {Flaw::IpChecksum, Flaw::IpLengthLies, Flaw::DataOffsetLies};

bool all_are(std::span<const std::uint8_t> octets, std::uint8_t value) {
  return std::ranges::all_of(octets, [value](std::uint8_t o) { return o == value; });
}

}  // namespace

bool is_unicast(const wire::IpAddress& address) {
  const std::span octets(address.octets);
  if (address.version == wire::IpVersion::V4) {
    // 0/8 is this host, 127/8 loopback, 224/4 multicast; above it reserved, and the broadcast.
    return octets[0] != 0 && octets[0] != 127 && octets[0] < 224;
  }
  const bool unspecified_or_loopback = all_are(octets.first(15), 0) && octets[15] <= 1;
  return octets[0] != 0xff && !unspecified_or_loopback;
}

std::optional<Arrival> receive_packet(const Host& host, wire::Octets packet) {
  const wire::Packet decoded = wire::decode(packet);
  if (!decoded.has_segment()) return std::nullopt;
  if (std::ranges::any_of(kDropped, [&](Flaw flaw) { return decoded.flaws.has(flaw); })) {
    return std::nullopt;
  }
  const bool unverified = host.defect(Fault::ChecksumNotVerified);
  const bool none = host.defect(Fault::ChecksumZeroIsNone) && decoded.segment.checksum == 0;
  if (decoded.flaws.has(Flaw::TcpChecksum) && !unverified && !none) return std::nullopt;
  const wire::IpAddress& own = host.address();
  // MUST-57: nothing that came by broadcast or multicast.
  const bool any_destination = host.defect(Fault::BroadcastTaken);
  if ((wire::final_destination(decoded) != own && !any_destination) || decoded.source == own) {
    return std::nullopt;
  }
  // MUST-50: IP options are none of TCP's business.
  if (host.defect(Fault::IpOptionsRejected) && !decoded.ip_options.empty()) return std::nullopt;
  const bool any_source = host.defect(Fault::InvalidSourceAnswered);
  if (!is_unicast(decoded.source) && !any_source) return std::nullopt;
  const wire::Segment& seg = decoded.segment;
  if (host.defect(Fault::ReservedBitsRejected) && seg.reserved != 0) return std::nullopt;
  return Arrival{.tuple = {.stack = {.address = own, .port = seg.destination_port},
                           .peer = {.address = decoded.source, .port = seg.source_port}},
                 .seg = seg,
                 .ecn = static_cast<std::uint8_t>(decoded.traffic_class & 3U),
                 .way_back = way_back(decoded)};
}

std::optional<wire::IcmpMessage> receive_icmp(const Host& host, wire::Octets packet) {
  auto message = wire::decode_icmp(packet);
  if (message && message->destination != host.address()) return std::nullopt;
  return message;
}

}  // namespace tcprove::adapter::reference
