#pragma once

#include <string>
#include <string_view>

namespace tcprove::report {

/// `text` as content or attribute value of HTML, between double quotes. Control characters and
/// octets that are not UTF-8 become U+FFFD; lines stay lines.
std::string html_escaped(std::string_view text);

/// `text` as a string of JSON that may stand in a <script>: no `<` is in it, so that nothing can
/// end the element or open a comment there. Octets that are not UTF-8 become U+FFFD.
std::string script_string(std::string_view text);

}  // namespace tcprove::report
