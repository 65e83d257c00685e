#include "harness/monitor/syn_options.hpp"

#include <algorithm>

namespace tcprove::monitor {

/// FNV-1a.
std::uint64_t hash_of_cookie(wire::Octets cookie) {
  if (cookie.empty()) return 0;
  std::uint64_t hash = 0xcbf2'9ce4'8422'2325U;
  for (const std::uint8_t octet : cookie) hash = (hash ^ octet) * 0x0000'0100'0000'01b3U;
  return hash | 1U;
}

SynOptions read_syn_options(wire::Octets options) {
  SynOptions offered;
  wire::OptionReader reader(options);
  while (const std::optional<wire::Option> option = reader.next()) {
    if (const auto* mss = std::get_if<wire::MaximumSegmentSize>(&*option)) {
      offered.mss_unclear |= offered.mss.value_or(mss->octets) != mss->octets;
      if (!offered.mss) offered.mss = mss->octets;
    } else if (const auto* scale = std::get_if<wire::WindowScale>(&*option)) {
      if (!offered.shift) offered.shift = std::min(scale->shift, kShiftMax);
    } else if (std::holds_alternative<wire::SackPermitted>(*option)) {
      offered.sack_permitted = true;
    } else if (std::holds_alternative<wire::Timestamps>(*option)) {
      offered.timestamps = true;
    } else if (const auto* fast_open = std::get_if<wire::FastOpen>(&*option)) {
      offered.fast_open = true;
      offered.cookie = hash_of_cookie(fast_open->cookie);
    }
  }
  return offered;
}

}  // namespace tcprove::monitor
