#include "harness/scenario/utf8.hpp"

#include <cstdint>

namespace tcprove::scenario {
namespace {

bool is_continuation(char c) { return (static_cast<std::uint8_t>(c) & 0xc0U) == 0x80U; }

/// Octets of the character at the front of `text`; 0 where there is none (RFC 3629 section 4).
std::size_t character_octets(std::string_view text) {
  const auto first = static_cast<std::uint8_t>(text[0]);
  if (first < 0x80) return 1;
  const std::size_t octets = first < 0xc2   ? 0
                             : first < 0xe0 ? 2
                             : first < 0xf0 ? 3
                             : first < 0xf5 ? 4
                                            : 0;
  if (octets == 0 || text.size() < octets) return 0;
  for (std::size_t i = 1; i < octets; ++i) {
    if (!is_continuation(text[i])) return 0;
  }
  const auto second = static_cast<std::uint8_t>(text[1]);
  const bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
  const bool surrogate = first == 0xed && second > 0x9f;
  const bool beyond_unicode = first == 0xf4 && second > 0x8f;
  return overlong || surrogate || beyond_unicode ? 0 : octets;
}

bool is_control(char c) {
  return (static_cast<std::uint8_t>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
}

}  // namespace

std::optional<std::size_t> first_non_text(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t octets = is_control(text[at]) ? 0 : character_octets(text.substr(at));
    if (octets == 0) return at;
    at += octets;
  }
  return std::nullopt;
}

}  // namespace tcprove::scenario
