#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/base/diagnostic.hpp"
#include "harness/scenario/source.hpp"

namespace tcprove::scenario {

/// The mistakes found so far in one source, each once however often its place is read again.
///
/// Lifetime: keeps a reference to `source`.
class Problems {
 public:
  explicit Problems(const Source& source) : source_(source) {}

  /// `suggestion`: what was probably meant; empty where nothing is close.
  void add(base::Place place, std::string message, std::string suggestion = {});

  /// Puts `note` behind the messages found since count() was `since`, such as the values that the
  /// variables had.
  void annotate(std::size_t since, std::string_view note);

  [[nodiscard]] const Source& source() const { return source_; }
  /// How often add() was called: a rise tells that a reading failed.
  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] bool none() const { return count_ == 0; }

  /// In the order of their places.
  [[nodiscard]] base::Diagnostics take();

  /// More than these are counted and not kept: nobody reads them.
  static constexpr std::size_t kKeptMax = 50;

 private:
  const Source& source_;
  base::Diagnostics diagnostics_;
  std::vector<std::size_t> counts_;  ///< What count() was before each of them.
  std::set<std::pair<std::pair<int, int>, std::string>> seen_;
  std::size_t count_ = 0;
  std::size_t dropped_ = 0;
};

/// `text` in double quotes for a message, on one line and cut where it is long.
std::string in_quotes(std::string_view text);

/// `a` with `b` behind it.
base::Diagnostics joined(base::Diagnostics a, base::Diagnostics b);

}  // namespace tcprove::scenario
