#include "harness/scenario/problems.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

namespace tcprove::scenario {
namespace {

/// A line is quoted so that the caret can point into it; one that fills a screen points nowhere.
constexpr std::size_t kQuotedLineMax = 240;

}  // namespace

void Problems::add(base::Place place, std::string message, std::string suggestion) {
  const std::size_t before = count_++;
  if (!seen_.insert({{place.line, place.column}, message}).second) return;
  if (diagnostics_.size() == kKeptMax) {
    ++dropped_;
    return;
  }
  std::string_view line = source_.line(place.line);
  if (line.size() > kQuotedLineMax) line = {};
  const int room = static_cast<int>(line.size()) - place.column + 1;
  place.width = std::clamp(place.width, 1, std::max(1, room));
  counts_.push_back(before);
  diagnostics_.push_back({.file = source_.file(),
                          .place = place,
                          .message = std::move(message),
                          .suggestion = std::move(suggestion),
                          .source_line = std::string(line)});
}

void Problems::annotate(std::size_t since, std::string_view note) {
  for (std::size_t i = diagnostics_.size(); i-- > 0 && counts_[i] >= since;) {
    diagnostics_[i].message += note;
  }
}

base::Diagnostics Problems::take() {
  std::stable_sort(diagnostics_.begin(), diagnostics_.end(), [](const auto& a, const auto& b) {
    return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
  });
  if (dropped_ > 0) {
    diagnostics_.push_back({.file = source_.file(),
                            .place = {},
                            .message = fmt::format("{} more errors are not shown", dropped_),
                            .suggestion = {},
                            .source_line = {}});
  }
  seen_.clear();
  counts_.clear();
  dropped_ = 0;
  return std::exchange(diagnostics_, {});
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t kShownMax = 60;
  std::size_t size = std::min(text.size(), kShownMax);
  // Not within a character of several octets.
  while (size < text.size() && size > 0 &&
         (static_cast<unsigned char>(text[size]) & 0xc0U) == 0x80) {
    --size;
  }
  std::string shown(text.substr(0, size));
  std::replace(shown.begin(), shown.end(), '\n', ' ');
  return fmt::format("\"{}{}\"", shown, size < text.size() ? "…" : "");
}

base::Diagnostics joined(base::Diagnostics a, base::Diagnostics b) {
  std::move(b.begin(), b.end(), std::back_inserter(a));
  return a;
}

}  // namespace tcprove::scenario
