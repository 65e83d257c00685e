#include "harness/report/matrix.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "harness/report/replay.hpp"
#include "harness/report/utf8.hpp"

namespace tcprove::report {
namespace {

/// Differences that are told with reason and command; of more only the name.
constexpr std::size_t kToldMax = 20;

/// Rows that a line stands for.
struct Line {
  const MatrixRowResult* row = nullptr;
  std::size_t rows = 1;
};

bool alike(const MatrixRowResult& a, const MatrixRowResult& b) {
  const auto verdict = [](std::size_t i) { return static_cast<Verdict>(i); };
  for (std::size_t i = 0; i < kVerdictCount; ++i) {
    if (a.tally[verdict(i)] != b.tally[verdict(i)]) return false;
  }
  return a.differences == 0 && b.differences == 0 && a.left_out == b.left_out;
}

std::vector<Line> lines_of(const std::vector<MatrixRowResult>& rows) {
  std::vector<Line> lines;
  for (const MatrixRowResult& row : rows) {
    const auto known =
        std::ranges::find_if(lines, [&](const Line& line) { return alike(*line.row, row); });
    if (known != lines.end()) {
      ++known->rows;
    } else {
      lines.push_back({.row = &row});
    }
  }
  return lines;
}

std::size_t left_out_of(const MatrixRowResult& row) {
  std::size_t sum = 0;
  for (const auto& [reason, count] : row.left_out) sum += count;
  return sum;
}

std::string name_of(const Line& line) {
  if (line.rows == 1) return line.row->options;
  return fmt::format("{} and {} more alike", line.row->options, line.rows - 1);
}

/// A table's rows: a name, and a number under each of the heads.
struct Table {
  std::vector<std::pair<std::string, Ink>> heads;
  struct Row {
    std::string name;
    std::vector<std::size_t> cells;
  };
  std::vector<Row> rows;
};

void write_table(std::ostream& out, const Table& table, const TextStyle& style) {
  std::size_t name_columns = 0;
  for (const Table::Row& row : table.rows) {
    name_columns = std::max(name_columns, columns(row.name));
  }
  const auto cell_columns = [&](std::size_t i) {
    return std::max<std::size_t>(6, table.heads[i].first.size() + 2);
  };
  std::string head(name_columns + 2, ' ');
  for (std::size_t i = 0; i < table.heads.size(); ++i) {
    head += fmt::format("{:>{}}", table.heads[i].first, cell_columns(i));
  }
  out << painted(head, Ink::Dim, style) << '\n';
  for (const Table::Row& row : table.rows) {
    out << "  " << padded(row.name, name_columns);
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const std::string count =
          row.cells[i] == 0 ? std::string(glyphs(style.utf8).none) : std::to_string(row.cells[i]);
      const std::string cell = std::string(cell_columns(i) - columns(count), ' ') + count;
      out << painted(cell, row.cells[i] == 0 ? Ink::Dim : table.heads[i].second, style);
    }
    out << '\n';
  }
}

Table table_of(const RunResult& run) {
  const MatrixResult& matrix = *run.matrix;
  const Tally as_written = tally_of(run.scenarios);
  std::vector<Verdict> shown;
  for (std::size_t i = 0; i < kVerdictCount; ++i) {
    const auto verdict = static_cast<Verdict>(i);
    const bool somewhere =
        as_written[verdict] > 0 ||
        std::ranges::any_of(matrix.rows, [&](const auto& row) { return row.tally[verdict] > 0; });
    if (verdict == Verdict::Pass || verdict == Verdict::Fail || somewhere) shown.push_back(verdict);
  }
  Table table;
  for (const Verdict v : shown) table.heads.emplace_back(to_string(v), ink_of(v));
  table.heads.emplace_back("left out", Ink::Plain);
  table.heads.emplace_back("differ", Ink::Red);
  const auto add = [&](std::string name, const Tally& tally, std::size_t left_out,
                       std::size_t differences) {
    Table::Row& row = table.rows.emplace_back(Table::Row{.name = std::move(name), .cells = {}});
    for (const Verdict v : shown) row.cells.push_back(tally[v]);
    row.cells.push_back(left_out);
    row.cells.push_back(differences);
  };
  add("as written", as_written, 0, 0);
  for (const Line& line : lines_of(matrix.rows)) {
    add(name_of(line), line.row->tally, left_out_of(*line.row), line.row->differences);
  }
  return table;
}

/// Reasons are few, and rows of one axis have the same.
void write_left_out(std::ostream& out, const MatrixResult& matrix, const TextStyle& style) {
  std::map<std::string, std::pair<std::size_t, std::size_t>> by_reason;  // instances, rows
  for (const MatrixRowResult& row : matrix.rows) {
    for (const auto& [reason, count] : row.left_out) {
      auto& [instances, rows] = by_reason[reason];
      instances = std::max(instances, count);
      ++rows;
    }
  }
  for (const auto& [reason, counts] : by_reason) {
    out << fmt::format("  left out  {} in {} {}: {}\n", counts.first, counts.second,
                       counts.second == 1 ? "row" : "rows", printable(reason, style.utf8));
  }
}

void write_difference(std::ostream& out, const RunResult& run,
                      std::span<const MatrixDifference> of_instance, const TextStyle& style) {
  const MatrixDifference& first = of_instance.front();
  const std::string& options = run.matrix->rows[first.row].options;
  out << painted("differs", Ink::Red, style) << "  " << printable(first.result.id, style.utf8);
  if (of_instance.size() > 1) out << fmt::format("  in {} rows, the first:", of_instance.size());
  out << fmt::format("\n         {} as written; {} with {}", to_string(first.as_written),
                     to_string(first.result.verdict), options);
  if (!first.result.reason.empty()) out << ": " << printable(first.result.reason, style.utf8);
  out << fmt::format("\n         {} {}\n", replay_command(run, first.result, style.utf8), options);
}

}  // namespace

void write_matrix(std::ostream& out, const RunResult& run, const TextStyle& style) {
  const MatrixResult& matrix = *run.matrix;
  out << fmt::format("\nmatrix  {} rows, {} plays in {:.2f}s wall\n", matrix.rows.size(),
                     matrix.plays, std::chrono::duration<double>(matrix.wall_time).count());
  write_table(out, table_of(run), style);
  write_left_out(out, matrix, style);
  const std::span<const MatrixDifference> all = matrix.differences;
  std::size_t told = 0;
  std::size_t instances = 0;
  for (std::size_t begin = 0; begin < all.size(); ++instances) {
    std::size_t end = begin + 1;
    while (end < all.size() && all[end].result.id == all[begin].result.id) ++end;
    if (told < kToldMax) {
      write_difference(out, run, all.subspan(begin, end - begin), style);
      ++told;
    }
    begin = end;
  }
  if (instances > told)
    out << fmt::format("differs  {} more instances (--json names all)\n", instances - told);
  if (matrix.not_played > 0)
    out << fmt::format("{} plays of the matrix not played\n", matrix.not_played);
  if (matrix.holds()) {
    out << (matrix.not_played > 0 ? "no verdict differed\n" : "no verdict depends on a row\n");
  }
}

}  // namespace tcprove::report
