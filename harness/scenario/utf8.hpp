#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace tcprove::scenario {

/// Where `text` stops being what a person types: an octet that is not UTF-8 (RFC 3629), or a
/// control character other than tab and line ends. Nothing where it is text to its end.
std::optional<std::size_t> first_non_text(std::string_view text);

}  // namespace tcprove::scenario
