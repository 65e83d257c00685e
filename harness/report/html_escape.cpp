#include "harness/report/html_escape.hpp"

#include <fmt/format.h>

#include "harness/report/utf8.hpp"

namespace tcprove::report {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7f && c < 0xa0); }

std::string_view entity_of(char32_t c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

}  // namespace

std::string html_escaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const CodePoint c = first_code_point(text);
    const std::string_view entity = entity_of(c.value);
    if (!c.valid || (is_control(c.value) && c.value != '\n')) {
      out += kReplacement;
    } else {
      out += entity.empty() ? text.substr(0, c.octets) : entity;
    }
    text.remove_prefix(c.octets);
  }
  return out;
}

std::string script_string(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const CodePoint c = first_code_point(text);
    if (!c.valid) {
      out += kReplacement;
    } else if (is_control(c.value) || c.value == '<') {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c.value));
    } else {
      if (c.value == '"' || c.value == '\\') out += '\\';
      out += text.substr(0, c.octets);
    }
    text.remove_prefix(c.octets);
  }
  out += '"';
  return out;
}

}  // namespace tcprove::report
