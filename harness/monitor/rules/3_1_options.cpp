#include "harness/monitor/rules/sections.hpp"
#include "harness/wire/option_padding.hpp"

namespace tcprove::monitor::rules {
namespace {

Verdict options_well_formed(const Scene& scene) {
  if (!scene.emission->packet->flaws.has(wire::Flaw::OptionsMalformed)) return {};
  return Complaint{"an option's length is under 2 or runs past the header"};
}

Verdict padding_zero(const Scene& scene) {
  if (wire::padding_is_zero(scene.emission->segment().options)) return {};
  return Complaint{"octets after the end of the option list are not zero"};
}

constexpr Rule kRules[] = {
    {"options-are-well-formed", "MUST-68", Must, "3.1", EmitsOptions, options_well_formed,
     "Every option but EOL and NOP has a length of at least 2 that ends within the header."},
    {"padding-is-zero", "MUST-69", Must, "3.1", EmitsOptions, padding_zero,
     "What follows the end of the option list is zero."},
};

}  // namespace

std::span<const Rule> section_3_1_options() { return kRules; }

}  // namespace tcprove::monitor::rules
