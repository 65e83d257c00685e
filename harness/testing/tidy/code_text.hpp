#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tcprove::testing::tidy {

/// The lines of `text`, without their ends.
/// Lifetime: views into `text`.
std::vector<std::string_view> lines_of(std::string_view text);

/// Whether `word` stands in `text` and neither end of it runs on into a longer name.
bool has_word(std::string_view text, std::string_view word);

/// The C++ in `text` with the inside of comments and literals blanked, so that words there are not
/// taken for code; every character keeps its line and column.
std::string code_of(std::string_view text);

}  // namespace tcprove::testing::tidy
