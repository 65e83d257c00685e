#include "harness/wire/options.hpp"

#include <span>

#include <fmt/format.h>

#include "harness/base/check.hpp"
#include "harness/wire/big_endian.hpp"

namespace tcprove::wire {
namespace {

using Out = std::vector<std::uint8_t>;

constexpr std::size_t kBlockOctets = 8;

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

/// RFC 7413 section 4.1.1: none, or an even number of octets from 4 to 16.
bool is_cookie_length(std::size_t size) {
  return size == 0 || (size >= 4 && size <= 16 && size % 2 == 0);
}

Sack read_sack(Octets data) {
  Sack sack{.count = static_cast<std::uint8_t>(data.size() / kBlockOctets)};
  for (std::size_t i = 0; i < sack.count; ++i) {
    const std::uint8_t* at = data.data() + i * kBlockOctets;
    sack.blocks[i] = {.left = SeqNum(load32(at)), .right = SeqNum(load32(at + 4))};
  }
  return sack;
}

void append16(std::uint16_t value, Out& out) {
  out.push_back(static_cast<std::uint8_t>(value >> 8U));
  out.push_back(static_cast<std::uint8_t>(value));
}

void append32(std::uint32_t value, Out& out) {
  append16(static_cast<std::uint16_t>(value >> 16U), out);
  append16(static_cast<std::uint16_t>(value), out);
}

/// The kind octet, and the length octet of an option with so many octets of data.
void append_head(std::uint8_t kind, std::size_t data_octets, Out& out) {
  TCPROVE_CHECK(data_octets <= kOptionDataOctetsMax, "longer than an option's length can tell");
  out.push_back(kind);
  out.push_back(static_cast<std::uint8_t>(data_octets + 2));
}

std::span<const Sack::Block> blocks_of(const Sack& sack) {
  TCPROVE_CHECK(sack.count <= sack.blocks.size(), "more SACK blocks than there are");
  return std::span(sack.blocks).first(sack.count);
}

std::string hex(Octets octets) {
  std::string text = octets.empty() ? "" : " ";
  for (const std::uint8_t octet : octets) text += fmt::format("{:02x}", octet);
  return text;
}

std::string sack_to_string(const Sack& sack, SeqNum base) {
  std::string text = "sack";
  for (const Sack::Block& block : blocks_of(sack)) {
    text += fmt::format(" {}:{}", distance(base, block.left), distance(base, block.right));
  }
  return text;
}

}  // namespace

std::uint8_t kind_of(const Option& option) {
  const auto kind = std::visit(
      Overloaded{[](const EndOfList&) { return OptionKind::EndOfList; },
                 [](const NoOperation&) { return OptionKind::NoOperation; },
                 [](const MaximumSegmentSize&) { return OptionKind::MaximumSegmentSize; },
                 [](const WindowScale&) { return OptionKind::WindowScale; },
                 [](const SackPermitted&) { return OptionKind::SackPermitted; },
                 [](const Sack&) { return OptionKind::Sack; },
                 [](const Timestamps&) { return OptionKind::Timestamps; },
                 [](const FastOpen&) { return OptionKind::FastOpen; },
                 [](const UnknownOption& unknown) { return OptionKind{unknown.kind}; }},
      option);
  return static_cast<std::uint8_t>(kind);
}

Option read(const RawOption& raw) {
  const Octets data = raw.data;
  const std::uint8_t* at = data.data();
  switch (static_cast<OptionKind>(raw.kind)) {
    case OptionKind::EndOfList:
      return EndOfList{};
    case OptionKind::NoOperation:
      return NoOperation{};
    case OptionKind::MaximumSegmentSize:
      if (data.size() == 2) return MaximumSegmentSize{load16(at)};
      break;
    case OptionKind::WindowScale:
      if (data.size() == 1) return WindowScale{data[0]};
      break;
    case OptionKind::SackPermitted:
      if (data.empty()) return SackPermitted{};
      break;
    case OptionKind::Sack:
      if (!data.empty() && data.size() % kBlockOctets == 0 && data.size() <= 4 * kBlockOctets) {
        return read_sack(data);
      }
      break;
    case OptionKind::Timestamps:
      if (data.size() == 8) return Timestamps{.tsval = load32(at), .tsecr = load32(at + 4)};
      break;
    case OptionKind::FastOpen:
      if (is_cookie_length(data.size())) return FastOpen{data};
      break;
    default:
      break;
  }
  return UnknownOption{.kind = raw.kind, .data = data};
}

std::optional<RawOption> OptionReader::next_raw() {
  if (rest_.empty()) return std::nullopt;
  const std::uint8_t kind = rest_[0];
  if (kind == static_cast<std::uint8_t>(OptionKind::EndOfList)) {
    rest_ = {};
    return RawOption{.kind = kind};
  }
  if (kind == static_cast<std::uint8_t>(OptionKind::NoOperation)) {
    rest_ = rest_.subspan(1);
    return RawOption{.kind = kind};
  }
  const std::size_t length = rest_.size() < 2 ? 0 : rest_[1];
  if (length < 2 || length > rest_.size()) {
    malformed_ = true;
    return std::nullopt;
  }
  const RawOption option{.kind = kind, .data = rest_.subspan(2, length - 2)};
  rest_ = rest_.subspan(length);
  return option;
}

void append(const Option& option, Out& out) {
  const std::uint8_t kind = kind_of(option);
  std::visit(Overloaded{[&](const EndOfList&) { out.push_back(kind); },
                        [&](const NoOperation&) { out.push_back(kind); },
                        [&](const MaximumSegmentSize& mss) {
                          append_head(kind, 2, out);
                          append16(mss.octets, out);
                        },
                        [&](const WindowScale& scale) {
                          append_head(kind, 1, out);
                          out.push_back(scale.shift);
                        },
                        [&](const SackPermitted&) { append_head(kind, 0, out); },
                        [&](const Sack& sack) {
                          const auto blocks = blocks_of(sack);
                          append_head(kind, blocks.size() * kBlockOctets, out);
                          for (const Sack::Block& block : blocks) {
                            append32(block.left.raw(), out);
                            append32(block.right.raw(), out);
                          }
                        },
                        [&](const Timestamps& ts) {
                          append_head(kind, 8, out);
                          append32(ts.tsval, out);
                          append32(ts.tsecr, out);
                        },
                        [&](const FastOpen& fast_open) {
                          append_head(kind, fast_open.cookie.size(), out);
                          out.insert(out.end(), fast_open.cookie.begin(), fast_open.cookie.end());
                        },
                        [&](const UnknownOption& unknown) {
                          append_head(kind, unknown.data.size(), out);
                          out.insert(out.end(), unknown.data.begin(), unknown.data.end());
                        }},
             option);
}

std::string to_string(const Option& option, SeqNum base) {
  return std::visit(
      Overloaded{[](const EndOfList&) -> std::string { return "eol"; },
                 [](const NoOperation&) -> std::string { return "nop"; },
                 [](const MaximumSegmentSize& mss) { return fmt::format("mss {}", mss.octets); },
                 [](const WindowScale& scale) { return fmt::format("wscale {}", scale.shift); },
                 [](const SackPermitted&) -> std::string { return "sack-ok"; },
                 [&](const Sack& sack) { return sack_to_string(sack, base); },
                 [](const Timestamps& ts) { return fmt::format("ts {} {}", ts.tsval, ts.tsecr); },
                 [](const FastOpen& fast_open) { return "fast-open" + hex(fast_open.cookie); },
                 [](const UnknownOption& unknown) {
                   return fmt::format("kind {}{}", unknown.kind, hex(unknown.data));
                 }},
      option);
}

std::string options_to_string(Octets options, SeqNum base) {
  std::string text;
  const auto add = [&text](std::string_view word) {
    if (!text.empty()) text += ',';
    text += word;
  };
  OptionReader reader(options);
  while (const std::optional<Option> option = reader.next()) add(to_string(*option, base));
  if (reader.malformed()) add("malformed");
  return text;
}

}  // namespace tcprove::wire
