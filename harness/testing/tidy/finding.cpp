#include "harness/testing/tidy/finding.hpp"

#include <fmt/core.h>

namespace tcprove::testing::tidy {

std::string to_string(const Findings& findings) {
  std::string text;
  for (const Finding& f : findings) text += fmt::format("{}:{}: {}\n", f.path, f.line, f.message);
  return text;
}

}  // namespace tcprove::testing::tidy
