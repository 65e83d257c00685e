#include <algorithm>
#include <array>

#include "harness/plan/octet_tables.hpp"

namespace tcprove::plan {
namespace {

using tcp::OptionValue;

/// 192.0.2.9 and two more beside the stack and its peer.
constexpr std::array<std::int64_t, 3> kGateways{0xc0000209, 0xc0000207, 0xc0000208};

}  // namespace

std::optional<Expr> setting_of(tcp::UserOption option, NumberOctets octets) {
  const tcp::UserOptionFacts& facts = tcp::facts(option);
  switch (facts.value) {
    case OptionValue::Switch:
      return octets.choice % 2 == 0 ? std::optional(Expr{.constant = 1}) : std::nullopt;
    case OptionValue::Duration:
    case OptionValue::DurationOrOff: {
      auto time = number_of(NumberField::IdleTime, octets, false);
      if (time || facts.value == OptionValue::DurationOrOff) return time;
      return number_of(NumberField::IdleTime, {}, false);
    }
    case OptionValue::Number:
      return Expr{.constant =
                      facts.number_min + octets.low % (facts.number_max - facts.number_min + 1)};
    case OptionValue::Address:
      return Expr{.constant = kGateways.at(octets.low % kGateways.size())};
  }
  return std::nullopt;
}

std::optional<NumberOctets> octets_of_setting(tcp::UserOption option,
                                              const std::optional<Expr>& value) {
  const tcp::UserOptionFacts& facts = tcp::facts(option);
  const bool timed =
      facts.value == OptionValue::Duration || facts.value == OptionValue::DurationOrOff;
  std::optional<NumberOctets> octets =
      timed ? octets_of(NumberField::IdleTime, value) : std::optional(NumberOctets());
  if (octets && facts.value == OptionValue::Switch) octets->choice = value ? 0 : 1;
  if (octets && value && facts.value == OptionValue::Address) {
    const auto* const gateway = std::ranges::find(kGateways, value->constant);
    octets->low = static_cast<std::uint8_t>(gateway - kGateways.begin());
  }
  if (octets && value && facts.value == OptionValue::Number) {
    octets->low = static_cast<std::uint8_t>(value->constant - facts.number_min);
  }
  if (!octets || setting_of(option, *octets) != value) return std::nullopt;
  return octets;
}

}  // namespace tcprove::plan
