#include "harness/report/comparison_text.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "harness/report/comparison.hpp"
#include "harness/report/requirements.hpp"
#include "harness/report/utf8.hpp"

namespace tcprove::report {
namespace {

Ink ink_of_shown(std::string_view shown) {
  if (shown == kRequirementFails) return Ink::Red;
  if (shown == kRequirementPasses) return Ink::Green;
  return shown == kRequirementWarns || shown == kRequirementExcused ? Ink::Yellow : Ink::Dim;
}

/// Draws rows whose columns are as wide as their widest cells.
class Table {
 public:
  Table(std::ostream& out, std::span<const RunResult> runs,
        std::span<const ComparedRequirement> rows, const TextStyle& style)
      : out_(out), style_(style) {
    for (const ComparedRequirement& row : rows) {
      id_columns_ = std::max(id_columns_, columns(row.id()));
      level_columns_ = std::max(level_columns_, columns(row.level()));
    }
    for (const RunResult& run : runs) {
      targets_.push_back(printable(run.target, style.utf8));
      // As wide as the longest verdict, or the name above it.
      widths_.push_back(std::max(kRequirementNotApplicable.size(), columns(targets_.back())));
    }
  }

  void head() {
    std::string line = padded("", 2 + id_columns_ + 2 + level_columns_);
    for (std::size_t i = 0; i < targets_.size(); ++i) line += "  " + cell(targets_[i], i);
    out_ << painted(line, Ink::Dim, style_) << '\n';
  }

  void row(const ComparedRequirement& row) {
    out_ << "  " << padded(row.id(), id_columns_) << "  " << padded(row.level(), level_columns_);
    for (std::size_t i = 0; i < row.by_target.size(); ++i) {
      const std::string_view shown = shown_verdict(*row.by_target[i]);
      out_ << "  " << painted(cell(shown, i), ink_of_shown(shown), style_);
    }
    out_ << '\n';
  }

 private:
  /// The last column ends where its text does.
  [[nodiscard]] std::string cell(std::string_view text, std::size_t column) const {
    return column + 1 == widths_.size() ? std::string(text) : padded(text, widths_[column]);
  }

  std::ostream& out_;
  const TextStyle& style_;
  std::vector<std::string> targets_;
  std::vector<std::size_t> widths_;
  std::size_t id_columns_ = 0;
  std::size_t level_columns_ = 0;
};

}  // namespace

void write_comparison(std::ostream& out, std::span<const RunResult> runs, const TextStyle& style) {
  const std::vector<ComparedRequirement> all = compared(runs);
  std::vector<ComparedRequirement> notable;
  std::ranges::copy_if(all, std::back_inserter(notable), &ComparedRequirement::is_notable);
  if (!notable.empty()) {
    Table table(out, runs, notable, style);
    table.head();
    for (const ComparedRequirement& row : notable) table.row(row);
  }
  std::vector<std::string> same;
  for (const std::string_view verdict :
       {kRequirementPasses, kRequirementUntested, kRequirementNotApplicable}) {
    same.push_back(fmt::format("{} {}", count_of_all(all, verdict), verdict));
  }
  out << fmt::format("{} of {} requirements differ or are violated; the same on all: {}\n",
                     notable.size(), all.size(), fmt::join(same, glyphs(style.utf8).between));
}

}  // namespace tcprove::report
