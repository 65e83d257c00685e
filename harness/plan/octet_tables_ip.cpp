#include <array>
#include <utility>
#include <vector>

#include "harness/plan/octet_tables.hpp"

namespace tcprove::plan {
namespace {

using wire::Flag;

/// Below, a segment has nothing of RFC 3168.
constexpr std::uint8_t kEcnFrom = 0xa0;
constexpr std::uint8_t kEct1 = 1;
constexpr std::uint8_t kEct0 = 2;
constexpr std::uint8_t kCe = 3;

/// Below, an IP header is as the engine makes it.
constexpr std::uint8_t kIpFieldsFrom = 0xd0;

struct IpFields {
  std::optional<SpecialAddress> from{};
  std::optional<SpecialAddress> to{};
  std::optional<std::uint8_t> ttl{};
  std::optional<std::uint8_t> dscp{};
  std::optional<std::vector<OptionText>> ip_options{};
};

/// An option that nobody knows and each version passes over: its upper two bits are 0.
std::vector<OptionText> passed_over() { return {{.kind = 30, .data = {0xab, 0xcd}}}; }

const std::vector<IpFields>& ip_fields() {
  using enum SpecialAddress;
  // Whether the subnet's broadcast address is one only who knows the network can say.
  static const std::vector<IpFields> kFields{
      {.from = Broadcast},   {.from = Multicast}, {.from = Loopback},
      {.from = Unspecified}, {.from = Stack},     {.to = Broadcast},
      {.to = Subnet},        {.to = Multicast},   {.to = Loopback},
      {.to = Unspecified},   {.ttl = 1},          {.ttl = 255},
      {.dscp = 46},          {.dscp = 10},        {.ip_options = passed_over()}};
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

void set_ip_fields(std::uint8_t octet, SegmentText& segment) {
  if (octet < kIpFieldsFrom) return;
  const IpFields& fields = ip_fields()[(octet - kIpFieldsFrom) % ip_fields().size()];
  segment.from = fields.from;
  segment.to = fields.to;
  segment.ttl = fields.ttl;
  segment.dscp = fields.dscp;
  segment.ip_options = fields.ip_options;
}

}  // namespace tcprove::plan
