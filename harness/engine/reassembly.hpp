#pragma once

#include <vector>

#include "harness/wire/seq_num.hpp"

namespace tcprove::engine {

/// Which part of a side's sequence space has been seen, whatever the order of its pieces.
///
/// Pieces that lie more than 2^31 ahead of the start count as old and are ignored, as are pieces
/// past kPiecesMax; so a hostile stack cannot make it grow. clear() keeps the capacity.
class Reassembly {
 public:
  /// Everything before `start` counts as seen.
  void restart(wire::SeqNum start);

  void add(wire::SeqNum seq, wire::SeqLen len);

  /// Past the last number that was seen without a gap.
  [[nodiscard]] wire::SeqNum next() const { return next_; }

  static constexpr std::size_t kPiecesMax = 4096;

 private:
  struct Piece {
    wire::SeqNum seq;
    wire::SeqLen len = 0;
  };

  void absorb_pieces();

  wire::SeqNum next_;
  std::vector<Piece> pieces_;  ///< Beyond a gap, in no order.
};

}  // namespace tcprove::engine
