#pragma once

#include <cstddef>
#include <ostream>
#include <span>
#include <string>

#include "harness/report/requirements.hpp"
#include "harness/report/result.hpp"

namespace tcprove::report {

struct HtmlOptions {
  /// So many failures are written out for readers without a script; all are in the page's data.
  std::size_t documents_max = 50;
  /// By run: the address, as seen from the page, below which its captures lie; empty: none.
  std::vector<std::string> captures = {};
};

/// The runs as one page that needs nothing beside it: the requirement × stack matrix with filters,
/// and behind every cell the scenarios with their ladders. Without a script the matrix and the
/// failures are there to read. The same runs give the same octets, however long they took.
///
/// Requires: all runs were judged by `catalogue`, and their traces kept.
void write_html(std::ostream& out, std::span<const RunResult> runs,
                std::span<const CatalogueRow> catalogue, const HtmlOptions& options);

}  // namespace tcprove::report
