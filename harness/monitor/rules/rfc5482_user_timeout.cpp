#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

/// Section 3.3: kind 28, length 4, a bit for the unit and 15 for the value; section 3.2: not zero.
Verdict user_timeout_option_well_formed(const Scene& scene) {
  constexpr std::uint8_t kUserTimeout = 28;
  constexpr std::uint8_t kUnitBit = 0x80;
  const wire::Octets options = scene.emission->segment().options;
  if (options.empty()) return {};
  wire::OptionReader reader(options);
  while (const std::optional<wire::Option> option = reader.next()) {
    const auto* unknown = std::get_if<wire::UnknownOption>(&*option);
    if (unknown == nullptr || unknown->kind != kUserTimeout) continue;
    if (unknown->data.size() != 2) return Complaint{"its User Timeout option has not 4 octets"};
    const bool zero = (unknown->data[0] | kUnitBit) == kUnitBit && unknown->data[1] == 0;
    if (zero) return Complaint{"its User Timeout option tells of no time at all"};
  }
  return {};
}

constexpr Rule kRules[] = {
    {"user-timeout-option-is-well-formed", "RFC5482-2", Must, "3.3", EmitsOptions,
     user_timeout_option_well_formed,
     "A User Timeout option has 4 octets and does not tell of zero."},
};

}  // namespace

std::span<const Rule> rfc5482_user_timeout() { return kRules; }

}  // namespace tcprove::monitor::rules
