#include "harness/scenario/variables.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "harness/base/spelling.hpp"
#include "harness/scenario/map_reader.hpp"
#include "harness/scenario/phrase.hpp"

namespace tcprove::scenario {
namespace {

bool is_name(std::string_view name) {
  const auto is_part = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  return !name.empty() && name[0] >= 'a' && name[0] <= 'z' &&
         std::all_of(name.begin(), name.end(), is_part);
}

void check_name(const Node& key, Problems& problems) {
  if (!is_name(key.text)) {
    problems.add(key.place, fmt::format("a variable's name is made of a-z, 0-9, - and _ and begins "
                                        "with a letter; {} does not",
                                        in_quotes(key.text)));
  } else if (key.text == "role" || key.text == "ip") {
    problems.add(key.place, fmt::format("{} is a key of its own and no variable", key.text));
  }
}

std::vector<std::string> read_values(const Node::Entry& entry, Problems& problems) {
  std::vector<std::string> values;
  for (const Node* value :
       read_texts(entry.value, fmt::format("the values of {}", entry.key.text), problems)) {
    if (value->text.size() > kVariableValueOctetsMax ||
        value->text.find('\n') != std::string::npos) {
      problems.add(value->place, fmt::format("a value is one line of at most {} octets",
                                             kVariableValueOctetsMax));
    }
    values.push_back(value->text);
  }
  if (values.size() > kVariableValuesMax) {
    problems.add(entry.key.place, fmt::format("a variable has at most {} values, not {}",
                                              kVariableValuesMax, values.size()));
  }
  return values;
}

void report_unknown(const Node& node, const VariableUse& use, std::span<const Variable> variables,
                    Problems& problems) {
  const base::Place place = Phrase(node).place(use.begin, use.end);
  if (!use.closed) return problems.add(place, "this ${ is not closed");
  std::vector<std::string_view> names;
  for (const Variable& variable : variables) names.push_back(variable.name);
  std::string message = variables.empty()
                            ? fmt::format("there are no variables here")
                            : fmt::format("no variable is named {}", in_quotes(use.name));
  problems.add(place, std::move(message), base::nearest(use.name, names));
}

}  // namespace

std::vector<VariableUse> variable_uses(std::string_view text, std::span<const Variable> variables) {
  std::vector<VariableUse> uses;
  for (std::size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", at)) {
    VariableUse use{.begin = at, .end = text.find('}', at), .variable = {}, .name = {}};
    use.closed = use.end != std::string_view::npos;
    if (!use.closed) use.end = text.size() - 1;
    use.name = text.substr(at + 2, use.end - (at + 2));
    ++use.end;
    for (std::size_t i = 0; i < variables.size(); ++i) {
      if (use.closed && variables[i].name == use.name) use.variable = i;
    }
    uses.push_back(use);
    at = use.end;
  }
  return uses;
}

VariableSet variables_in(const Node& node, std::span<const Variable> variables,
                         Problems& problems) {
  unsigned set = 0;
  for (const VariableUse& use : variable_uses(node.text, variables)) {
    if (use.variable) {
      set |= 1U << *use.variable;
    } else {
      report_unknown(node, use, variables, problems);
    }
  }
  for (const Node& item : node.items) set |= variables_in(item, variables, problems);
  for (const Node::Entry& entry : node.entries) {
    set |= variables_in(entry.value, variables, problems);
  }
  return static_cast<VariableSet>(set);
}

std::vector<Variable> read_variables(const Node& with, Problems& problems) {
  std::vector<Variable> variables;
  MapReader map(with, "`with`", problems);
  for (const Node::Entry& entry : with.entries) {
    check_name(entry.key, problems);
    variables.push_back(
        {.name = entry.key.text, .place = entry.key.place, .values = read_values(entry, problems)});
  }
  if (map.is_map() && variables.empty()) problems.add(with.place, "`with` names no variable");
  if (variables.size() > kVariablesMax) {
    problems.add(with.place, fmt::format("a scenario has at most {} variables, not {}",
                                         kVariablesMax, variables.size()));
    variables.resize(kVariablesMax);
  }
  return variables;
}

}  // namespace tcprove::scenario
