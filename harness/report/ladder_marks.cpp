#include "harness/report/ladder_marks.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace tcprove::report {
namespace {

using Kind = LadderRow::Kind;
using Rows = std::vector<LadderRow>;

/// Rows that are shown after a violated one: what the stack did next often explains it.
constexpr std::size_t kRowsAfter = 2;

/// Between the first violated row and the last so many others are shown, each with what led to it.
constexpr std::size_t kBetweenMax = 6;
constexpr std::size_t kRowsBeforeBetween = 2;

void mark(LadderRow& row, std::string note) {
  row.violated = true;
  row.notes.push_back(std::move(note));
}

/// A Remark after all that happened up to `at`.
LadderRow& insert_remark(Rows& rows, base::Instant at) {
  const auto later = std::ranges::upper_bound(rows, at, {}, &LadderRow::at);
  LadderRow& row = *rows.insert(later, LadderRow());
  row.at = at;
  return row;
}

/// After all rows.
LadderRow& append_remark(Rows& rows) {
  return insert_remark(rows, rows.empty() ? base::Instant() : rows.back().at);
}

void note(LadderRow& row, const monitor::Violation& violation) {
  row.violated = row.violated || violation.level != monitor::Level::May;
  row.notes.push_back(fmt::format("{}: {}", violation.requirement, violation.message));
}

/// Those that an event shows go to its row, then those where something is missing get a row.
void mark_rules(std::span<const monitor::Violation* const> violations, Rows& rows) {
  for (const monitor::Violation* violation : violations) {
    if (violation->event == monitor::kNoEvent) continue;
    const auto after = std::ranges::upper_bound(rows, violation->event, {}, &LadderRow::event);
    if (after != rows.begin()) note(*std::prev(after), *violation);
  }
  for (const monitor::Violation* violation : violations) {
    if (violation->event == monitor::kNoEvent) note(insert_remark(rows, violation->at), *violation);
  }
}

/// The stack's segment that was compared: the one that reads as `actual`, else the last.
LadderRow* compared_segment(Rows& rows, const std::string& actual) {
  const auto from_stack = [](const LadderRow& row) { return row.kind == Kind::FromStack; };
  const auto same = std::find_if(rows.rbegin(), rows.rend(), [&](const LadderRow& row) {
    return from_stack(row) && row.text.starts_with(actual);
  });
  if (same != rows.rend()) return &*same;
  const auto last = std::find_if(rows.rbegin(), rows.rend(), from_stack);
  return last == rows.rend() ? nullptr : &*last;
}

void mark_difference(const Difference& difference, Rows& rows) {
  const std::string expected = fmt::format("expected {}", difference.expected);
  LadderRow* compared =
      difference.fields.empty() ? nullptr : compared_segment(rows, difference.actual);
  if (compared != nullptr) return mark(*compared, expected);
  LadderRow& remark = append_remark(rows);
  mark(remark, expected);
  remark.notes.push_back(difference.actual);
}

LadderRow gap(base::Instant at, std::size_t left_out) {
  LadderRow row;
  row.kind = Kind::Gap;
  row.at = at;
  row.text = fmt::format("{} rows not shown", left_out);
  return row;
}

/// Which rows to show, those of `rows` that are near a violated one.
std::vector<bool> near_violations(std::span<const LadderRow> rows, std::size_t before) {
  std::vector<std::size_t> violated;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].violated) violated.push_back(i);
  }
  if (violated.empty()) violated.push_back(rows.size() - 1);
  std::vector<bool> near(rows.size());
  const auto show = [&near](std::size_t center, std::size_t rows_before) {
    const std::size_t from = center + 1 - std::min(center + 1, rows_before);
    const std::size_t to = std::min(near.size(), center + 1 + kRowsAfter);
    for (std::size_t i = from; i < to; ++i) near[i] = true;
  };
  show(violated.front(), before);
  show(violated.back(), before);
  for (std::size_t i = 1; i + 1 < violated.size() && i <= kBetweenMax; ++i) {
    show(violated[i], std::min(before, kRowsBeforeBetween));
  }
  return near;
}

}  // namespace

void mark_violations(const ScenarioResult& result, Rows& rows) {
  std::vector<const monitor::Violation*> by_rules;
  for (const monitor::Violation& violation : result.violations) {
    // A step that did not hold is told once, by its difference.
    if (violation.rule != monitor::kScenarioItself || result.differences.empty())
      by_rules.push_back(&violation);
  }
  mark_rules(by_rules, rows);
  for (const Difference& difference : result.differences) mark_difference(difference, rows);
  if (result.verdict == Verdict::Error && !result.reason.empty()) {
    mark(append_remark(rows), result.reason);
  }
}

Rows around_violations(std::span<const LadderRow> rows, std::size_t before) {
  if (before == 0 || rows.empty()) return {rows.begin(), rows.end()};
  const std::vector<bool> near = near_violations(rows, before);
  Rows shown;
  std::size_t left_out = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!near[i]) {
      ++left_out;
      continue;
    }
    if (left_out > 0) shown.push_back(gap(rows[i].at, left_out));
    left_out = 0;
    shown.push_back(rows[i]);
  }
  if (left_out > 0) shown.push_back(gap(rows.back().at, left_out));
  return shown;
}

}  // namespace tcprove::report
