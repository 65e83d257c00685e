#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/scenario/problems.hpp"
#include "harness/scenario/yaml_reader.hpp"

namespace tcprove::scenario {

inline constexpr std::size_t kVariablesMax = 8;
inline constexpr std::size_t kVariableValuesMax = 1'000;
inline constexpr std::size_t kVariableValueOctetsMax = 200;

/// A name under `with`, and the texts that it stands for.
struct Variable {
  std::string name;
  base::Place place;
  std::vector<std::string> values;
};

/// Some of a scenario's variables, one bit each in the order of declaration.
using VariableSet = std::uint8_t;
static_assert(kVariablesMax <= 8);

/// Which value each variable has: indices into Variable::values.
using VariableChoice = std::array<std::uint16_t, kVariablesMax>;

/// The variables with their values in one instance.
struct Bindings {
  std::span<const Variable> variables;
  VariableChoice choice{};

  [[nodiscard]] std::string_view value(std::size_t variable) const {
    return variables[variable].values[choice.at(variable)];
  }
};

/// One `${name}` in a text: [begin, end), and which variable it is.
struct VariableUse {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::optional<std::size_t> variable;  ///< Nothing where no variable has that name.
  std::string_view name;
  bool closed = true;  ///< Whether the `}` is there.
};

/// Every `${…}` of `text`, from left to right.
std::vector<VariableUse> variable_uses(std::string_view text, std::span<const Variable> variables);

/// The variables that `node` and all below it use; reports names that are none.
VariableSet variables_in(const Node& node, std::span<const Variable> variables, Problems& problems);

/// Reads the map under `with`.
std::vector<Variable> read_variables(const Node& with, Problems& problems);

}  // namespace tcprove::scenario
