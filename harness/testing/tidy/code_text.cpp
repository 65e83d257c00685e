#include "harness/testing/tidy/code_text.hpp"

#include <algorithm>
#include <cctype>

namespace tcprove::testing::tidy {
namespace {

bool in_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Whether the quote at `at` only groups the digits of a number: 1'000.
bool groups_digits(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && (in_name(text[begin - 1]) || text[begin - 1] == '\'')) --begin;
  return begin < at && std::isdigit(static_cast<unsigned char>(text[begin])) != 0;
}

/// Where the comment or literal that begins at `at` ends, or `at` where none begins there.
std::size_t end_of_blank(std::string_view text, std::size_t at) {
  const auto past = [&](std::string_view end, std::size_t from) {
    const std::size_t found = text.find(end, from);
    return found == std::string_view::npos ? text.size() : found + end.size();
  };
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("//")) return std::min(text.find('\n', at), text.size());
  if (rest.starts_with("/*")) return past("*/", at + 2);
  if (rest.starts_with("R\"") && (at == 0 || !in_name(text[at - 1]))) {
    const std::size_t open = std::min(text.find('(', at), text.size());
    const std::string_view delimiter = text.substr(at + 2, open - at - 2);
    return past(")" + std::string(delimiter) + "\"", open);
  }
  const char quote = text[at];
  if (quote != '"' && (quote != '\'' || groups_digits(text, at))) return at;
  std::size_t end = at + 1;
  while (end < text.size() && text[end] != quote) end += text[end] == '\\' ? 2 : 1;
  return std::min(end + 1, text.size());
}

}  // namespace

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool runs_on_left = at > 0 && in_name(text[at - 1]) && in_name(word.front());
    const bool runs_on_right = end < text.size() && in_name(text[end]) && in_name(word.back());
    if (!runs_on_left && !runs_on_right) return true;
  }
  return false;
}

std::string code_of(std::string_view text) {
  std::string code(text);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = end_of_blank(text, at);
    for (std::size_t i = at; i < end; ++i) {
      if (code[i] != '\n') code[i] = ' ';
    }
    at = std::max(end, at + 1);
  }
  return code;
}

}  // namespace tcprove::testing::tidy
