#pragma once

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace tcprove::testing {

/// The file's octets; empty where there is none.
inline std::string read_octets(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Holds `actual` against the approved file `path`, which is relative to the source tree. With
/// UPDATE_GOLDEN set in the environment the file is rewritten, to be reviewed as a diff.
inline void expect_golden(std::string_view path, const std::string& actual) {
  const std::string file = std::string(TCPROVE_SOURCE_DIR) + "/" + std::string(path);
  if (std::getenv("UPDATE_GOLDEN") != nullptr) {
    std::ofstream(file, std::ios::binary) << actual;
  }
  EXPECT_EQ(actual, read_octets(file)) << "UPDATE_GOLDEN=1 approves what is there now: " << path;
}

}  // namespace tcprove::testing
