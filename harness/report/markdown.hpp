#pragma once

#include <cstddef>
#include <ostream>
#include <span>

#include "harness/report/result.hpp"

namespace tcprove::report {

struct MarkdownOptions {
  std::size_t documents_max = 20;  ///< Further failures are counted: CI services cut long pages.
};

/// The runs as a page for a CI service's summary, in GitHub's Markdown: counts by stack, the
/// requirement × stack matrix with what is notable above the rest, and a document for each scenario
/// that turns the run red. Whatever scenarios and stacks say stands in it as text.
void write_markdown(std::ostream& out, std::span<const RunResult> runs,
                    const MarkdownOptions& options);

}  // namespace tcprove::report
