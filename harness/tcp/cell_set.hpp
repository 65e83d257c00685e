#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "harness/tcp/state_event.hpp"

namespace tcprove::tcp {

/// A set of cells, such as those that a run has exercised; its size is fixed.
class CellSet {
 public:
  static constexpr std::size_t kWordCount = (kCellCount + 63) / 64;
  using Words = std::array<std::uint64_t, kWordCount>;

  constexpr void add(Cell cell) { words_.at(cell.index() / 64) |= bit(cell); }
  [[nodiscard]] constexpr bool has(Cell cell) const {
    return (words_.at(cell.index() / 64) & bit(cell)) != 0;
  }
  constexpr void add_all(const CellSet& others) {
    for (std::size_t i = 0; i < kWordCount; ++i) words_.at(i) |= others.words_.at(i);
  }
  [[nodiscard]] constexpr std::size_t count() const {
    std::size_t count = 0;
    for (const std::uint64_t word : words_) count += static_cast<std::size_t>(std::popcount(word));
    return count;
  }
  constexpr bool operator==(const CellSet&) const = default;

  [[nodiscard]] constexpr const Words& words() const { return words_; }
  /// Nothing where a bit stands for no cell.
  static constexpr std::optional<CellSet> from_words(const Words& words) {
    if (words.back() >> (kCellCount % 64) != 0) return std::nullopt;
    CellSet set;
    set.words_ = words;
    return set;
  }

 private:
  static constexpr std::uint64_t bit(Cell cell) { return std::uint64_t{1} << (cell.index() % 64); }

  Words words_{};
};

}  // namespace tcprove::tcp
