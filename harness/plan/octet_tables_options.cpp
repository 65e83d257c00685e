#include <algorithm>
#include <array>
#include <utility>

#include "harness/plan/octet_tables.hpp"
#include "harness/wire/options.hpp"

namespace tcprove::plan {
namespace {

Expr number(std::int64_t constant) { return {.constant = constant}; }
Expr at(Symbol symbol, std::int64_t constant = 0) {
  return {.constant = constant, .terms = {{.symbol = symbol}}};
}
using enum Symbol;

OptionText option(wire::OptionKind kind, std::vector<std::uint8_t> data = {}) {
  return {.kind = static_cast<std::uint8_t>(kind), .data = std::move(data)};
}
OptionText mss(std::uint16_t octets) { return mss_option(octets); }
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
OptionText sack(std::initializer_list<std::pair<std::int64_t, std::int64_t>> blocks) {
  OptionText option_text = option(wire::OptionKind::Sack);
  for (const auto& [left, right] : blocks) {
    option_text.sack.emplace_back(number(left), number(right));
  }
  return option_text;
}
OptionText with_length(OptionText option, std::uint8_t length) {
  option.length = length;
  return option;
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
                                           List{unknown(19, std::vector<std::uint8_t>(16, 7))},
                                           List{nop, nop, echoing_timestamps(1001)},
                                           List{mss(1460), ts(1000, 0)},
                                           List{mss(1460), echoing_timestamps(1000)},
                                           List{mss(1000)},
                                           List{mss(500)}};
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
  if (damage >= kLengths.size() && damage < 12) option.echo = false;
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

/// What a composed list is made of.
const std::vector<OptionText>& whole_pieces() {
  static const std::vector<OptionText> kPieces = [] {
    std::vector<OptionText> pieces{option(wire::OptionKind::NoOperation)};
    for (const int octets : {1460, 536, 1000, 500, 700, 1220, 1440, 100, 48, 1, 0}) {
      pieces.push_back(mss(static_cast<std::uint16_t>(octets)));
    }
    pieces.push_back(option(wire::OptionKind::SackPermitted));
    for (const int shift : {7, 0, 2, 14, 15}) {
      pieces.push_back(wscale(static_cast<std::uint8_t>(shift)));
    }
    for (const std::uint32_t value :
         {1001U, 1000U, 2000U, 100U, 500U, 5'000'000U, 0xffff'ffffU, 0x8000'0000U, 0U}) {
      pieces.push_back(echoing_timestamps(value));
      pieces.push_back(ts(value, 0));
    }
    pieces.push_back(ts(1001, 0x7fff'ffff));
    pieces.push_back(sack({{101, 201}}));
    pieces.push_back(sack(at(SndUna, 1000), at(SndNxt)));
    pieces.push_back(sack(at(SndUna, 10), at(SndUna, 20)));
    pieces.push_back(sack(at(SndNxt, -1000), at(SndNxt)));
    pieces.push_back(sack({{101, 301}}));
    pieces.push_back(sack({{1001, 2001}}));
    pieces.push_back(sack({{501, 601}, {101, 201}}));
    pieces.push_back(sack({{901, 1001}, {501, 601}, {101, 201}}));
    pieces.push_back(sack(at(SndUna, -10), at(SndUna)));
    pieces.push_back(option(wire::OptionKind::FastOpen));
    pieces.push_back(option(wire::OptionKind::FastOpen, {0, 17, 34, 51, 68, 85, 102, 119}));
    // The user timeout option of RFC 5482.
    pieces.push_back(unknown(28, {0x80, 0x64}));
    pieces.push_back(unknown(28, {0, 5}));
    pieces.push_back(unknown(28, {0, 0}));
    pieces.push_back(unknown(254, {0, 255}));
    pieces.push_back(unknown(200, {}));
    pieces.push_back(option(wire::OptionKind::EndOfList));
    // Since version 3.
    for (const int shift : {31, 5, 32, 118, 255}) {
      pieces.push_back(wscale(static_cast<std::uint8_t>(shift)));
    }
    for (const int octets : {200, 400, 12})
      pieces.push_back(mss(static_cast<std::uint16_t>(octets)));
    pieces.push_back(unknown(28, {0, 1}));
    pieces.push_back(unknown(200, {0, 255}));
    return pieces;
  }();
  return kPieces;
}

/// Each with one thing wrong: a length, a value cut short, a block that ends before it begins.
const std::vector<OptionText>& broken_pieces() {
  static const std::vector<OptionText> kPieces{
      with_length(mss(1460), 0),
      with_length(mss(1460), 1),
      with_length(mss(1460), 3),
      with_length(mss(1460), 40),
      unknown(2, {5}),
      unknown(2, {5, 180, 0}),
      with_length(wscale(7), 0),
      with_length(wscale(7), 255),
      unknown(3, {}),
      unknown(3, {7, 7}),
      unknown(4, {0}),
      with_length(option(wire::OptionKind::SackPermitted), 1),
      with_length(ts(1001, 0), 8),
      with_length(ts(1001, 0), 11),
      unknown(8, {0, 0, 3, 233}),
      unknown(8, std::vector<std::uint8_t>(9, 1)),
      with_length(sack({{101, 201}}), 2),
      with_length(sack({{101, 201}}), 9),
      with_length(sack({{101, 201}}), 18),
      sack({{201, 101}}),
      unknown(5, {0, 0, 0, 101}),
      unknown(5, {}),
      with_length(unknown(254, {0, 255}), 0),
      with_length(unknown(254, {0, 255}), 1),
      with_length(unknown(254, {0, 255}), 255),
      unknown(34, {0}),
      unknown(34, std::vector<std::uint8_t>(17, 9)),
      unknown(28, {0}),
  };
  return kPieces;
}

const OptionText& piece_of(std::uint8_t octet, bool whole) {
  if (whole || octet < OptionOctets::kBrokenPieceFrom)
    return whole_pieces()[octet % whole_pieces().size()];
  return broken_pieces()[(octet - OptionOctets::kBrokenPieceFrom) % broken_pieces().size()];
}

std::optional<std::uint8_t> octet_of_piece(const OptionText& piece) {
  for (unsigned octet = 0; octet <= 0xff; ++octet) {
    if (piece_of(static_cast<std::uint8_t>(octet), false) == piece) {
      return static_cast<std::uint8_t>(octet);
    }
  }
  return std::nullopt;
}

/// On the wire, without padding.
std::size_t octets_on_wire(const OptionText& option) {
  const bool alone = option.kind <= static_cast<std::uint8_t>(wire::OptionKind::NoOperation);
  return alone ? 1 : 2 + option.data.size() + 8 * option.sack.size();
}

std::vector<OptionText> compose(const OptionOctets& octets, bool whole) {
  constexpr std::size_t kOctetsMax = 40;
  std::vector<OptionText> options;
  std::size_t taken = 0;
  const std::size_t count = octets.list % (octets.pieces.size() + 1);
  for (std::size_t i = 0; i < count; ++i) {
    const OptionText& piece = piece_of(octets.pieces.at(i), whole);
    taken += octets_on_wire(piece);
    if (taken > kOctetsMax) break;
    options.push_back(piece);
  }
  return options;
}

std::optional<OptionOctets> octets_of_composed(const std::vector<OptionText>& options) {
  OptionOctets octets;
  if (options.size() > octets.pieces.size()) return std::nullopt;
  for (unsigned list = OptionOctets::kComposedFrom; list <= 0xff; ++list) {
    if (list % (octets.pieces.size() + 1) != options.size()) continue;
    octets.list = static_cast<std::uint8_t>(list);
    break;
  }
  for (std::size_t i = 0; i < options.size(); ++i) {
    const auto piece = octet_of_piece(options[i]);
    if (!piece) return std::nullopt;
    octets.pieces.at(i) = *piece;
  }
  if (compose(octets, false) != options) return std::nullopt;
  return octets;
}

}  // namespace

OptionText mss_option(std::uint16_t octets) {
  return option(wire::OptionKind::MaximumSegmentSize,
                {static_cast<std::uint8_t>(octets >> 8U), static_cast<std::uint8_t>(octets)});
}

OptionText echoing_timestamps(std::uint32_t value) {
  OptionText option = ts(value, 0);
  option.echo = true;
  return option;
}

std::optional<std::vector<OptionText>> options_of(const OptionOctets& octets, bool whole) {
  if (octets.list >= OptionOctets::kComposedFrom) return compose(octets, whole);
  const std::vector<Options>& lists = option_lists();
  Options options = lists[octets.list % lists.size()];
  const bool breaks = !whole && octets.broken >= kBrokenFrom;
  if (options && !options->empty() && breaks) break_option(octets.broken, *options);
  return options;
}

std::optional<OptionOctets> octets_of(const std::optional<std::vector<OptionText>>& options) {
  const std::size_t lists = option_lists().size();
  const auto in_table = [&](unsigned broken) -> std::optional<OptionOctets> {
    for (std::size_t list = 0; list < lists; ++list) {
      const OptionOctets octets{.list = static_cast<std::uint8_t>(list),
                                .broken = static_cast<std::uint8_t>(broken)};
      if (options_of(octets, false) == options) return octets;
    }
    return std::nullopt;
  };
  if (const auto plain = in_table(0)) return plain;
  if (!options) return std::nullopt;
  if (const auto composed = octets_of_composed(*options)) return composed;
  for (unsigned broken = kBrokenFrom; broken <= 0xff; ++broken) {
    if (const auto found = in_table(broken)) return found;
  }
  return std::nullopt;
}

}  // namespace tcprove::plan
