#include "harness/report/ladder_text.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "harness/report/utf8.hpp"

namespace tcprove::report {
namespace {

using Kind = LadderRow::Kind;

constexpr std::size_t kLeadColumns = 4;  ///< `◀── ` before a segment.
constexpr std::size_t kTailColumns = 5;  ///< ` ───▶` after it, at least.
constexpr std::size_t kLaneColumnsMin = 36;
constexpr std::string_view kLeadBlank = "    ";

/// What a packet's arrow carries, with all that is special about the packet in brackets.
std::string segment_text(const LadderRow& row) {
  std::string special = row.lost ? "lost" : "";
  if (!row.oddity.empty()) special += (special.empty() ? "" : ", ") + row.oddity;
  return special.empty() ? row.text : fmt::format("{} [{}]", row.text, special);
}

/// Options move to a line of their own before anything else is cut.
std::vector<std::string> cut_segment(const std::string& text, std::size_t width) {
  const std::size_t options = text.find(" options=<");
  if (columns(text) <= width || options == std::string::npos) return wrapped(text, width);
  std::vector<std::string> lines = wrapped(text.substr(0, options), width);
  for (std::string& line : wrapped(text.substr(options + 1), width)) lines.push_back(line);
  return lines;
}

/// Draws one ladder; its columns are as wide as their widest cells, the style's width permitting.
class Ladder {
 public:
  Ladder(std::ostream& out, std::span<const LadderRow> rows, const TextStyle& style)
      : out_(out), style_(style), glyphs_(glyphs(style.utf8)), decimals_(decimals_of(rows)) {
    std::size_t lane = 0;
    std::size_t right = columns("stack");
    for (const LadderRow& row : rows) {
      clock_columns_ = std::max(clock_columns_, clock_text(row.at, decimals_).size());
      name_columns_ = std::max(name_columns_, columns(plain(row.connection)));
      lane = std::max(lane, columns(plain(segment_text(row))));
      for (const std::string& note : row.notes) lane = std::max(lane, columns(plain(note)));
      right = std::max(right, columns(right_text(row)));
    }
    const std::size_t around = left_columns() + 3 + right;
    const std::size_t room = style.width > around ? style.width - around : 0;
    lane_columns_ = std::max(kLaneColumnsMin, std::min(room, lane + kLeadColumns + kTailColumns));
  }

  void draw_header() {
    out_ << fmt::format("{:>{}}  {}{}\n", "time", clock_columns_ + 2,
                        padded("", left_columns() - clock_columns_ - 4),
                        padded("peer", lane_columns_ + 1) + "stack");
  }

  void draw(const LadderRow& row) {
    std::vector<std::string> lanes = lanes_of(row);
    for (const std::string& note : row.notes) {
      for (const std::string& text : wrapped(plain(note), lane_columns_ - kLeadColumns - 2)) {
        lanes.push_back(std::string(kLeadBlank) + text);
      }
    }
    if (lanes.empty()) lanes.emplace_back();
    const Ink ink = row.violated                                      ? Ink::Red
                    : row.kind == Kind::Wait || row.kind == Kind::Gap ? Ink::Dim
                                                                      : Ink::Plain;
    draw_line({.mark = row.violated, .clock = next_clock(row), .name = plain(row.connection)},
              lanes.front(), right_text(row), ink);
    for (std::size_t i = 1; i < lanes.size(); ++i) draw_line({}, lanes[i], "", ink);
  }

 private:
  /// What stands left of the ladder.
  struct Margin {
    bool mark = false;
    std::string clock;
    std::string name;
  };

  [[nodiscard]] std::string plain(std::string_view text) const {
    return printable(text, style_.utf8);
  }

  [[nodiscard]] std::size_t left_columns() const {
    return 2 + clock_columns_ + 2 + (name_columns_ == 0 ? 0 : name_columns_ + 2);
  }

  /// A time stands only where it differs from the row's above.
  std::string next_clock(const LadderRow& row) {
    if (row.kind == Kind::Gap || last_clock_ == row.at) return {};
    last_clock_ = row.at;
    return clock_text(row.at, decimals_);
  }

