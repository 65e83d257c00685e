#include "harness/wire/checksum.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

namespace tcprove::wire {
namespace {

std::uint16_t fold(std::uint64_t sum) {
  sum = (sum & 0xffffffffU) + (sum >> 32U);
  sum = (sum & 0xffffffffU) + (sum >> 32U);
  sum = (sum & 0xffffU) + (sum >> 16U);
  sum = (sum & 0xffffU) + (sum >> 16U);
  return static_cast<std::uint16_t>(sum);
}

/// A ones' complement sum is the same in either octet order but for the order of its own two
/// octets (RFC 1071 section 2 (B)), so words are summed as the machine loads them.
std::uint16_t swap_unless_big_endian(std::uint16_t word) {
  if constexpr (std::endian::native == std::endian::big) return word;
  return static_cast<std::uint16_t>((word << 8U) | (word >> 8U));
}

/// 32-bit words in a 64-bit sum: no carry is lost before 2^32 of them.
std::uint64_t sum_of(const std::uint8_t* at, std::size_t octets) {
  std::uint64_t sum = 0;
  std::uint32_t word = 0;
  for (; octets >= sizeof word; octets -= sizeof word, at += sizeof word) {
    std::memcpy(&word, at, sizeof word);
    sum += word;
  }
  if (octets == 0) return sum;
  std::array<std::uint8_t, sizeof word> padded{};
  for (std::size_t i = 0; i < octets; ++i) padded[i] = at[i];
  std::memcpy(&word, padded.data(), sizeof word);
  return sum + word;
}

}  // namespace

void ChecksumSum::add(Octets octets) { sum_ += sum_of(octets.data(), octets.size()); }

void ChecksumSum::add_word(std::uint16_t word) { sum_ += swap_unless_big_endian(word); }

std::uint16_t ChecksumSum::checksum() const {
  return static_cast<std::uint16_t>(~swap_unless_big_endian(fold(sum_)));
}

std::uint16_t tcp_checksum(const IpAddress& source, const IpAddress& destination, Octets tcp) {
  constexpr std::uint16_t kTcp = 6;
  ChecksumSum sum;
  const std::size_t octets = source.version == IpVersion::V4 ? 4 : 16;
  sum.add(Octets(source.octets).first(octets));
  sum.add(Octets(destination.octets).first(octets));
  sum.add_word(kTcp);
  sum.add_word(static_cast<std::uint16_t>(tcp.size() >> 16U));
  sum.add_word(static_cast<std::uint16_t>(tcp.size()));
  sum.add(tcp);
  return sum.checksum();
}

}  // namespace tcprove::wire
