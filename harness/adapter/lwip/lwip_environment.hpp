#pragma once

#include <cstdint>
#include <optional>

#include "harness/base/virtual_time.hpp"
#include "harness/wire/seq_num.hpp"

namespace tcprove::adapter::lwip {

/// What lwIP takes from the world around it: its .cpp defines, in the place of liblwip's own, the C
/// functions by which lwIP asks for it.
///
/// The dynamic linker prefers a program's definitions to a library's, so lwIP itself stays as the
/// system ships it. C functions carry no context: hence one global environment.
struct Environment {
  base::Instant now;                ///< Since the reset; sys_now() counts whole milliseconds.
  base::Duration clock{};           ///< What sys_now() showed at the reset.
  std::uint64_t randomness = 1;     ///< State of the rand() that lwIP sees; any value will do.
  std::optional<wire::SeqNum> iss;  ///< For connections opened from now on; else lwIP's choice.
};

Environment& environment();

/// Aborts unless lwIP really calls the functions defined here.
void check_environment();

}  // namespace tcprove::adapter::lwip
