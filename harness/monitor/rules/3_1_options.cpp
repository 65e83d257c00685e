#include <algorithm>

#include <fmt/format.h>

#include "harness/monitor/rules/checks.hpp"
#include "harness/wire/options.hpp"

namespace tcprove::monitor::rules {

Verdict options_well_formed(const Scene& scene) {
  if (!scene.emission->packet->flaws.has(wire::Flaw::OptionsMalformed)) return {};
  return Complaint{"an option's length is under 2 or runs past the header"};
}

Verdict padding_zero(const Scene& scene) {
  const wire::Octets options = scene.emission->segment().options;
  for (std::size_t at = 0; at < options.size();) {
    const std::uint8_t kind = options[at];
    if (kind == static_cast<std::uint8_t>(wire::OptionKind::EndOfList)) {
      const bool zero = std::ranges::all_of(options.subspan(at), [](auto o) { return o == 0; });
      if (zero) return {};
      return Complaint{"octets after the end of the option list are not zero"};
    }
    if (kind == static_cast<std::uint8_t>(wire::OptionKind::NoOperation)) {
      ++at;
      continue;
    }
    const bool whole = at + 1 < options.size() && options[at + 1] >= 2;
    if (!whole) return {};  // Malformed: options_well_formed() tells.
    at += options[at + 1];
  }
  return {};
}

}  // namespace tcprove::monitor::rules
