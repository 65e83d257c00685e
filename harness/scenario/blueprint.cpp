#include "harness/scenario/blueprint.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "harness/scenario/header_reader.hpp"
#include "harness/scenario/settings.hpp"
#include "harness/scenario/step_parser.hpp"

namespace tcprove::scenario {
namespace {

/// What a list that could not be read is taken to use, so that no variable seems idle.
constexpr VariableSet kAllVariables = 0xff;

/// Reads one scenario and checks every instance of it, without making a plan of each: a text is
/// read once for each combination of the variables that it uses.
class BlueprintReader {
 public:
  BlueprintReader(Blueprint& blueprint, Fragments& fragments, Problems& problems)
      : blueprint_(blueprint), fragments_(fragments), problems_(problems) {}

  /// Errors: false; they are in the problems, or in the fragments.
  bool read(const Catalogue* catalogue) {
    const Node* steps = read_header(blueprint_, catalogue, problems_);
    const bool countable = check_instances();
    const std::size_t before = problems_.count();
    const VariableSet in_settings = settings_variables(blueprint_, problems_);
    const bool settings_readable = problems_.count() == before;
    const VariableSet in_steps = steps == nullptr ? kAllVariables : collect_steps(*steps);
    check_unused(in_settings | in_steps);
    if (settings_readable && (countable || in_settings == 0)) {
      for_each_choice(in_settings, [this](const Bindings& bindings) { check_settings(bindings); });
    }
    for (StepSpec& step : blueprint_.steps) {
      if (step.readable && (countable || step.variables == 0)) check_step(step);
    }
    if (problems_.none()) check_observed(*steps);
    return problems_.none() && fragments_good_;
  }

 private:
  [[nodiscard]] const Matrix& matrix() const { return blueprint_.matrix; }

  bool check_instances() {
    const bool empty =
        std::any_of(matrix().variables.begin(), matrix().variables.end(),
                    [](const Variable& variable) { return variable.values.empty(); });
    if (empty) return false;
    if (matrix().count() > kInstancesMax) {
      problems_.add(matrix().variables.front().place,
                    fmt::format("these values combine to more than {} instances", kInstancesMax));
      return false;
    }
    return check_suffixes();
  }

  /// Values with commas can make two instances look the same.
  bool check_suffixes() {
    if (matrix().variables.empty()) return true;
    std::set<std::string> suffixes;
    for (std::size_t i = 0; i < matrix().count(); ++i) {
      const std::string suffix = matrix().suffix(matrix().at(i));
      if (suffixes.insert(suffix).second) continue;
      problems_.add(matrix().variables.front().place,
                    fmt::format("two instances are named {}", in_quotes(suffix)));
      return false;
    }
    return true;
  }

  VariableSet collect_steps(const Node& list) {
    if (list.kind != Node::Kind::Sequence || list.items.empty()) {
      problems_.add(list.place, fmt::format("steps is a list of steps, not {}",
                                            list.kind == Node::Kind::Sequence ? "an empty one"
                                                                              : describe(list)));
      return kAllVariables;
    }
    if (list.items.size() > kStepsMax) {
      problems_.add(list.place, fmt::format("a scenario has at most {} steps, not {}", kStepsMax,
                                            list.items.size()));
      return kAllVariables;
    }
    unsigned set = 0;
    for (const Node& item : list.items) {
      const std::size_t before = problems_.count();
      const VariableSet variables = variables_in(item, matrix().variables, problems_);
      blueprint_.steps.push_back({.node = &item,
                                  .variables = variables,
                                  .readable = problems_.count() == before,
                                  .fixed = {}});
      set |= variables;
    }
    return static_cast<VariableSet>(set);
  }

  void check_observed(const Node& list) {
    if (std::none_of(list.items.begin(), list.items.end(), is_observation)) {
      problems_.add(list.place, "these steps only act; a scenario says what the stack should do");
    }
  }

