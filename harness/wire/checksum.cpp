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
std::uint16_t from_machine_order(std::uint16_t sum) {
  if constexpr (std::endian::native == std::endian::big) return sum;
  return static_cast<std::uint16_t>((sum << 8U) | (sum >> 8U));
}

}  // namespace

void ChecksumSum::add(Octets octets) {
  const std::uint8_t* at = octets.data();
  std::size_t left = octets.size();
  std::uint64_t sum = 0;
  const auto add_word = [&sum](std::uint64_t word) {
    sum += word;
    sum += sum < word ? 1U : 0U;  // The carry comes in again at the other end.
  };
  for (; left >= sizeof(std::uint64_t); left -= sizeof(std::uint64_t)) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, at, sizeof eight);
    add_word(eight);
    at += sizeof eight;
  }
  if (left >= sizeof(std::uint32_t)) {
    std::uint32_t four = 0;
    std::memcpy(&four, at, sizeof four);
    add_word(four);
    at += sizeof four;
    left -= sizeof four;
  }
  if (left > 0) {
    std::array<std::uint8_t, sizeof(std::uint32_t)> padded{};
    for (std::size_t i = 0; i < left; ++i) padded[i] = at[i];
    std::uint32_t last = 0;
    std::memcpy(&last, padded.data(), sizeof last);
    add_word(last);
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
