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
  bool mss_unclear = false;  ///< There is another, and it is not said which of them counts.
  std::optional<std::uint8_t> shift;
  bool sack_permitted = false;
  bool timestamps = false;
  bool fast_open = false;
  std::uint64_t cookie = 0;  ///< Fast Open's, hashed; 0 where there is none.

  bool operator==(const SynOptions&) const = default;
};

/// A Fast Open cookie as one number, not 0; 0 where it is empty.
std::uint64_t hash_of_cookie(wire::Octets cookie);

SynOptions read_syn_options(wire::Octets options);

}  // namespace tcprove::monitor
