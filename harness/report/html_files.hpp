#pragma once

#include <string_view>

namespace tcprove::report {

// The files in html/, put into the program by html/embed.cmake.
extern const std::string_view kPageTemplate;
extern const std::string_view kPageStyle;
extern const std::string_view kPageScript;

}  // namespace tcprove::report
