#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <type_traits>
#include <vector>

namespace tcprove::base {

/// Plain data, written at the end and kept: what every step of a play appends to.
///
/// As a vector, but what is appended is written once, in place, by the caller's own instructions:
/// growing is out of line, and clear() keeps the room.
template <class T>
class Tape {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  /// Room for one more; what stands there is left over from before.
  T& add() {
    if (size_ == room_.size()) grow(1);
    return room_[size_++];
  }

  /// Room for `count` more; what stands there is left over from before.
  ///
  /// Lifetime: until the next call.
  std::span<T> add(std::size_t count) {
    if (count > room_.size() - size_) grow(count);
    const std::span<T> added = std::span(room_).subspan(size_, count);
    size_ += count;
    return added;
  }

  void append(std::span<const T> values) {
    const std::span<T> added = add(values.size());
    std::copy(values.begin(), values.end(), added.begin());
  }

  void clear() { size_ = 0; }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] T& operator[](std::size_t i) { return room_[i]; }
  [[nodiscard]] const T& operator[](std::size_t i) const { return room_[i]; }
  [[nodiscard]] std::span<const T> view() const { return std::span(room_).first(size_); }

 private:
  [[gnu::noinline]] void grow(std::size_t count) {
    constexpr std::size_t kFirstRoom = 64;
    room_.resize(std::max({kFirstRoom, 2 * room_.size(), size_ + count}));
  }

  std::vector<T> room_;
  std::size_t size_ = 0;
};

}  // namespace tcprove::base
