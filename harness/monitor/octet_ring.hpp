#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "harness/wire/segment.hpp"

namespace tcprove::monitor {

/// The last kOctetsMax octets of one direction of a connection, found by their numbers.
///
/// Which of them are there is the owner's to know.
class OctetRing {
 public:
  static constexpr std::size_t kOctetsMax = 1U << 16U;

  OctetRing() : octets_(kOctetsMax) {}

  /// Keeps `octets` as those from `at` on; of more than kOctetsMax the last ones.
  void write(wire::SeqNum at, wire::Octets octets) {
    each_piece(octets_.data(), at, octets, [](std::uint8_t* kept, wire::Octets piece) {
      std::copy(piece.begin(), piece.end(), kept);
      return true;
    });
  }

  /// Whether `octets` are those kept from `at` on.
  [[nodiscard]] bool holds(wire::SeqNum at, wire::Octets octets) const {
    return each_piece(octets_.data(), at, octets, [](const std::uint8_t* kept, wire::Octets piece) {
      return std::equal(piece.begin(), piece.end(), kept);
    });
  }

 private:
  /// Calls `visit` with each part of `octets` that the ring does not cut; stops where it is false.
  template <class Octet, class Visit>
  static bool each_piece(Octet* ring, wire::SeqNum at, wire::Octets octets, Visit visit) {
    while (!octets.empty()) {
      const std::size_t index = at.raw() % kOctetsMax;
      const wire::Octets piece = octets.first(std::min(octets.size(), kOctetsMax - index));
      if (!visit(ring + index, piece)) return false;
      octets = octets.subspan(piece.size());
      at += static_cast<wire::SeqLen>(piece.size());
    }
    return true;
  }

  std::vector<std::uint8_t> octets_;
};

}  // namespace tcprove::monitor
