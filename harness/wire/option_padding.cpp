#include "harness/wire/option_padding.hpp"

#include <algorithm>

#include "harness/wire/options.hpp"

namespace tcprove::wire {

bool padding_is_zero(Octets options) {
  for (std::size_t at = 0; at < options.size();) {
    const std::uint8_t kind = options[at];
    if (kind == static_cast<std::uint8_t>(OptionKind::EndOfList)) {
      return std::ranges::all_of(options.subspan(at), [](auto octet) { return octet == 0; });
    }
    if (kind == static_cast<std::uint8_t>(OptionKind::NoOperation)) {
      ++at;
      continue;
    }
    const bool whole = at + 1 < options.size() && options[at + 1] >= 2;
    if (!whole) return true;
    at += options[at + 1];
  }
  return true;
}

}  // namespace tcprove::wire
