#include "harness/engine/reassembly.hpp"

#include <algorithm>

namespace tcprove::engine {
namespace {

constexpr wire::SeqLen kHalfCircle = 0x80000000U;

}  // namespace

void Reassembly::restart(wire::SeqNum start) {
  next_ = start;
  pieces_.clear();
}

void Reassembly::add(wire::SeqNum seq, wire::SeqLen len) {
  if (len == 0) return;
  const wire::SeqLen ahead = distance(next_, seq);
  if (ahead > 0 && ahead < kHalfCircle) {
    if (pieces_.size() < kPiecesMax) pieces_.push_back({.seq = seq, .len = len});
    return;
  }
  const wire::SeqLen fresh = distance(next_, seq + len);
  if (fresh == 0 || fresh >= kHalfCircle) return;
  next_ = seq + len;
  if (!pieces_.empty()) absorb_pieces();
}

void Reassembly::absorb_pieces() {
  // A piece may close a gap that lets another one follow, so go on until none does.
  for (bool grown = true; grown;) {
    grown = false;
    for (const Piece& piece : pieces_) {
      const bool touches = distance(piece.seq, next_) <= piece.len;
      if (touches && piece.seq + piece.len != next_) {
        next_ = piece.seq + piece.len;
        grown = true;
      }
    }
  }
  std::erase_if(pieces_, [this](const Piece& piece) {
    return distance(next_, piece.seq) >= kHalfCircle || piece.seq == next_;
  });
}

}  // namespace tcprove::engine
