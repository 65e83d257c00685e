#include <array>
#include <utility>

#include "harness/plan/octet_tables.hpp"

namespace tcprove::plan {
namespace {

using wire::Flag;
using wire::Flags;

constexpr std::array kSensibleFlags{Flags(Flag::Ack),      Flag::Psh | Flag::Ack,
                                    Flags(Flag::Ack),      Flag::Fin | Flag::Ack,
                                    Flags(Flag::Ack),      Flag::Psh | Flag::Ack,
                                    Flags(Flag::Syn),      Flags(Flag::Rst),
                                    Flags(Flag::Ack),      Flag::Fin | Flag::Ack,
                                    Flag::Syn | Flag::Ack, Flag::Rst | Flag::Ack,
                                    Flags(Flag::Ack),      Flag::Psh | Flag::Ack,
                                    Flags(Flag::Syn),      Flag::Fin | Flag::Psh | Flag::Ack,
                                    Flags(Flag::Ack),      Flag::Urg | Flag::Ack,
                                    Flag::Syn | Flag::Ack, Flags(Flag::Rst),
                                    Flags(Flag::Ack),      Flag::Fin | Flag::Ack,
                                    Flags(Flag::Fin),      Flags(Flag::Psh),
                                    Flags(Flag::Ack),      Flags()};

/// From here on an octet's lower six bits are the control bits themselves.
constexpr std::uint8_t kAnyFlagsFrom = 0xc0;

constexpr std::array<std::uint32_t, 8> kTellingIss{0,          1,          0x10,       0xf8,
                                                   0x7ffffff0, 0x80000000, 0xfffffff0, 0xffffffff};

}  // namespace

Flags flags_of(std::uint8_t octet) {
  if (octet >= kAnyFlagsFrom) return Flags::from_octet(octet & 0x3fU);
  return kSensibleFlags.at(octet % kSensibleFlags.size());
}

void make_lie(std::uint8_t octet, SegmentText& segment) {
  if (octet < kLiesFrom) return;
  constexpr std::array<std::uint8_t, 4> kOffsets{0, 4, 6, 15};
  constexpr std::array<std::uint16_t, 4> kCuts{0, 12, 19, 20};
  constexpr std::array<std::uint16_t, 4> kLengths{0, 20, 39, 65'535};
  const bool checksum_lies = segment.checksum || segment.checksum_bad;
  const std::size_t lie = (octet - kLiesFrom) % kLieCount;
  if (lie == 0) {
    if (!checksum_lies) segment.checksum = 0;
  } else if (lie <= 4) {
    if (!segment.data_offset) segment.data_offset = kOffsets.at(lie - 1);
  } else if (lie <= 6) {
    if (!segment.reserved) segment.reserved = static_cast<std::uint8_t>(lie == 5 ? 1 : 15);
  } else if (lie <= 10) {
    if (!segment.truncate_tcp) segment.truncate_tcp = kCuts.at(lie - 7);
  } else if (lie <= 14) {
    if (!segment.ip_length) segment.ip_length = kLengths.at(lie - 11);
  } else {
    if (!checksum_lies) segment.checksum_bad = true;
  }
}

std::optional<std::uint32_t> stack_iss_of(std::uint8_t octet) {
  const std::size_t choice = octet % (kTellingIss.size() + 2);
  if (choice < 2) return std::nullopt;
  return kTellingIss.at(choice - 2);
}

std::uint32_t peer_iss_of(std::uint8_t octet) {
  constexpr std::uint32_t kPlain = 1'000'000;
  const std::size_t choice = octet % (kTellingIss.size() + 2);
  return choice < 2 ? kPlain : kTellingIss.at(choice - 2);
}

std::uint16_t peer_wnd_of(std::uint8_t octet) {
  constexpr std::array<std::uint16_t, 10> kWindows{65'535, 65'535, 4096, 65'535, 1000,
                                                   0,      536,    1,    100,    32'768};
  return kWindows.at(octet % kWindows.size());
}

}  // namespace tcprove::plan
