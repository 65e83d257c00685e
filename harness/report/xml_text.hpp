#pragma once

#include <string>
#include <string_view>

namespace tcprove::report {

/// `text` as an XML attribute's value or an element's content; a reader turns a bare line end
/// inside an attribute into a blank, so it is spelled out there.
std::string xml_escaped(std::string_view text, bool in_attribute);

}  // namespace tcprove::report
