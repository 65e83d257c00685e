#include "harness/adapter/reference/reassembly_queue.hpp"

#include <algorithm>

namespace tcprove::adapter::reference {

using wire::distance;
using wire::SeqLen;
using wire::SeqNum;

void ReassemblyQueue::hold(SeqNum rcv_nxt, SeqNum seq, wire::Octets text, bool fin) {
  const SeqLen begin = distance(rcv_nxt, seq);
  const SeqLen end = begin + static_cast<SeqLen>(text.size());
  if (fin && !fin_) fin_ = rcv_nxt + end;

  // All offsets count from RCV.NXT. What the pieces leave uncovered of [begin, end) is new.
  SeqLen at = begin;
  const auto keep = [&](std::size_t index, SeqLen upto) {
    if (at >= upto) return index;
    const wire::Octets fresh = text.subspan(at - begin, upto - at);
    pieces_.insert(pieces_.begin() + static_cast<std::ptrdiff_t>(index),
                   {.begin = rcv_nxt + at, .octets = {fresh.begin(), fresh.end()}});
    return index + 1;
  };
  std::size_t index = 0;
  for (; index < pieces_.size() && at < end; ++index) {
    const SeqLen piece_begin = distance(rcv_nxt, pieces_[index].begin);
    const SeqLen piece_end = piece_begin + static_cast<SeqLen>(pieces_[index].octets.size());
    index = keep(index, std::min(end, piece_begin));
    at = std::max(at, piece_end);
  }
  keep(index, end);
}

SeqLen ReassemblyQueue::take(SeqNum rcv_nxt, std::deque<std::uint8_t>& out) {
  SeqLen taken = 0;
  auto piece = pieces_.begin();
  for (; piece != pieces_.end() && piece->begin == rcv_nxt + taken; ++piece) {
    auto size = static_cast<SeqLen>(piece->octets.size());
    if (fin_) size = std::min(size, distance(piece->begin, *fin_));
    out.insert(out.end(), piece->octets.begin(), piece->octets.begin() + size);
    taken += size;
  }
  pieces_.erase(pieces_.begin(), piece);
  return taken;
}

std::vector<wire::Sack::Block> ReassemblyQueue::runs() const {
  std::vector<wire::Sack::Block> runs;
  for (const Piece& piece : pieces_) {
    const SeqNum end = piece.begin + static_cast<SeqLen>(piece.octets.size());
    if (!runs.empty() && runs.back().right == piece.begin) {
      runs.back().right = end;
    } else {
      runs.push_back({.left = piece.begin, .right = end});
    }
  }
  return runs;
}

void ReassemblyQueue::clear() {
  pieces_.clear();
  fin_.reset();
}

}  // namespace tcprove::adapter::reference
