#pragma once

#include <string_view>

#include "harness/testing/tidy/finding.hpp"

namespace tcprove::testing::tidy {

/// Words in the code of a C++ file that the house does without: exceptions thrown, printing and
/// exiting outside the command, sleeping, chance and the wall clock, include guards.
Findings check_code(const File& file);

/// What no text file may say: work left for later, and paths of the machine that it was written on.
Findings check_text(const File& file);

/// A name under which a file could hold anything, or one that the root has no place for.
/// `path` is as File's.
Findings check_name(std::string_view path);

}  // namespace tcprove::testing::tidy
