#pragma once

#include <array>
#include <cstddef>

#include "harness/wire/seq_num.hpp"

namespace tcprove::monitor {

/// Which numbers of one stream have arrived: all before next(), and arcs beyond it.
///
/// It never holds less than was added: past kArcsMax arcs the gap before the last one is taken as
/// filled, which makes whoever asks more lenient.
class ArrivedNumbers {
 public:
  void restart(wire::SeqNum next) {
    next_ = next;
    count_ = 0;
  }

  /// Adds [left, right); what lies behind next() is ignored.
  void add(wire::SeqNum left, wire::SeqNum right);

  /// The first number that has not arrived.
  [[nodiscard]] wire::SeqNum next() const { return next_; }

  /// Whether any number of [left, right) has arrived.
  [[nodiscard]] bool touches(wire::SeqNum left, wire::SeqNum right) const;

  /// Whether all numbers of [left, right) have arrived, as far as they are kept apart.
  [[nodiscard]] bool holds(wire::SeqNum left, wire::SeqNum right) const;

  static constexpr std::size_t kArcsMax = 64;

 private:
  struct Arc {
    wire::SeqNum left;
    wire::SeqNum right;
  };

  void insert(Arc arc);
  void absorb();

  wire::SeqNum next_;
  std::array<Arc, kArcsMax> arcs_{};  ///< In the order of the stream; they do not touch.
  std::size_t count_ = 0;
};

}  // namespace tcprove::monitor
