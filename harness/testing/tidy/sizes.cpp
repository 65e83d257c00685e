#include "harness/testing/tidy/sizes.hpp"

#include <fmt/core.h>

#include "harness/testing/tidy/bodies.hpp"
#include "harness/testing/tidy/code_text.hpp"
#include "harness/testing/tidy/rooms.hpp"

namespace tcprove::testing::tidy {

Findings check_sizes(const File& file) {
  Findings findings;
  const int lines = static_cast<int>(lines_of(file.text).size());
  // A header is short because many read it; those of tests and a list of names are read otherwise.
  const bool is_list = file.path == "harness/adapter/reference/faults.hpp";
  const bool is_header = file.path.ends_with(".hpp") || file.path.ends_with(".h");
  const bool is_interface = is_header && !is_for_tests(file.path) && !is_list;
  const int lines_max = is_interface ? kHeaderLinesMax : kFileLinesMax;
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
