#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/wire/segment.hpp"

namespace tcprove::adapter::process {

/// Two lower-case digits an octet.
std::string to_hex(wire::Octets octets);

/// Nothing where `text` is not such digits, in pairs; upper case will do.
std::optional<std::vector<std::uint8_t>> from_hex(std::string_view text);

}  // namespace tcprove::adapter::process
