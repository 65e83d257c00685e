#include "harness/wire/capture_reader.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "harness/wire/big_endian.hpp"

namespace tcprove::wire {
namespace {

// pcap: draft-ietf-opsawg-pcap, sections 4 and 5.
constexpr std::uint32_t kMicroseconds = 0xa1b2c3d4;
constexpr std::uint32_t kNanoseconds = 0xa1b23c4d;
constexpr std::size_t kPcapHeadOctets = 24;
constexpr std::size_t kRecordHeadOctets = 16;

// pcapng: draft-ietf-opsawg-pcapng, sections 3, 4 and the appendix for the obsolete block.
constexpr std::uint32_t kSectionHeader = 0x0a0d0d0a;  // The same in both orders of octets.
constexpr std::uint32_t kInterfaceDescription = 1;
constexpr std::uint32_t kPacketObsolete = 2;
constexpr std::uint32_t kSimplePacket = 3;
constexpr std::uint32_t kEnhancedPacket = 6;
constexpr std::uint32_t kByteOrderMagic = 0x1a2b3c4d;
constexpr std::size_t kBlockFrameOctets = 12;
constexpr std::size_t kBlockHeadOctets = 8;

constexpr std::uint16_t kEndOfOptions = 0;
constexpr std::uint16_t kPacketFlags = 2;
constexpr std::uint16_t kTimeResolution = 9;
constexpr std::uint16_t kTimeOffset = 14;

constexpr std::uint64_t kNanosecondsPerSecond = 1'000'000'000;

constexpr std::uint32_t swapped(std::uint32_t value) {
  return value << 24U | (value & 0xff00U) << 8U | (value >> 8U & 0xff00U) | value >> 24U;
}

std::size_t padded(std::size_t octets) { return (octets + 3) / 4 * 4; }

/// A stamp before 1970 or past an Instant's range is the nearest one within.
base::Instant instant(std::int64_t seconds, std::uint64_t nanoseconds) {
  constexpr std::int64_t kSecondsMax = 9'000'000'000;
  return base::Instant(std::chrono::seconds(std::clamp(seconds, std::int64_t{0}, kSecondsMax)) +
                       std::chrono::nanoseconds(static_cast<std::int64_t>(nanoseconds)));
}

/// `units` of a clock in nanoseconds after its whole seconds.
std::uint64_t fraction(std::uint64_t units, std::uint64_t units_per_second) {
  if (units_per_second <= kNanosecondsPerSecond) {
    return units * kNanosecondsPerSecond / units_per_second;
  }
  return static_cast<std::uint64_t>(static_cast<long double>(units) /
                                    static_cast<long double>(units_per_second) *
                                    static_cast<long double>(kNanosecondsPerSecond));
}

/// if_tsresol: a power of ten, or with the highest bit of two; nothing where it is finer than what
/// 64 bits count.
std::optional<std::uint64_t> units_of(std::uint8_t resolution) {
  constexpr std::uint8_t kOfTwo = 0x80;
  const unsigned exponent = resolution & 0x7fU;
  if ((resolution & kOfTwo) != 0) {
    if (exponent > 63) return std::nullopt;
    return std::uint64_t{1} << exponent;
  }
  if (exponent > 19) return std::nullopt;
  std::uint64_t units = 1;
  for (unsigned i = 0; i < exponent; ++i) units *= 10;
  return units;
}

/// Calls `take` with code and value of each option in `options`, as far as they are whole.
template <class Read16, class Take>
void for_each_option(Octets options, const Read16& read16, const Take& take) {
  constexpr std::size_t kHeadOctets = 4;
  while (options.size() >= kHeadOctets) {
    const std::uint16_t code = read16(options, 0);
    const std::size_t size = read16(options, 2);
    options = options.subspan(kHeadOctets);
    if (code == kEndOfOptions || size > options.size()) return;
    take(code, options.first(size));
    options = options.subspan(std::min(padded(size), options.size()));
  }
}

}  // namespace

struct CaptureReader::Block {
  std::uint32_t type = 0;
  Octets body;
};

CaptureReader::CaptureReader(Octets file) : file_(file) {
  if (file_.size() < kBlockHeadOctets) {
    fail("too short for a capture");
    return;
  }
  const std::uint32_t magic = load32(file_.data());
  is_pcapng_ = magic == kSectionHeader;
  if (is_pcapng_) return;
  if (magic == kMicroseconds || magic == kNanoseconds) {
    big_endian_ = true;
  } else if (swapped(magic) != kMicroseconds && swapped(magic) != kNanoseconds) {
    fail("neither pcap nor pcapng");
    return;
  }
  begin_pcap();
}

std::nullopt_t CaptureReader::fail(std::string why) {
  error_ = fmt::format("octet {}: {}", at_, why);
  return std::nullopt;
}

std::uint16_t CaptureReader::read16(Octets octets, std::size_t at) const {
  const std::uint16_t value = load16(&octets[at]);
  return big_endian_ ? value : static_cast<std::uint16_t>(value << 8U | value >> 8U);
}

std::uint32_t CaptureReader::read32(Octets octets, std::size_t at) const {
  const std::uint32_t value = load32(&octets[at]);
  return big_endian_ ? value : swapped(value);
}

std::optional<CapturedFrame> CaptureReader::next() {
  if (!error_.empty()) return std::nullopt;
  return is_pcapng_ ? next_of_pcapng() : next_of_pcap();
}

void CaptureReader::begin_pcap() {
  if (file_.size() < kPcapHeadOctets) {
    fail("the header ends too early");
    return;
  }
  constexpr std::uint32_t kLinkMask = 0xffff;  // The rest tells of a frame check sequence.
  Interface& interface = interfaces_.emplace_back();
  interface.link = static_cast<LinkType>(read32(file_, 20) & kLinkMask);
  if (read32(file_, 0) == kNanoseconds) interface.units_per_second = kNanosecondsPerSecond;
  if (!is_known(interface.link)) {
    fail(fmt::format("link type {} is not known here", static_cast<unsigned>(interface.link)));
    return;
  }
  at_ = kPcapHeadOctets;
}

std::optional<CapturedFrame> CaptureReader::next_of_pcap() {
  const Octets rest = file_.subspan(at_);
  if (rest.empty()) return std::nullopt;
  if (rest.size() < kRecordHeadOctets) return fail("a record's header ends too early");
  const std::uint32_t captured = read32(rest, 8);
  if (captured > kBlockOctetsMax || captured > rest.size() - kRecordHeadOctets) {
    return fail(fmt::format("a record of {} octets is longer than the file, or than {}", captured,
                            kBlockOctetsMax));
  }
  const Interface& interface = interfaces_.front();
  at_ += kRecordHeadOctets + captured;
  return CapturedFrame{
      .number = ++frames_,
      .at = instant(read32(rest, 0), fraction(read32(rest, 4), interface.units_per_second)),
      .link = interface.link,
      .octets = rest.subspan(kRecordHeadOctets, captured),
      .cut = captured < read32(rest, 12)};
}

/// The block at `at_`; moves behind it.
std::optional<CaptureReader::Block> CaptureReader::next_block() {
  const Octets rest = file_.subspan(at_);
  if (rest.empty()) return std::nullopt;
  if (rest.size() < kBlockFrameOctets) return fail("a block's frame ends too early");
  if (load32(rest.data()) == kSectionHeader) {
    // Only now is the order of octets known, and that of its own length with it.
    big_endian_ = load32(&rest[kBlockHeadOctets]) == kByteOrderMagic;
    if (!big_endian_ && swapped(load32(&rest[kBlockHeadOctets])) != kByteOrderMagic) {
      return fail("a section without its byte-order magic");
    }
  }
  const std::uint32_t length = read32(rest, 4);
  if (length < kBlockFrameOctets || length % 4 != 0 || length > rest.size() ||
      length > kBlockOctetsMax) {
    return fail(
        fmt::format("a block's length is {}: not a multiple of 4, past the end of the "
                    "file, or more than {}",
                    length, kBlockOctetsMax));
  }
  if (read32(rest, length - 4) != length) return fail("a block's two lengths differ");
  Block block{.type = read32(rest, 0),
              .body = rest.subspan(kBlockHeadOctets, length - kBlockFrameOctets)};
  at_ += length;
  return block;
}

std::optional<CapturedFrame> CaptureReader::next_of_pcapng() {
  while (const std::optional<Block> block = next_block()) {
    const std::size_t behind = std::exchange(at_, at_ - block->body.size() - kBlockFrameOctets);
    std::optional<CapturedFrame> frame;
    if (block->type == kSectionHeader) {
      begin_section(*block);
    } else if (block->type == kInterfaceDescription) {
      add_interface(*block);
    } else if (block->type == kEnhancedPacket || block->type == kSimplePacket ||
               block->type == kPacketObsolete) {
      frame = frame_of(*block);
    }
    if (!error_.empty()) return std::nullopt;
    at_ = behind;
    if (frame) return frame;
  }
  return std::nullopt;
}

void CaptureReader::begin_section(const Block& block) {
  constexpr std::size_t kFixedOctets = 16;
  if (block.body.size() < kFixedOctets) {
    fail("a section's header ends too early");
  } else if (read16(block.body, 4) != 1) {
    fail(fmt::format("version {} of pcapng is not known here", read16(block.body, 4)));
  }
  interfaces_.clear();
}

void CaptureReader::add_interface(const Block& block) {
  constexpr std::size_t kFixedOctets = 8;
  if (block.body.size() < kFixedOctets) {
    fail("an interface's description ends too early");
    return;
  }
  if (interfaces_.size() == kInterfacesMax) {
    fail(fmt::format("a section has more than {} interfaces", kInterfacesMax));
    return;
  }
  Interface& interface = interfaces_.emplace_back();
  interface.link = static_cast<LinkType>(read16(block.body, 0));
  interface.snap_octets = read32(block.body, 4);
  const auto read = [this](Octets octets, std::size_t at) { return read16(octets, at); };
  for_each_option(block.body.subspan(kFixedOctets), read, [&](std::uint16_t code, Octets value) {
    if (code == kTimeResolution && value.size() == 1) {
      if (const auto units = units_of(value[0])) {
        interface.units_per_second = *units;
      } else {
        fail(fmt::format("a clock's resolution of {:#04x} is too fine", value[0]));
      }
    }
    if (code == kTimeOffset && value.size() == 8) {
      const std::uint64_t first = read32(value, 0);
      const std::uint64_t second = read32(value, 4);
      interface.offset_seconds =
          static_cast<std::int64_t>(big_endian_ ? first << 32U | second : second << 32U | first);
    }
  });
}

std::optional<CapturedFrame> CaptureReader::frame_of(const Block& block) {
  const bool simple = block.type == kSimplePacket;
  const bool obsolete = block.type == kPacketObsolete;
  const std::size_t fixed = simple ? 4 : 20;
  const Octets body = block.body;
  if (body.size() < fixed) return fail("a packet's block ends too early");
  const std::size_t index = simple ? 0 : obsolete ? read16(body, 0) : read32(body, 0);
  if (index >= interfaces_.size()) return fail("a packet of an interface that is not described");
  const Interface& interface = interfaces_[index];
  const std::uint32_t original = read32(body, simple ? 0 : 16);
  std::uint32_t captured = simple ? original : read32(body, 12);
  if (simple) {
    if (interface.snap_octets != 0) captured = std::min(captured, interface.snap_octets);
    captured = std::min(captured, static_cast<std::uint32_t>(body.size() - fixed));
  }
  if (captured > body.size() - fixed) return fail("a packet is longer than its block");

  CapturedFrame frame{.number = ++frames_,
                      .link = interface.link,
                      .octets = body.subspan(fixed, captured),
                      .cut = captured < original};
  if (simple) return frame;
  const std::uint64_t stamp = std::uint64_t{read32(body, 4)} << 32U | read32(body, 8);
  const std::uint64_t second = interface.units_per_second;
  const auto whole = static_cast<std::int64_t>(
      std::min<std::uint64_t>(stamp / second, std::numeric_limits<std::int64_t>::max() / 2));
  const std::int64_t offset =
      std::clamp(interface.offset_seconds, std::numeric_limits<std::int64_t>::min() / 2,
                 std::numeric_limits<std::int64_t>::max() / 2);
  frame.at = instant(whole + offset, fraction(stamp % second, second));
  const Octets options = body.subspan(std::min(fixed + padded(captured), body.size()));
  const auto read = [this](Octets octets, std::size_t at) { return read16(octets, at); };
  for_each_option(options, read, [&](std::uint16_t code, Octets value) {
    if (code != kPacketFlags || value.size() != 4) return;
    using enum CapturedFrame::Direction;
    const std::uint32_t direction = read32(value, 0) & 3U;
    frame.direction = direction == 1 ? Inbound : direction == 2 ? Outbound : Unknown;
  });
  return frame;
}

}  // namespace tcprove::wire
