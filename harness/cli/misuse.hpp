#pragma once

#include <span>
#include <string>

namespace CLI {
class App;
}

namespace tcprove::cli {

/// Names the first of `words` (a command line without the program's name) that `app` does not know,
/// and what was probably meant: `unknown option "--sed"; did you mean "--seed"?`. Empty where all
/// are known.
///
/// CLI11 checks what is missing before it looks at what is too much, and so calls a misspelled word
/// missing.
std::string unknown_word(const CLI::App& app, std::span<const char* const> words);

}  // namespace tcprove::cli
