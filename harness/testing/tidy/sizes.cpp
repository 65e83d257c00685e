#include "harness/testing/tidy/sizes.hpp"

#include <fmt/core.h>

#include "harness/testing/tidy/bodies.hpp"
#include "harness/testing/tidy/code_text.hpp"

namespace tcprove::testing::tidy {

Findings check_sizes(const File& file) {
  Findings findings;
  const int lines = static_cast<int>(lines_of(file.text).size());
  const int lines_max = file.path.ends_with(".cpp") ? kFileLinesMax : kHeaderLinesMax;
  if (lines > lines_max) {
    findings.push_back({file.path, 0, fmt::format("{} lines, at most {}", lines, lines_max)});
  }
  for (const Body& body : bodies_of(code_of(file.text))) {
    if (body.lines <= kFunctionLinesMax) continue;
    findings.push_back(
        {file.path, body.first_line,
         fmt::format("a function of {} lines, at most {}", body.lines, kFunctionLinesMax)});
  }
  return findings;
}

}  // namespace tcprove::testing::tidy
