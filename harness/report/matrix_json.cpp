#include "harness/report/matrix_json.hpp"

#include <string>
#include <utility>

namespace tcprove::report {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const MatrixRowResult& row) {
  Json summary = Json::object();
  for (std::size_t i = 0; i < kVerdictCount; ++i) {
    const auto verdict = static_cast<Verdict>(i);
    summary[std::string(to_string(verdict))] = row.tally[verdict];
  }
  Json left_out = Json::object();
  for (const auto& [reason, count] : row.left_out) left_out[reason] = count;
  return {{"options", row.options},
          {"summary", std::move(summary)},
          {"left_out", std::move(left_out)},
          {"differences", row.differences}};
}

}  // namespace

Json to_json(const MatrixResult& matrix) {
  Json rows = Json::array();
  for (const MatrixRowResult& row : matrix.rows) rows.push_back(to_json(row));
  Json differences = Json::array();
  for (const MatrixDifference& difference : matrix.differences) {
    differences.push_back({{"id", difference.result.id},
                           {"options", matrix.rows[difference.row].options},
                           {"as_written", std::string(to_string(difference.as_written))},
                           {"verdict", std::string(to_string(difference.result.verdict))},
                           {"reason", difference.result.reason}});
  }
  Json json{
      {"rows", std::move(rows)}, {"differences", std::move(differences)}, {"plays", matrix.plays}};
  if (matrix.not_played > 0) json["not_played"] = matrix.not_played;
  return json;
}

}  // namespace tcprove::report
