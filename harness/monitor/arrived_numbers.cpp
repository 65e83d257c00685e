#include "harness/monitor/arrived_numbers.hpp"

#include <algorithm>

#include "harness/monitor/half_circle.hpp"

namespace tcprove::monitor {

void ArrivedNumbers::add(wire::SeqNum left, wire::SeqNum right) {
  if (!ahead(right, next_)) return;
  if (ahead(left, next_)) {
    insert({.left = left, .right = right});
  } else {
    next_ = right;
    absorb();
  }
}

void ArrivedNumbers::insert(Arc arc) {
  const auto begin = arcs_.begin();
  const auto end = begin + static_cast<std::ptrdiff_t>(count_);
  // [first, last) are the arcs that touch the new one.
  const auto first =
      std::find_if(begin, end, [&arc](const Arc& a) { return !ahead(arc.left, a.right); });
  auto last = first;
  while (last != end && !ahead(last->left, arc.right)) {
    arc.left = further(arc.left, last->left) == arc.left ? last->left : arc.left;
    arc.right = further(arc.right, last->right);
    ++last;
  }
  if (first != last) {
    *first = arc;
    std::move(last, end, first + 1);
    count_ -= static_cast<std::size_t>(last - first) - 1;
    return;
  }
  if (count_ == kArcsMax) {
    // Full: the new arc and its neighbour become one.
    Arc& neighbour = first == end ? *(end - 1) : *first;
    if (first == end) {
      neighbour.right = arc.right;
    } else {
      neighbour.left = arc.left;
    }
    return;
  }
  std::move_backward(first, end, end + 1);
  *first = arc;
  ++count_;
}

void ArrivedNumbers::absorb() {
  std::size_t taken = 0;
  while (taken < count_ && !ahead(arcs_[taken].left, next_)) {
    next_ = further(next_, arcs_[taken].right);
    ++taken;
  }
  std::move(arcs_.begin() + static_cast<std::ptrdiff_t>(taken),
            arcs_.begin() + static_cast<std::ptrdiff_t>(count_), arcs_.begin());
  count_ -= taken;
}

bool ArrivedNumbers::touches(wire::SeqNum left, wire::SeqNum right) const {
  if (ahead(next_, left)) return true;
  return std::any_of(
      arcs_.begin(), arcs_.begin() + static_cast<std::ptrdiff_t>(count_),
      [left, right](const Arc& a) { return ahead(right, a.left) && ahead(a.right, left); });
}

bool ArrivedNumbers::holds(wire::SeqNum left, wire::SeqNum right) const {
  if (!ahead(right, next_)) return true;
  return std::any_of(
      arcs_.begin(), arcs_.begin() + static_cast<std::ptrdiff_t>(count_),
      [left, right](const Arc& a) { return !ahead(a.left, left) && !ahead(right, a.right); });
}

}  // namespace tcprove::monitor
