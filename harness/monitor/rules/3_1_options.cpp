#include "harness/monitor/rules/checks.hpp"
#include "harness/wire/option_padding.hpp"

namespace tcprove::monitor::rules {

Verdict options_well_formed(const Scene& scene) {
  if (!scene.emission->packet->flaws.has(wire::Flaw::OptionsMalformed)) return {};
  return Complaint{"an option's length is under 2 or runs past the header"};
}

Verdict padding_zero(const Scene& scene) {
  if (wire::padding_is_zero(scene.emission->segment().options)) return {};
  return Complaint{"octets after the end of the option list are not zero"};
}

}  // namespace tcprove::monitor::rules
