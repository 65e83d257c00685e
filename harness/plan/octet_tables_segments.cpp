#include <array>
#include <utility>

#include "harness/plan/octet_tables.hpp"
#include "harness/wire/options.hpp"

namespace tcprove::plan {
namespace {

using wire::Flag;
using wire::Flags;

Expr number(std::int64_t constant) { return {.constant = constant}; }
Expr at(Symbol symbol, std::int64_t constant = 0) {
  return {.constant = constant, .terms = {{.symbol = symbol}}};
}
using enum Symbol;

OptionText option(wire::OptionKind kind, std::vector<std::uint8_t> data = {}) {
  return {.kind = static_cast<std::uint8_t>(kind), .data = std::move(data)};
}
OptionText mss(std::uint16_t octets) {
  return option(wire::OptionKind::MaximumSegmentSize,
                {static_cast<std::uint8_t>(octets >> 8U), static_cast<std::uint8_t>(octets)});
}
OptionText wscale(std::uint8_t shift) { return option(wire::OptionKind::WindowScale, {shift}); }
OptionText ts(std::uint32_t val, std::uint32_t ecr) {
  std::vector<std::uint8_t> data;
  for (const std::uint32_t word : {val, ecr}) {
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
      data.push_back(static_cast<std::uint8_t>(word >> shift));
    }
  }
  return option(wire::OptionKind::Timestamps, std::move(data));
}
OptionText sack(Expr left, Expr right) {
  OptionText blocks = option(wire::OptionKind::Sack);
  blocks.sack.emplace_back(std::move(left), std::move(right));
  return blocks;
}
OptionText unknown(std::uint8_t kind, std::vector<std::uint8_t> data) {
  return {.kind = kind, .data = std::move(data)};
}

using Options = std::optional<std::vector<OptionText>>;

const std::vector<Options>& option_lists() {
  const OptionText nop = option(wire::OptionKind::NoOperation);
  const OptionText eol = option(wire::OptionKind::EndOfList);
  const OptionText sack_ok = option(wire::OptionKind::SackPermitted);
  using List = std::vector<OptionText>;
  static const std::vector<Options> kLists{{},
                                           {},
                                           {},
                                           {},
                                           List{},
                                           List{mss(1460)},
                                           List{mss(536)},
                                           {},
                                           List{mss(100)},
                                           {},
                                           List{mss(48)},
                                           List{mss(1)},
                                           List{mss(0)},
                                           {},
                                           List{mss(65'535)},
                                           {},
                                           List{mss(1460), nop, wscale(7)},
                                           List{wscale(0)},
                                           List{wscale(14)},
                                           List{wscale(15)},
                                           {},
                                           List{mss(1460), sack_ok},
                                           List{mss(1460), sack_ok, ts(1, 0), nop, wscale(2)},
                                           {},
                                           List{nop, nop, ts(1, 0)},
                                           List{nop, nop, ts(2, 1)},
                                           List{ts(0x7fff'ffff, 0)},
                                           List{ts(0xffff'ffff, 0)},
                                           List{ts(0, 0)},
                                           {},
                                           List{nop, nop, sack(number(1), number(101))},
                                           List{nop, nop, sack(at(SndUna, 10), at(SndNxt))},
                                           List{sack(at(SndNxt), at(SndUna))},
                                           List{unknown(254, {0, 255})},
                                           List{eol},
                                           List{nop},
                                           List{eol, nop, mss(100)},
                                           List{option(wire::OptionKind::FastOpen)},
                                           List{unknown(19, std::vector<std::uint8_t>(16, 7))}};
  return kLists;
}

/// From here on `broken` breaks something.
constexpr std::uint8_t kBrokenFrom = 0xc0;

void break_option(std::uint8_t how, std::vector<OptionText>& options) {
  constexpr std::array<std::uint8_t, 6> kLengths{0, 1, 2, 3, 40, 255};
  OptionText& option = options[(how & 3U) % options.size()];
  const unsigned damage = how >> 2U & 15U;
  const bool alone = option.kind <= static_cast<std::uint8_t>(wire::OptionKind::NoOperation);
  if (alone) return;
  if (damage < kLengths.size()) {
    option.length = kLengths.at(damage);
  } else if (damage < 9) {
    if (!option.data.empty()) option.data.pop_back();
  } else if (damage < 12) {
    option.kind = 253;
    option.sack.clear();
  } else if (options.size() < 3) {
    options.push_back(option);
  }
}

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

std::optional<std::vector<OptionText>> options_of(std::uint8_t octet, std::uint8_t broken) {
  const std::vector<Options>& lists = option_lists();
  Options options = lists[octet % lists.size()];
  if (options && !options->empty() && broken >= kBrokenFrom) break_option(broken, *options);
  return options;
}

void make_lie(std::uint8_t octet, SegmentText& segment) {
  constexpr std::uint8_t kLiesFrom = 0xd0;
  if (octet < kLiesFrom) return;
  switch (octet - kLiesFrom) {
    case 0:
      segment.checksum = 0;
      return;
    case 1:
    case 2:
    case 3:
    case 4: {
      constexpr std::array<std::uint8_t, 4> kOffsets{0, 4, 6, 15};
      segment.data_offset = kOffsets.at(octet - kLiesFrom - 1U);
      return;
    }
    case 5:
      segment.reserved = std::uint8_t{1};
      return;
    case 6:
      segment.reserved = std::uint8_t{15};
      return;
    case 7:
    case 8:
    case 9:
    case 10: {
      constexpr std::array<std::uint16_t, 4> kCuts{0, 12, 19, 20};
      segment.truncate_tcp = kCuts.at(octet - kLiesFrom - 7U);
      return;
    }
    case 11:
    case 12:
    case 13:
    case 14: {
      constexpr std::array<std::uint16_t, 4> kLengths{0, 20, 39, 65'535};
      segment.ip_length = kLengths.at(octet - kLiesFrom - 11U);
      return;
    }
    default:
      segment.checksum_bad = true;
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

OptionText plain_peer_option() { return mss(1460); }

std::uint16_t peer_wnd_of(std::uint8_t octet) {
  constexpr std::array<std::uint16_t, 10> kWindows{65'535, 65'535, 4096, 65'535, 1000,
                                                   0,      536,    1,    100,    32'768};
  return kWindows.at(octet % kWindows.size());
}

}  // namespace tcprove::plan
