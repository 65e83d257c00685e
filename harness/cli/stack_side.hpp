#pragma once

#include <optional>
#include <string_view>

#include "harness/trial/captured.hpp"

namespace tcprove::cli {

/// `ADDR`, `ADDR:PORT`, `[ADDR]` or `[ADDR]:PORT`; an IPv6 address with a port needs its brackets.
/// Nothing where `text` is none of these.
std::optional<trial::StackSide> parse_stack_side(std::string_view text);

}  // namespace tcprove::cli
