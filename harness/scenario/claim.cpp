#include "harness/scenario/claim.hpp"

#include <string_view>

namespace tcprove::scenario {
namespace {

/// Up to the first full stop with a capital behind it: `RFC 9293 3.6. The …` is two sentences.
std::string first_sentence(const std::string& text) {
  for (std::size_t stop = text.find(". "); stop != std::string::npos;
       stop = text.find(". ", stop + 1)) {
    const bool capital = stop + 2 < text.size() && text[stop + 2] >= 'A' && text[stop + 2] <= 'Z';
    if (capital) return text.substr(0, stop + 1);
  }
  return text;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

std::string claim_of(const Source& source) {
  std::string text;
  for (int number = 1;; ++number) {
    const std::string_view line = source.line(number);
    if (!line.starts_with('#')) break;
    const std::string_view words = trimmed(line.substr(1));
    if (words.starts_with("yaml-language-server:")) continue;
    if (words.empty() && !text.empty()) break;
    if (!text.empty()) text += ' ';
    text += words;
  }
  return first_sentence(text);
}

}  // namespace tcprove::scenario
