#pragma once

#include <string_view>

#include "harness/scenario/cursor.hpp"
#include "harness/wire/flags.hpp"

namespace tcprove::scenario {

/// Whether `name` is a flag's: `SYN`.
bool is_flag_name(std::string_view name);

/// Reads `SYN,ACK`, or `none`. Errors: reported; reading goes on behind the flags.
wire::Flags parse_flags(Cursor& cursor);

}  // namespace tcprove::scenario
