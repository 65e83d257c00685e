#pragma once

#include <cstdint>

#include "harness/wire/address.hpp"
#include "harness/wire/segment.hpp"

namespace tcprove::wire {

/// A ones' complement sum under way (RFC 1071); parts of odd length may only come last.
class ChecksumSum {
 public:
  void add(Octets octets);
  void add_word(std::uint16_t word);

  /// The complement of the folded sum: what a checksum field carries; 0 where the field was
  /// included and right.
  [[nodiscard]] std::uint16_t checksum() const;

 private:
  std::uint64_t sum_ = 0;  ///< Of 32-bit words as the machine loads them; carries are at the top.
};

/// The checksum over the pseudo-header (RFC 9293 section 3.1; RFC 8200 section 8.1) and `tcp`,
/// header and data; 0 where the field inside is right already.
std::uint16_t tcp_checksum(const IpAddress& source, const IpAddress& destination, Octets tcp);

}  // namespace tcprove::wire
