#include "harness/wire/checksum.hpp"

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
std::uint16_t from_machine_order(std::uint16_t sum) {
  if constexpr (std::endian::native == std::endian::big) return sum;
  return static_cast<std::uint16_t>((sum << 8U) | (sum >> 8U));
}

}  // namespace

void ChecksumSum::add(Octets octets) {
  constexpr std::size_t kStep = sizeof(std::uint64_t);
  const std::uint8_t* at = octets.data();
  std::size_t left = octets.size();
  std::uint64_t sum = 0;
  for (; left >= kStep; at += kStep, left -= kStep) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, at, kStep);
    // Halves, so that 64 bits cannot overflow before 16 GiB have been summed.
    sum += (eight & 0xffffffffU) + (eight >> 32U);
  }
  if (left >= 4) {
    std::uint32_t four = 0;
    std::memcpy(&four, at, sizeof four);
    sum += four;
    at += sizeof four;
    left -= sizeof four;
  }
  if (left > 0) {
    std::uint32_t padded = 0;
    std::memcpy(&padded, at, left);
    sum += padded;
  }
  sum_ += from_machine_order(fold(sum));
}

std::uint16_t ChecksumSum::checksum() const { return static_cast<std::uint16_t>(~fold(sum_)); }

std::uint16_t tcp_checksum(const IpAddress& source, const IpAddress& destination, Octets tcp) {
  constexpr std::uint16_t kTcp = 6;
  ChecksumSum sum;
  // An IPv4 address' unused octets are zero and add nothing.
  sum.add(source.octets);
  sum.add(destination.octets);
  sum.add_word(kTcp);
  sum.add_word(static_cast<std::uint16_t>(tcp.size() >> 16U));
  sum.add_word(static_cast<std::uint16_t>(tcp.size()));
  sum.add(tcp);
  return sum.checksum();
}

}  // namespace tcprove::wire
