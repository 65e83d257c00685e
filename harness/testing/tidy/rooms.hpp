#pragma once

#include <string_view>

#include "harness/testing/tidy/finding.hpp"

namespace tcprove::testing::tidy {

/// Whether the file at `path` is a test, a benchmark, or something made for them.
bool is_for_tests(std::string_view path);

/// The includes of a C++ file that go against the direction between the rooms of the harness, that
/// name a stack outside its folder, or that bring a third party's header where it does not belong.
///
/// What is for tests may include every room: nobody includes it.
Findings check_includes(const File& file);

}  // namespace tcprove::testing::tidy