  void check_unused(unsigned used) {
    for (std::size_t i = 0; i < matrix().variables.size(); ++i) {
      const Variable& variable = matrix().variables[i];
      if ((used & (1U << i)) != 0 || variable.values.empty()) continue;
      problems_.add(variable.place,
                    fmt::format("nothing uses the variable {}", in_quotes(variable.name)));
    }
  }

  template <class Check>
  void for_each_choice(VariableSet set, Check check) {
    const std::size_t before = problems_.count();
    for (const VariableChoice& choice : matrix().combinations(set)) {
      const Bindings bindings{.variables = matrix().variables, .choice = choice};
      check(bindings);
      if (problems_.count() == before) continue;
      // The same mistake in the next combination would say nothing new.
      return problems_.annotate(before, note(set, bindings));
    }
  }

  static std::string note(VariableSet set, const Bindings& bindings) {
    std::string text;
    for (std::size_t i = 0; i < bindings.variables.size(); ++i) {
      if ((set & (1U << i)) == 0) continue;
      text += fmt::format("{}{}={}", text.empty() ? " (" : ", ", bindings.variables[i].name,
                          bindings.value(i));
    }
    return text.empty() ? text : text + ")";
  }

  void check_settings(const Bindings& bindings) {
    const Settings settings = read_settings(blueprint_, bindings, problems_);
    if (settings.given.empty() || blueprint_.fragments.contains(settings.given)) return;
    const base::Place place = blueprint_.given->place;
    const FragmentPtr fragment = fragments_.load(settings.given, place, problems_);
    if (fragment == nullptr) {
      fragments_good_ = false;
      return;
    }
    for (const plan::Role role : matrix().roles) check_way(*fragment, role, settings.given);
    blueprint_.fragments.insert({settings.given, fragment});
  }

  void check_way(const Fragment& fragment, plan::Role role, const std::string& given) {
    const Way& way = fragment.way(role);
    const base::Place place = blueprint_.given->place;
    if (!way.exists) {
      problems_.add(place,
                    fmt::format("the fragment {} has no steps for the role {}", in_quotes(given),
                                role == plan::Role::Active ? "active" : "passive"));
    } else if (way.steps.size() + blueprint_.steps.size() > kStepsMax) {
      problems_.add(place,
                    fmt::format("a scenario has at most {} steps, with its fragments", kStepsMax));
    }
  }

  void check_step(StepSpec& step) {
    for_each_choice(step.variables, [&](const Bindings& bindings) {
      std::optional<plan::Step> parsed = parse_step(*step.node, context(bindings), problems_);
      if (step.variables == 0) step.fixed = std::move(parsed);
    });
  }

  [[nodiscard]] StepContext context(const Bindings& bindings) {
    if (connections_.empty()) connections_ = blueprint_.connections_for(plan::Role::Passive);
    return {.bindings = bindings,
            .connections = connections_,
            .absolute_numbers = blueprint_.absolute_numbers,
            .versions = matrix().ips};
  }

  Blueprint& blueprint_;
  Fragments& fragments_;
  Problems& problems_;
  bool fragments_good_ = true;
  std::vector<plan::Connection> connections_;  ///< Their names.
};

}  // namespace

std::vector<plan::Connection> Blueprint::connections_for(plan::Role role) const {
  std::vector<plan::Connection> all;
  for (const ConnectionSpec& connection : connections) {
    const std::uint16_t unnamed = role == plan::Role::Active ? 0 : kStackPort;
    all.push_back({.name = connection.name,
                   .stack_port = connection.stack_port.value_or(unnamed),
                   .peer_port = connection.peer_port});
  }
  return all;
}

std::shared_ptr<const Blueprint> read_blueprint(const SourcePtr& source, Fragments& fragments,
                                                const Catalogue* catalogue, Problems& problems) {
  std::optional<Node> root = parse_yaml(*source, problems);
  if (!root) return nullptr;
  const auto blueprint = std::make_shared<Blueprint>();
  blueprint->source = source;
  blueprint->root = *std::move(root);
  const bool good = BlueprintReader(*blueprint, fragments, problems).read(catalogue);
  return good ? blueprint : nullptr;
}

}  // namespace tcprove::scenario
