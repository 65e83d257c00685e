#pragma once

#include "harness/testing/tidy/finding.hpp"

namespace tcprove::testing::tidy {

inline constexpr int kFileLinesMax = 500;
inline constexpr int kHeaderLinesMax = 150;
inline constexpr int kFunctionLinesMax = 70;

/// A file of code or a function in it that is longer than a reader can hold.
Findings check_sizes(const File& file);

}  // namespace tcprove::testing::tidy
