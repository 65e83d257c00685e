#include "harness/report/profile_json.hpp"

#include <string>
#include <utility>

namespace tcprove::report {
namespace {

using Json = nlohmann::ordered_json;
using profile::Unit;

Json to_json(profile::OptionSet options) {
  Json names = Json::array();
  for (std::size_t i = 0; i < profile::kOptionNames.size(); ++i) {
    if ((options >> i & 1U) != 0) names.push_back(std::string(profile::kOptionNames.at(i)));
  }
  return names;
}

/// Whole where it is whole.
Json value_of(std::int64_t value, Unit unit) {
  const std::int64_t parts =
      unit == Unit::Nanoseconds ? 1'000'000 : (unit == Unit::Thousandths ? 1000 : 1);
  if (value % parts == 0) return value / parts;
  return static_cast<double>(value) / static_cast<double>(parts);
}

}  // namespace

Json to_json(const Profile& profile) {
  Json measured = Json::object();
  for (std::size_t i = 0; i < profile::kQuantityCount; ++i) {
    const auto quantity = static_cast<profile::Quantity>(i);
    const profile::Range& range = profile.facts[quantity];
    if (!range.seen()) continue;
    const auto& [name, unit] = name_of(quantity);
    measured[std::string(name) + (unit == Unit::Nanoseconds ? "_ms" : "")] = {
        {"least", value_of(range.least, unit)},
        {"most", value_of(range.most, unit)},
        {"seen", range.count}};
  }
  Json choices = Json::array();
  for (const auto& [scenario, chosen] : profile.choices) {
    for (const auto& [choice, seen] : chosen) {
      choices.push_back({{"scenario", scenario}, {"choice", choice}, {"seen", seen}});
    }
  }
  return {{"options",
           {{"syn", to_json(profile.facts.on_syn)},
            {"syn_ack", to_json(profile.facts.on_syn_ack)},
            {"others", to_json(profile.facts.on_others)}}},
          {"measured", std::move(measured)},
          {"choices", std::move(choices)}};
}

}  // namespace tcprove::report
