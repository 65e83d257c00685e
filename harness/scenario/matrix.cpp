#include "harness/scenario/matrix.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace tcprove::scenario {

std::size_t Matrix::count() const {
  std::size_t count = roles.size() * ips.size();
  for (const Variable& variable : variables) {
    count = std::min(count * variable.values.size(), kInstancesMax + 1);
  }
  return std::min(count, kInstancesMax + 1);
}

Choice Matrix::at(std::size_t index) const {
  const auto next = [&index](std::size_t size) {
    const std::size_t digit = index % size;
    index /= size;
    return digit;
  };
  Choice choice;
  choice.ip = ips[next(ips.size())];
  for (std::size_t i = variables.size(); i-- > 0;) {
    choice.variables.at(i) = static_cast<std::uint16_t>(next(variables[i].values.size()));
  }
  choice.role = roles[next(roles.size())];
  return choice;
}

std::string Matrix::suffix(const Choice& choice) const {
  std::string text;
  const auto add = [&text](std::string_view name, std::string_view value) {
    text += fmt::format("{}{}={}", text.empty() ? "[" : ",", name, value);
  };
  if (role_is_list) add("role", choice.role == plan::Role::Active ? "active" : "passive");
  for (std::size_t i = 0; i < variables.size(); ++i) {
    add(variables[i].name, variables[i].values[choice.variables.at(i)]);
  }
  if (ip_is_list) add("ip", choice.ip == wire::IpVersion::V4 ? "4" : "6");
  return text.empty() ? text : text + "]";
}

std::vector<VariableChoice> Matrix::combinations(VariableSet set) const {
  std::vector<VariableChoice> choices{VariableChoice{}};
  for (std::size_t i = 0; i < variables.size(); ++i) {
    if ((set & (1U << i)) == 0) continue;
    std::vector<VariableChoice> extended;
    for (const VariableChoice& choice : choices) {
      for (std::size_t value = 0; value < variables[i].values.size(); ++value) {
        extended.push_back(choice);
        extended.back().at(i) = static_cast<std::uint16_t>(value);
      }
    }
    choices = std::move(extended);
  }
  return choices;
}

}  // namespace tcprove::scenario
