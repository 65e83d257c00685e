#pragma once

#include <string_view>
#include <vector>

namespace tcprove::testing::tidy {

/// A function's body, from the line of its opening brace to that of its closing one.
struct Body {
  int first_line = 0;  ///< 1-based.
  int lines = 0;

  bool operator==(const Body&) const = default;
};

/// The body of every function in `code`, in order; a lambda counts with the function around it.
/// Requires: what code_of() made of code that compiles.
std::vector<Body> bodies_of(std::string_view code);

}  // namespace tcprove::testing::tidy
