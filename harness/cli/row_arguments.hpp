#pragma once

#include "harness/trial/matrix_row.hpp"

namespace CLI {
class App;
}

namespace tcprove::cli {

/// Defines the options that play one row of the matrix alone.
///
/// Lifetime: `row` until the arguments have been parsed.
void define_row(CLI::App& app, trial::MatrixRow& row);

}  // namespace tcprove::cli
