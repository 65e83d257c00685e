#pragma once

#include <cstddef>
#include <ostream>
#include <span>
#include <string>

#include "harness/report/requirements.hpp"
#include "harness/report/result.hpp"

namespace tcprove::report {

/// A ladder longer than this is cut to what tells of its failure, or to its end.
inline constexpr std::size_t kHtmlLadderRowsMax = 240;

/// What the page's script needs of all runs, as one JSON object fit for a <script>.
///
/// Texts, the ladders' rows and whole ladders are kept once each and named by number, as most
/// instances of a scenario share them; html/data.js reads it. Nothing in it depends on how long
/// anything took.
/// `captures`: by run, where its captures lie as seen from the page; empty: there are none.
void write_html_data(std::ostream& out, std::span<const RunResult> runs,
                     std::span<const CatalogueRow> catalogue,
                     std::span<const std::string> captures);

}  // namespace tcprove::report
