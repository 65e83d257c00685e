#pragma once

#include <nlohmann/json.hpp>

#include "harness/report/matrix.hpp"

namespace tcprove::report {

/// `{"rows":[{"options","summary","left_out","differences"}],"differences":[{"id","options",
/// "as_written","verdict","reason"}],"plays"}`; `not_played` where the run was interrupted.
nlohmann::ordered_json to_json(const MatrixResult& matrix);

}  // namespace tcprove::report
