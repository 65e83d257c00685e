#pragma once

#include <cstdint>
#include <optional>

#include "harness/wire/options.hpp"

namespace tcprove::monitor {

/// The largest shift that is used (RFC 7323 section 2.3: a larger one is taken for 14).
inline constexpr std::uint8_t kShiftMax = 14;

/// What a SYN offers; the first option of each kind, as options are not to be repeated.
struct SynOptions {
  std::optional<std::uint16_t> mss;
  std::optional<std::uint8_t> shift;
  bool sack_permitted = false;
  bool timestamps = false;
  bool fast_open = false;
};

SynOptions read_syn_options(wire::Octets options);

}  // namespace tcprove::monitor
