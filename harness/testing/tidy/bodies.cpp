#include "harness/testing/tidy/bodies.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace tcprove::testing::tidy {
namespace {

constexpr std::string_view kSpace = " \t\n";

void skip_space(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(kSpace), text.size()));
}

/// Takes a preprocessor line, an access label or a template's parameters off the front of `head`.
bool skip_clause(std::string_view& head) {
  skip_space(head);
  if (head.starts_with('#')) {
    std::size_t end = head.find('\n');
    while (end != std::string_view::npos && head[end - 1] == '\\') end = head.find('\n', end + 1);
    head.remove_prefix(std::min(end, head.size()));
    return true;
  }
  for (const std::string_view label : {"public:", "protected:", "private:"}) {
    if (!head.starts_with(label)) continue;
    head.remove_prefix(label.size());
    return true;
  }
  if (!head.starts_with("template")) return false;
  int depth = 0;
  std::size_t at = head.find('<');
  do {
    depth += head[at] == '<' ? 1 : head[at] == '>' ? -1 : 0;
  } while (++at < head.size() && depth > 0);
  head.remove_prefix(at);
  return true;
}

enum class Block { Scope, Function, Other };

/// What a brace opens whose declaration is `head`.
Block block_after(std::string_view head) {
  while (skip_clause(head)) {
  }
  head = head.substr(0, head.find_last_not_of(kSpace) + 1);
  const auto starts_with = [&](std::string_view word) { return head.starts_with(word); };
  const bool has_parameters = head.find('(') != std::string_view::npos;
  // A function may answer a `struct tcp_pcb*`; then a parenthesis comes last.
  constexpr std::array<std::string_view, 5> kScopes{"namespace", "class ", "struct ", "union ",
                                                    "extern"};
  if (std::ranges::any_of(kScopes, starts_with) && !head.ends_with(')')) return Block::Scope;
  const bool balanced = std::ranges::count(head, '(') == std::ranges::count(head, ')');
  const bool initializes =
      head.empty() || std::string_view("=,(").find(head.back()) != std::string_view::npos;
  return has_parameters && balanced && !initializes ? Block::Function : Block::Other;
}

}  // namespace

std::vector<Body> bodies_of(std::string_view code) {
  std::vector<Body> bodies;
  std::size_t head = 0;  // where the declaration that is being read begins
  int line = 1;
  int inner = 0;             // braces open inside a function or an initializer
  std::optional<int> begin;  // line where the function that is being read begins
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '\n') ++line;
    if (c == '{') {
      const Block block = inner > 0 ? Block::Other : block_after(code.substr(head, i - head));
      if (block == Block::Function) begin = line;
      if (block != Block::Scope) ++inner;
    }
    if (c == '}' && inner > 0 && --inner == 0 && begin) {
      bodies.push_back({.first_line = *begin, .lines = line - *begin + 1});
      begin.reset();
    }
    if (inner == 0 && (c == '{' || c == '}' || c == ';')) head = i + 1;
  }
  return bodies;
}

}  // namespace tcprove::testing::tidy
