#include "harness/report/ladder_marks.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace tcprove::report {
namespace {

using Kind = LadderRow::Kind;
using Rows = std::vector<LadderRow>;

/// Rows that are shown after a violated one: what the stack did next often explains it.
constexpr std::size_t kRowsAfter = 2;

void mark(LadderRow& row, std::string note) {
  row.violated = true;
  row.notes.push_back(std::move(note));
}

/// A Remark after all that happened up to `at`.
LadderRow& insert_remark(Rows& rows, base::Instant at) {
  const auto later =
      std::find_if(rows.begin(), rows.end(), [at](const LadderRow& row) { return row.at > at; });
  LadderRow& row = *rows.insert(later, LadderRow());
  row.at = at;
  return row;
}

/// The row that shows event `index`: rows begin at their first event and are in its order.
LadderRow* row_of(Rows& rows, std::size_t index) {
  const auto after = std::find_if(rows.begin(), rows.end(), [index](const LadderRow& row) {
    return row.event != monitor::kNoEvent && row.event > index;
  });
  const auto row = std::find_if(std::make_reverse_iterator(after), rows.rend(),
                                [](const LadderRow& r) { return r.event != monitor::kNoEvent; });
  return row == rows.rend() ? nullptr : &*row;
}

void mark_violation(const monitor::Violation& violation, Rows& rows) {
  LadderRow* shown = violation.event == monitor::kNoEvent ? nullptr : row_of(rows, violation.event);
  mark(shown != nullptr ? *shown : insert_remark(rows, violation.at),
       fmt::format("{}: {}", violation.requirement, violation.message));
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
  LadderRow& remark = insert_remark(rows, rows.empty() ? base::Instant() : rows.back().at);
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

}  // namespace

void mark_violations(const ScenarioResult& result, Rows& rows) {
  for (const monitor::Violation& violation : result.violations) {
    // A step that did not hold is told once, by its difference.
    if (violation.rule != "scenario" || result.differences.empty()) mark_violation(violation, rows);
  }
  for (const Difference& difference : result.differences) mark_difference(difference, rows);
  if (result.verdict == Verdict::Error && !result.reason.empty()) {
    mark(insert_remark(rows, rows.empty() ? base::Instant() : rows.back().at), result.reason);
  }
}

Rows around_violations(std::span<const LadderRow> rows, std::size_t before) {
  if (before == 0 || rows.empty()) return {rows.begin(), rows.end()};
  const auto violated = [](const LadderRow& row) { return row.violated; };
  const auto first = std::find_if(rows.begin(), rows.end(), violated);
  const auto last = std::find_if(rows.rbegin(), rows.rend(), violated);
  const std::size_t last_at =
      static_cast<std::size_t>(rows.rend() - (last == rows.rend() ? rows.rbegin() : last)) - 1;
  const std::size_t first_at =
      first == rows.end() ? last_at : static_cast<std::size_t>(first - rows.begin());
  const auto near = [before](std::size_t i, std::size_t center) {
    return i + before > center && i <= center + kRowsAfter;
  };

  Rows shown;
  std::size_t left_out = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!near(i, first_at) && !near(i, last_at)) {
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
