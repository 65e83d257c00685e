#pragma once

#include <cstddef>
#include <cstdint>

#include "harness/base/tape.hpp"
#include "harness/base/virtual_time.hpp"
#include "harness/wire/segment.hpp"

namespace tcprove::adapter {

/// Packets that a stack emitted, in order; clear() keeps the capacity, so a warm outbox never
/// allocates.
class Outbox {
 public:
  struct Emission {
    base::Instant at;
    std::size_t begin = 0;
    std::size_t size = 0;
  };

  /// Copies `packet`; a stack that emits more than kOctetsMax before it is taken has the rest
  /// counted in overflowed() and dropped.
  void push(base::Instant at, wire::Octets packet);

  /// For a stack that hands a packet over in pieces: room for `size` octets, to be filled at once.
  /// Empty where the outbox is full.
  std::span<std::uint8_t> push_room(base::Instant at, std::size_t size);

  [[nodiscard]] bool empty() const { return emissions_.empty(); }
  [[nodiscard]] std::size_t size() const { return emissions_.size(); }
  [[nodiscard]] base::Instant at(std::size_t i) const { return emissions_[i].at; }

  /// Lifetime: until the next push or clear.
  [[nodiscard]] wire::Octets packet(std::size_t i) const {
    return octets_.view().subspan(emissions_[i].begin, emissions_[i].size);
  }

  [[nodiscard]] std::size_t overflowed() const { return overflowed_; }

  void clear() {
    emissions_.clear();
    octets_.clear();
    overflowed_ = 0;
  }

  /// A stack in an endless sending loop must not take the machine's memory.
  static constexpr std::size_t kOctetsMax = 16U << 20U;

 private:
  base::Tape<Emission> emissions_;
  base::Tape<std::uint8_t> octets_;
  std::size_t overflowed_ = 0;
};

}  // namespace tcprove::adapter
