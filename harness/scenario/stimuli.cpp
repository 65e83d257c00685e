#include "harness/scenario/stimuli.hpp"

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "harness/base/check.hpp"
#include "harness/scenario/expr_parser.hpp"
#include "harness/scenario/map_reader.hpp"
#include "harness/scenario/phrase.hpp"
#include "harness/scenario/problems.hpp"
#include "harness/scenario/step_parser.hpp"
#include "harness/scenario/variables.hpp"

namespace tcprove::scenario {
namespace {

constexpr std::array<std::string_view, 3> kFileNames{"ways.yaml", "stimuli.yaml", "probes.yaml"};
constexpr std::array<std::string_view, 2> kRoleNames{"passive", "active"};

std::optional<plan::Step> read_step(const Node& node, std::string_view edge, std::string_view ack,
                                    Problems& problems) {
  const std::array<Variable, 2> variables{
      Variable{.name = "edge", .place = {}, .values = {std::string(edge)}},
      Variable{.name = "ack", .place = {}, .values = {std::string(ack)}}};
  variables_in(node, variables, problems);
  const std::array<plan::Connection, 1> connections{plan::Connection{.name = "a"}};
  return parse_step(
      node, {.bindings = {.variables = variables, .choice = {}}, .connections = connections},
      problems);
}

/// Reads the entries of the three files, each with the places of its mistakes.
class StimuliReader {
 public:
  StimuliReader(Stimuli& stimuli, Problems& problems) : stimuli_(stimuli), problems_(problems) {}

  void read_way(const Node& node) {
    MapReader map(node, "a way", problems_);
    WayIn way;
    if (const Node* from = map.find("from")) begin_with(*from, way);
    if (const Node* state = map.require("state")) {
      if (const auto index = read_word(*state, "a state", tcp::kStateNames, problems_)) {
        way.state = static_cast<tcp::State>(*index);
      }
    }
    way.name = text(map.require("way"), "way");
    if (const Node* role = map.find("role")) {
      if (const auto index = read_word(*role, "role", kRoleNames, problems_)) {
        way.role = static_cast<plan::Role>(*index);
      }
    }
    const StepNodes own = read_steps(map.require("steps"), {});
    way.steps.insert(way.steps.end(), own.begin(), own.end());
    way.rcv_nxt = read_count(map.require("rcv-nxt"), "rcv-nxt");
    way.snd_nxt = read_count(map.require("snd-nxt"), "snd-nxt");
    way.acks = read_values(map.find("acks"), "acks");
    if (way.acks.empty()) way.acks = {{.name = "good", .text = "SND.NXT"}};
    read_holds(map.find("holds"), way.holds);
    map.finish();
    stimuli_.ways.push_back(std::move(way));
  }

  void read_stimulus(const Node& node) {
    MapReader map(node, "a stimulus", problems_);
    Stimulus stimulus;
    for (const std::size_t index :
         words(map.require("events"), "an event", tcp::kEventClassNames)) {
      stimulus.events.push_back(static_cast<tcp::EventClass>(index));
    }
    for (const std::size_t index : words(map.find("in"), "a state", tcp::kStateNames)) {
      stimulus.in.add(static_cast<tcp::State>(index));
    }
    if (const Node* ways = map.find("ways")) {
      for (const Node* way : read_texts(*ways, "ways", problems_))
        stimulus.ways.push_back(way->text);
    }
    stimulus.edges = read_values(map.find("edges"), "edges");
    for (const std::size_t index : words(map.find("at-right"), "an event", tcp::kEventClassNames)) {
      stimulus.at_right = static_cast<tcp::EventClass>(index);
    }
    stimulus.unreachable = text(map.find("unreachable"), "unreachable");
    if (const Node* before = map.find("before"))
      stimulus.before = read_steps(before, stimulus.edges);
    if (stimulus.unreachable.empty())
      stimulus.steps = read_steps(map.require("steps"), stimulus.edges);
    if (const Node* proof = map.find("proof")) stimulus.proof = read_steps(proof, {});
    if (const Node* within = map.find("within")) read_within(*within, stimulus);
    read_holds(map.find("holds"), stimulus.holds);
    stimulus.data = read_count(map.find("data"), "data");
    stimulus.sent = read_count(map.find("sent"), "sent");
    stimulus.unheard = map.find("unheard") != nullptr;
    map.finish();
    stimuli_.stimuli.push_back(std::move(stimulus));
  }

  void read_probe(const Node& node) {
    MapReader map(node, "a probe", problems_);
    const Node* state = map.require("state");
    StepNodes steps = read_steps(map.require("steps"), {});
    map.finish();
    if (state == nullptr) return;
    if (const auto index = read_word(*state, "a state", tcp::kStateNames, problems_)) {
      stimuli_.probes.at(*index) = std::move(steps);
    }
  }

 private:
  void begin_with(const Node& from, WayIn& way) {
    const std::string name = text(&from, "from");
    const auto found = std::ranges::find_if(stimuli_.ways, [&](const WayIn& earlier) {
      return fmt::format("{}/{}", to_string(earlier.state), earlier.name) == name;
    });
    if (found == stimuli_.ways.end()) {
      problems_.add(from.place, fmt::format("no way above this is {}", in_quotes(name)));
      return;
    }
    way = *found;
    way.acks.clear();
  }

