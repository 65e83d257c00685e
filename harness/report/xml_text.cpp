#include "harness/report/xml_text.hpp"

#include <fmt/format.h>

#include "harness/report/utf8.hpp"

namespace tcprove::report {
namespace {

/// The production `Char` of XML 1.0 section 2.2.
bool is_xml_char(char32_t c) {
  return c == 0x9 || c == 0xa || c == 0xd || (c >= 0x20 && c <= 0xd7ff) ||
         (c >= 0xe000 && c <= 0xfffd) || (c >= 0x10000 && c <= 0x10ffff);
}

}  // namespace

std::string xml_escaped(std::string_view text, bool in_attribute) {
  std::string out;
  while (!text.empty()) {
    const CodePoint c = first_code_point(text);
    if (!c.valid || !is_xml_char(c.value)) {
      out += "\xef\xbf\xbd";
    } else if (c.value == '&') {
      out += "&amp;";
    } else if (c.value == '<') {
      out += "&lt;";
    } else if (c.value == '>') {
      out += "&gt;";
    } else if (c.value == '"') {
      out += "&quot;";
    } else if (c.value == '\r' || (in_attribute && (c.value == '\n' || c.value == '\t'))) {
      out += fmt::format("&#{};", static_cast<unsigned>(c.value));
    } else {
      out += text.substr(0, c.octets);
    }
    text.remove_prefix(c.octets);
  }
  return out;
}

}  // namespace tcprove::report
