#include "harness/report/utf8.hpp"

#include <array>

#include <fmt/format.h>

namespace tcprove::report {
namespace {

/// A form of UTF-8 sequence (RFC 3629 section 3): how it begins, how long it is, what it may say.
struct Form {
  unsigned char mask;
  unsigned char lead;
  std::size_t octets;
  char32_t smallest;  ///< Below it the sequence is overlong.
};

constexpr std::array<Form, 4> kForms{{{0x80, 0x00, 1, 0x0},
                                      {0xe0, 0xc0, 2, 0x80},
                                      {0xf0, 0xe0, 3, 0x800},
                                      {0xf8, 0xf0, 4, 0x10000}}};

bool is_scalar(char32_t c) { return c <= 0x10ffff && (c < 0xd800 || c > 0xdfff); }

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7f && c < 0xa0); }

/// Pieces that wrapping keeps whole, each with the blank or comma that ends it.
std::vector<std::string_view> pieces(std::string_view text) {
  std::vector<std::string_view> all;
  std::size_t begin = 0;
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    // A list of options breaks behind its commas; any other `<` is a word.
    if (text[i] == '<' && text.substr(0, i).ends_with("options=")) inside = true;
    if (text[i] == '>') inside = false;
    if (text[i] == (inside ? ',' : ' ')) {
      all.push_back(text.substr(begin, i + 1 - begin));
      begin = i + 1;
    }
  }
  all.push_back(text.substr(begin));
  return all;
}

std::string_view without_trailing_blanks(std::string_view text) {
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

CodePoint first_code_point(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const CodePoint invalid{.value = lead, .octets = 1, .valid = false};
  for (const Form& form : kForms) {
    if ((lead & form.mask) != form.lead) continue;
    if (text.size() < form.octets) return invalid;
    char32_t value = static_cast<unsigned char>(lead & ~form.mask);
    for (const char c : text.substr(1, form.octets - 1)) {
      const auto octet = static_cast<unsigned char>(c);
      if ((octet & 0xc0U) != 0x80U) return invalid;
      value = value << 6U | (octet & 0x3fU);
    }
    if (value < form.smallest || !is_scalar(value)) return invalid;
    return {.value = value, .octets = form.octets, .valid = true};
  }
  return invalid;
}

std::string printable(std::string_view text, bool utf8) {
  std::string out;
  while (!text.empty()) {
    const CodePoint c = first_code_point(text);
    if (!c.valid || is_control(c.value)) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned>(c.value));
    } else if (c.octets > 1 && !utf8) {
      out += '?';
    } else {
      out += text.substr(0, c.octets);
    }
    text.remove_prefix(c.octets);
  }
  return out;
}

std::size_t columns(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) text.remove_prefix(first_code_point(text).octets);
  return count;
}

std::string padded(std::string_view text, std::size_t width) {
  std::string out(text);
  const std::size_t taken = columns(text);
  if (taken < width) out.append(width - taken, ' ');
  return out;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  for (const std::string_view piece : pieces(text)) {
    const std::size_t needed = columns(without_trailing_blanks(piece));
    if (!lines.back().empty() && columns(lines.back()) + needed > width) {
      lines.back() = without_trailing_blanks(lines.back());
      lines.emplace_back();
    }
    lines.back() += piece;
  }
  lines.back() = without_trailing_blanks(lines.back());
  return lines;
}

}  // namespace tcprove::report
