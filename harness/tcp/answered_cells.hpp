#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "harness/tcp/cell_set.hpp"
#include "harness/tcp/user_call.hpp"
#include "harness/wire/flags.hpp"

namespace tcprove::tcp {

/// What a stack did at the instant at which something happened to it; of several things the last in
/// this order.
enum class Answer : std::uint8_t {
  Nothing,
  CallAnswered,  ///< From here on, what the user's call answered, by CallStatus.
  Ack = CallAnswered + kCallStatusCount,
  Text,
  Fin,
  Syn,
  SynAck,
  Reset,
};

inline constexpr std::size_t kAnswerCount = static_cast<std::size_t>(Answer::Reset) + 1;

constexpr Answer answer_of(CallStatus status) {
  return static_cast<Answer>(static_cast<std::size_t>(Answer::CallAnswered) +
                             static_cast<std::size_t>(status));
}

/// Of a segment that the stack emitted.
constexpr Answer answer_of(wire::Flags ctl, bool has_text) {
  if (ctl.has(wire::Flag::Rst)) return Answer::Reset;
  if (ctl.has(wire::Flag::Syn)) return ctl.has(wire::Flag::Ack) ? Answer::SynAck : Answer::Syn;
  if (ctl.has(wire::Flag::Fin)) return Answer::Fin;
  return has_text ? Answer::Text : Answer::Ack;
}

/// A set of cells of the state × event table, each with an answer: how a stack has been seen to
/// behave. Its size is fixed.
class AnsweredCells {
 public:
  static constexpr std::size_t kCount = kCellCount * kAnswerCount;
  static constexpr std::size_t kWordCount = (kCount + 63) / 64;
  using Words = std::array<std::uint64_t, kWordCount>;

  constexpr void add(std::size_t index) { words_.at(index / 64) |= bit(index); }
  constexpr void add(Cell cell, Answer answer) {
    add(cell.index() * kAnswerCount + static_cast<std::size_t>(answer));
  }
  constexpr void add_all(const CellSet& cells, Answer answer) {
    for_each_bit(cells.words(), [&](std::size_t index) { add(Cell::at(index), answer); });
  }
  constexpr void add_all(const AnsweredCells& others) {
    for (std::size_t i = 0; i < kWordCount; ++i) words_.at(i) |= others.words_.at(i);
  }
  [[nodiscard]] constexpr bool has(std::size_t index) const {
    return (words_.at(index / 64) & bit(index)) != 0;
  }
  [[nodiscard]] constexpr bool has_all(const AnsweredCells& others) const {
    for (std::size_t i = 0; i < kWordCount; ++i) {
      if ((others.words_.at(i) & ~words_.at(i)) != 0) return false;
    }
    return true;
  }
  [[nodiscard]] constexpr std::size_t count() const {
    std::size_t count = 0;
    for (const std::uint64_t word : words_) count += static_cast<std::size_t>(std::popcount(word));
    return count;
  }
  /// Calls `visit(index)` for each, in ascending order.
  template <class Visit>
  constexpr void for_each(const Visit& visit) const {
    for_each_bit(words_, visit);
  }
  /// The cells without their answers.
  [[nodiscard]] constexpr CellSet cells() const {
    CellSet cells;
    for_each([&](std::size_t index) { cells.add(Cell::at(index / kAnswerCount)); });
    return cells;
  }
  constexpr bool operator==(const AnsweredCells&) const = default;

  [[nodiscard]] constexpr const Words& words() const { return words_; }
  /// Nothing where a bit stands for no cell.
  static constexpr std::optional<AnsweredCells> from_words(const Words& words) {
    if (kCount % 64 != 0 && words.back() >> (kCount % 64) != 0) return std::nullopt;
    AnsweredCells set;
    set.words_ = words;
    return set;
  }

 private:
  static constexpr std::uint64_t bit(std::size_t index) { return std::uint64_t{1} << (index % 64); }

  template <std::size_t kWords, class Visit>
  static constexpr void for_each_bit(const std::array<std::uint64_t, kWords>& words,
                                     const Visit& visit) {
    for (std::size_t i = 0; i < kWords; ++i) {
      for (std::uint64_t rest = words.at(i); rest != 0; rest &= rest - 1) {
        visit(i * 64 + static_cast<std::size_t>(std::countr_zero(rest)));
      }
    }
  }

  Words words_{};
};

}  // namespace tcprove::tcp
