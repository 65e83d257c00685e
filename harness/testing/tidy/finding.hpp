#pragma once

#include <string>
#include <vector>

namespace tcprove::testing::tidy {

/// A text of the repository.
struct File {
  std::string path;  ///< From the repository's root, with slashes.
  std::string text;
};

/// A rule of the house that a file breaks.
struct Finding {
  std::string path;
  int line = 0;  ///< 1-based; 0 where the whole file is meant.
  std::string message;

  bool operator==(const Finding&) const = default;
};

using Findings = std::vector<Finding>;

/// One `path:line: message` a line.
std::string to_string(const Findings& findings);

}  // namespace tcprove::testing::tidy