  StepNodes read_steps(const Node* list, const std::vector<NamedValue>& edges) {
    StepNodes steps;
    if (list == nullptr) return steps;
    if (list->kind != Node::Kind::Sequence) problems_.add(list->place, "steps are a list");
    for (const Node& item : list->items) {
      read_step(item, edges.empty() ? "0" : edges.front().text, "SND.NXT", problems_);
      for (const NamedValue& edge : edges) read_step(item, edge.text, "SND.NXT", problems_);
      steps.push_back(&item);
    }
    return steps;
  }

  std::vector<NamedValue> read_values(const Node* map, std::string_view what) {
    std::vector<NamedValue> values;
    if (map == nullptr) return values;
    if (map->kind != Node::Kind::Map || map->entries.empty()) {
      problems_.add(map->place, fmt::format("{} is a map of names to values", what));
      return values;
    }
    for (const Node::Entry& entry : map->entries) {
      if (read_text(entry.value, "a value", problems_) == nullptr) continue;
      if (!parse_number_text(entry.value.text)) {
        problems_.add(entry.value.place,
                      fmt::format("{} is no number", in_quotes(entry.value.text)));
      }
      values.push_back({.name = entry.key.text, .text = entry.value.text});
    }
    return values;
  }

  std::vector<std::size_t> words(const Node* list, std::string_view what,
                                 std::span<const std::string_view> known) {
    std::vector<std::size_t> indices;
    if (list == nullptr) return indices;
    for (const Node* word : read_texts(*list, what, problems_)) {
      if (const auto index = read_word(*word, what, known, problems_)) indices.push_back(*index);
    }
    return indices;
  }

  void read_holds(const Node* list, std::vector<When>& holds) {
    for (const std::size_t index : words(list, "a condition", kWhenNames)) {
      holds.push_back(static_cast<When>(index));
    }
  }

  void read_within(const Node& node, Stimulus& stimulus) {
    const std::string value = text(&node, "within");
    const std::size_t dots = value.find("..");
    const auto from = parse_duration_text(value.substr(0, dots));
    const auto to = parse_duration_text(dots == std::string::npos ? "" : value.substr(dots + 2));
    if (from && to) {
      stimulus.within = plan::Within{.from = from.value(), .to = to.value()};
    } else {
      problems_.add(node.place, "within is two durations: 1s..3s");
    }
  }

  std::int64_t read_count(const Node* node, std::string_view what) {
    if (node == nullptr) return 0;
    const auto number = parse_number_text(text(node, what));
    if (number && number.value().is_constant()) return number.value().constant;
    problems_.add(node->place, fmt::format("{} is a number", what));
    return 0;
  }

  std::string text(const Node* node, std::string_view what) {
    if (node == nullptr || read_text(*node, what, problems_) == nullptr) return {};
    return node->text;
  }

  Stimuli& stimuli_;
  Problems& problems_;
};

}  // namespace

const Stimulus* Stimuli::find(tcp::Cell cell, const WayIn& way) const {
  const auto fits = [&](const Stimulus& s) {
    return std::ranges::find(s.events, cell.event) != s.events.end() &&
           (s.in.empty() || s.in.has(cell.state)) &&
           (s.ways.empty() || std::ranges::find(s.ways, way.name) != s.ways.end());
  };
  const auto found = std::ranges::find_if(stimuli, fits);
  return found == stimuli.end() ? nullptr : &*found;
}

plan::Step Stimuli::step(const Node& node, File file, std::string_view edge,
                         std::string_view ack) const {
  Problems problems(*sources.at(file));
  std::optional<plan::Step> step = read_step(node, edge, ack, problems);
  TCPROVE_CHECK(step.has_value(), "every step was read when its file was");
  step->file = static_cast<std::uint16_t>(1 + file);
  return *std::move(step);
}

base::Result<std::shared_ptr<const Stimuli>> load_stimuli(const std::filesystem::path& folder) {
  auto stimuli = std::make_shared<Stimuli>();
  base::Diagnostics errors;
  for (std::size_t i = 0; i < kFileNames.size(); ++i) {
    const auto source = read_source(folder / kFileNames.at(i));
    if (!source) {
      errors = joined(std::move(errors), source.error());
      continue;
    }
    stimuli->sources.at(i) = source.value();
    Problems problems(*source.value());
    if (std::optional<Node> root = parse_yaml(*source.value(), problems)) {
      if (root->kind != Node::Kind::Sequence) problems.add(root->place, "this file is a list");
      stimuli->roots.at(i) = *std::move(root);
      StimuliReader reader(*stimuli, problems);
      for (const Node& item : stimuli->roots.at(i).items) {
        if (i == Stimuli::kWays) reader.read_way(item);
        if (i == Stimuli::kStimuli) reader.read_stimulus(item);
        if (i == Stimuli::kProbes) reader.read_probe(item);
      }
    }
    errors = joined(std::move(errors), problems.take());
  }
  if (!errors.empty()) return errors;
  return std::shared_ptr<const Stimuli>(std::move(stimuli));
}

}  // namespace tcprove::scenario
