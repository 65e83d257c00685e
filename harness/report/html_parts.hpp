#pragma once

#include <cstddef>
#include <ostream>
#include <span>

#include "harness/report/requirements.hpp"
#include "harness/report/result.hpp"

/// What the page says without a script.
namespace tcprove::report::html {

/// Rows of the table of stacks: how many scenarios came to which verdict.
void write_stacks(std::ostream& out, std::span<const RunResult> runs);

/// Head and bodies of the requirement × stack matrix, a body a chapter.
void write_matrix(std::ostream& out, std::span<const RunResult> runs,
                  std::span<const CatalogueRow> catalogue);

/// What turns the runs red: known deviations that are gone, and a document for each of the first
/// `documents_max` scenarios.
void write_failures(std::ostream& out, std::span<const RunResult> runs, std::size_t documents_max);

/// All that write_failures() would tell of without a bound.
std::size_t count_failures(std::span<const RunResult> runs);

/// The signs, explained.
void write_legend(std::ostream& out);

}  // namespace tcprove::report::html