  [[nodiscard]] std::string right_text(const LadderRow& row) const {
    if (row.kind != Kind::Call) return row.state;
    return plain(row.text) + fmt::format(" {} ", glyphs_.answer) + plain(row.answer);
  }

  [[nodiscard]] std::vector<std::string> lanes_of(const LadderRow& row) const {
    switch (row.kind) {
      case Kind::Call:
      case Kind::State:
        return {""};
      case Kind::Wait:
      case Kind::Gap:
        return {fmt::format(" {}  {}", glyphs_.gap, row.text)};
      case Kind::Remark:
        return {};
      case Kind::ToStack:
      case Kind::FromStack:
        break;
    }
    std::vector<std::string> lanes =
        cut_segment(plain(segment_text(row)), lane_columns_ - kLeadColumns - kTailColumns);
    lanes.front() = arrow(row, lanes.front());
    for (std::size_t i = 1; i < lanes.size(); ++i) lanes[i].insert(0, kLeadBlank);
    return lanes;
  }

  [[nodiscard]] std::string shaft(std::size_t length) const {
    std::string text;
    for (std::size_t i = 0; i < length; ++i) text += glyphs_.line;
    return text;
  }

  /// The whole lane: a head where the packet arrives, an X where it gets lost.
  [[nodiscard]] std::string arrow(const LadderRow& row, std::string_view text) const {
    const std::size_t taken = kLeadColumns + columns(text) + 1;
    const std::size_t tail = std::max(lane_columns_, taken + kTailColumns - 1) - taken;
    if (row.kind == Kind::FromStack) {
      const std::string lead = row.lost ? fmt::format(" {}{}", glyphs_.lost, shaft(1))
                                        : fmt::format("{}{}", glyphs_.left, shaft(2));
      return fmt::format("{} {} {}", lead, text, shaft(tail));
    }
    const std::string end = row.lost ? fmt::format("{}{} ", shaft(tail - 2), glyphs_.lost)
                                     : fmt::format("{}{}", shaft(tail - 1), glyphs_.right);
    return fmt::format("{} {} {}", shaft(3), text, end);
  }

  void draw_line(const Margin& margin, std::string_view lane, std::string_view right, Ink ink) {
    const std::string mark = margin.mark ? painted(glyphs_.mark, ink, style_) : " ";
    const std::string names = name_columns_ == 0 ? "" : padded(margin.name, name_columns_) + "  ";
    out_ << mark
         << painted(fmt::format(" {:>{}}  ", margin.clock, clock_columns_), Ink::Dim, style_)
         << names << glyphs_.bar << painted(padded(lane, lane_columns_), ink, style_)
         << glyphs_.bar;
    if (!right.empty()) out_ << ' ' << painted(right, Ink::Bold, style_);
    out_ << '\n';
  }

  std::ostream& out_;
  const TextStyle style_;
  const Glyphs& glyphs_;
  int decimals_;
  std::size_t clock_columns_ = 8;
  std::size_t name_columns_ = 0;
  std::size_t lane_columns_ = kLaneColumnsMin;
  std::optional<base::Instant> last_clock_;
};

}  // namespace

int decimals_of(std::span<const LadderRow> rows) {
  int decimals = 3;
  for (const LadderRow& row : rows) {
    const auto ns = row.at.time_since_epoch().count();
    if (ns % 1'000'000 != 0) decimals = std::max(decimals, 6);
    if (ns % 1'000 != 0) decimals = 9;
  }
  return decimals;
}

std::string clock_text(base::Instant at, int decimals) {
  constexpr auto kSecond = base::Duration(std::chrono::seconds(1)).count();
  const auto ns = at.time_since_epoch().count();
  return fmt::format(
      "{}.{}s", ns / kSecond,
      fmt::format("{:09}", ns % kSecond).substr(0, static_cast<std::size_t>(decimals)));
}

void write_ladder(std::ostream& out, std::span<const LadderRow> rows, const TextStyle& style) {
  if (rows.empty()) return;
  Ladder ladder(out, rows, style);
  ladder.draw_header();
  for (const LadderRow& row : rows) ladder.draw(row);
}

}  // namespace tcprove::report
