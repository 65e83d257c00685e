#include "harness/wire/pcapng.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace tcprove::wire {
namespace {

// Blocks, options and their numbers: draft-ietf-opsawg-pcapng, sections 3.5, 4.1, 4.2 and 4.3.
constexpr std::uint32_t kSectionHeader = 0x0a0d0d0a;
constexpr std::uint32_t kInterfaceDescription = 1;
constexpr std::uint32_t kEnhancedPacket = 6;
constexpr std::uint32_t kByteOrderMagic = 0x1a2b3c4d;
constexpr std::uint16_t kLinkTypeRaw = 101;

constexpr std::uint16_t kEndOfOptions = 0;
constexpr std::uint16_t kComment = 1;
constexpr std::uint16_t kEpbFlags = 2;
constexpr std::uint16_t kUserApplication = 4;
constexpr std::uint16_t kTimeResolution = 9;

constexpr std::size_t kBlockFrameOctets = 12;  ///< Type, and the length before and after.
constexpr std::size_t kOptionHeadOctets = 4;
constexpr std::size_t kOptionValueOctetsMax = 65535;

std::size_t padded(std::size_t octets) { return (octets + 3) / 4 * 4; }

std::size_t option_octets(std::size_t value) { return kOptionHeadOctets + padded(value); }

std::size_t comment_octets(std::string_view comment) {
  return comment.empty() ? 0 : option_octets(comment.size());
}

/// As much of `comment` as an option holds, cut between two UTF-8 characters.
std::string_view fitting(std::string_view comment) {
  if (comment.size() <= kOptionValueOctetsMax) return comment;
  const auto is_continuation = [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) == 0x80;
  };
  std::size_t end = kOptionValueOctetsMax;
  while (end > 0 && is_continuation(comment[end])) --end;
  return comment.substr(0, end);
}

/// Writes one block: its frame, and little-endian numbers whatever the machine, so that a run's
/// capture is the same everywhere.
class Block {
 public:
  Block(std::ostream& out, std::uint32_t type, std::size_t body_octets)
      : out_(out), length_(static_cast<std::uint32_t>(kBlockFrameOctets + body_octets)) {
    put32(type);
    put32(length_);
  }
  void finish() { put32(length_); }

  void put16(std::uint16_t value) { put_number(value, 2); }
  void put32(std::uint32_t value) { put_number(value, 4); }
  void put64(std::uint64_t value) { put_number(value, 8); }

  void put_padded(std::string_view octets) {
    static constexpr std::array<char, 3> kZeros{};
    out_.write(octets.data(), static_cast<std::streamsize>(octets.size()));
    out_.write(kZeros.data(), static_cast<std::streamsize>(padded(octets.size()) - octets.size()));
  }

  void put_option(std::uint16_t code, std::string_view value) {
    put16(code);
    put16(static_cast<std::uint16_t>(value.size()));
    put_padded(value);
  }

  void put_comment(std::string_view comment) {
    if (!comment.empty()) put_option(kComment, comment);
  }

 private:
  void put_number(std::uint64_t value, std::size_t octets) {
    std::array<char, 8> little_endian{};
    for (std::size_t i = 0; i < octets; ++i) {
      little_endian[i] = static_cast<char>(value >> (8 * i));
    }
    out_.write(little_endian.data(), static_cast<std::streamsize>(octets));
  }

  std::ostream& out_;
  std::uint32_t length_;
};

void write_section_header(std::ostream& out, std::string_view comment) {
  constexpr std::string_view kApplication = "tcprove";
  constexpr std::uint64_t kLengthNotTold = ~std::uint64_t{0};
  Block block(
      out, kSectionHeader,
      16 + comment_octets(comment) + option_octets(kApplication.size()) + kOptionHeadOctets);
  block.put32(kByteOrderMagic);
  block.put16(1);  // Version 1.0.
  block.put16(0);
  block.put64(kLengthNotTold);
  block.put_comment(comment);
  block.put_option(kUserApplication, kApplication);
  block.put_option(kEndOfOptions, {});
  block.finish();
}

void write_interface(std::ostream& out) {
  constexpr std::string_view kNanoseconds = "\x09";
  constexpr std::uint32_t kNoSnapLength = 0;
  Block block(out, kInterfaceDescription,
              8 + option_octets(kNanoseconds.size()) + kOptionHeadOctets);
  block.put16(kLinkTypeRaw);
  block.put16(0);
  block.put32(kNoSnapLength);
  block.put_option(kTimeResolution, kNanoseconds);
  block.put_option(kEndOfOptions, {});
  block.finish();
}

}  // namespace

PcapngWriter::PcapngWriter(std::ostream& out, std::string_view comment) : out_(out) {
  write_section_header(out_, fitting(comment));
  write_interface(out_);
}

void PcapngWriter::write(base::Instant at, Direction direction, Octets packet,
                         std::string_view comment) {
  const std::string_view fitting_comment = fitting(comment);
  const auto stamp = static_cast<std::uint64_t>(at.time_since_epoch().count());
  const auto size = static_cast<std::uint32_t>(packet.size());
  Block block(out_, kEnhancedPacket,
              20 + padded(packet.size()) + comment_octets(fitting_comment) +
                  option_octets(sizeof(std::uint32_t)) + kOptionHeadOctets);
  block.put32(0);  // The one interface.
  block.put32(static_cast<std::uint32_t>(stamp >> 32U));
  block.put32(static_cast<std::uint32_t>(stamp));
  block.put32(size);  // Captured, and on the wire.
  block.put32(size);
  block.put_padded({reinterpret_cast<const char*>(packet.data()), packet.size()});
  block.put_comment(fitting_comment);
  block.put16(kEpbFlags);
  block.put16(sizeof(std::uint32_t));
  block.put32(static_cast<std::uint32_t>(direction));
  block.put_option(kEndOfOptions, {});
  block.finish();
}

}  // namespace tcprove::wire
