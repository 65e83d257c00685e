#include <array>
#include <utility>
#include <vector>

#include "harness/plan/octet_tables.hpp"
#include "harness/wire/source_route.hpp"

namespace tcprove::plan {
namespace {

using wire::Flag;

/// Below, a segment has nothing of RFC 3168.
constexpr std::uint8_t kEcnFrom = 0xa0;
constexpr std::uint8_t kEct1 = 1;
constexpr std::uint8_t kEct0 = 2;
constexpr std::uint8_t kCe = 3;

struct IpFields {
  std::optional<SpecialAddress> from{};
  std::optional<SpecialAddress> to{};
  std::optional<std::uint8_t> ttl{};
  std::optional<std::uint8_t> dscp{};
  std::optional<std::vector<OptionText>> ip_options{};
};

std::vector<OptionText> alone(std::uint8_t kind, std::vector<std::uint8_t> data) {
  return {{.kind = kind, .data = std::move(data)}};
}

/// An option that nobody knows and each version passes over: its upper two bits are 0.
std::vector<OptionText> passed_over() { return alone(30, {0xab, 0xcd}); }

using wire::kLooseSourceRoute;
using wire::kStrictSourceRoute;

/// One that led here through 192.0.2.7.
std::vector<OptionText> route(std::uint8_t kind) { return alone(kind, {8, 192, 0, 2, 7}); }

/// One that led here through two gateways, the last octet of whose addresses are these.
std::vector<OptionText> route(std::uint8_t kind, std::uint8_t first, std::uint8_t second) {
  return alone(kind, {12, 192, 0, 2, first, 192, 0, 2, second});
}

/// So many make sense in either version; what follows are options of IPv4 alone.
constexpr std::size_t kFieldsOfBoth = 15;

const std::vector<IpFields>& ip_fields() {
  using enum SpecialAddress;
  // Whether the subnet's broadcast address is one only who knows the network can say.
  static const std::vector<IpFields> kFields{
      {.from = Broadcast},
      {.from = Multicast},
      {.from = Loopback},
      {.from = Unspecified},
      {.from = Stack},
      {.to = Broadcast},
      {.to = Subnet},
      {.to = Multicast},
      {.to = Loopback},
      {.to = Unspecified},
      {.ttl = 1},
      {.ttl = 255},
      {.dscp = 46},
      {.dscp = 10},
      {.ip_options = passed_over()},
      {.ip_options = route(kLooseSourceRoute)},
      {.ip_options = route(kStrictSourceRoute)},
      {.ip_options = route(kLooseSourceRoute, 7, 8)},
      {.ip_options = route(kStrictSourceRoute, 7, 8)},
      {.ip_options = route(kLooseSourceRoute, 9, 8)},
      {.ip_options = route(kStrictSourceRoute, 9, 8)},
      // Record route, timestamp, and one that nobody knows.
      {.ip_options = alone(7, {4, 0, 0, 0, 0})},
      {.ip_options = alone(68, {5, 0, 0, 0, 0, 0})},
      {.ip_options = alone(158, {1, 2})},
      {.ip_options = alone(158, std::vector<std::uint8_t>(16))},
      {.ip_options = alone(158, std::vector<std::uint8_t>(34))}};
  return kFields;
}

}  // namespace

void set_ecn(std::uint8_t octet, SegmentText& segment) {
  if (octet < kEcnFrom) return;
  using Bits = std::optional<std::uint8_t>;
  constexpr std::array<Bits, 8> kBits{Bits(), kEct0, kCe, Bits(), kEct0, kCe, kEct1, Bits(0)};
  const unsigned choice = octet - kEcnFrom;
  if ((choice & 1U) != 0) segment.ctl |= Flag::Ece;
  if ((choice & 2U) != 0) segment.ctl |= Flag::Cwr;
  segment.ecn = kBits.at(choice >> 2U & 7U);
}

void set_ip_fields(std::uint8_t octet, wire::IpVersion ip, SegmentText& segment) {
  if (octet < kIpFieldsFrom) return;
  const std::size_t choices = ip == wire::IpVersion::V4 ? ip_fields().size() : kFieldsOfBoth;
  const IpFields& fields = ip_fields()[(octet - kIpFieldsFrom) % choices];
  segment.from = fields.from;
  segment.to = fields.to;
  segment.ttl = fields.ttl;
  segment.dscp = fields.dscp;
  segment.ip_options = fields.ip_options;
}

}  // namespace tcprove::plan
