#include "harness/scenario/expected_file.hpp"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "harness/base/spelling.hpp"
#include "harness/scenario/catalogue.hpp"
#include "harness/scenario/map_reader.hpp"
#include "harness/scenario/problems.hpp"
#include "harness/scenario/source.hpp"
#include "harness/scenario/yaml_reader.hpp"

namespace tcprove::scenario {
namespace {

/// The text of `node`, which must not be empty; null stands for a key that is not there.
std::string text_of(const Node* node, std::string_view key, Problems& problems) {
  if (node == nullptr || read_text(*node, key, problems) == nullptr) return {};
  if (node->text.empty()) problems.add(node->place, fmt::format("{} is empty", key));
  return node->text;
}

std::string required(MapReader& map, std::string_view key, Problems& problems) {
  return text_of(map.require(key), key, problems);
}

void check_requirement(const Deviation& deviation, const Node& node, const Catalogue& catalogue,
                       Problems& problems) {
  const Requirement* requirement = catalogue.find(deviation.requirement);
  if (requirement == nullptr) {
    problems.add(
        node.place,
        fmt::format("the catalogue has no requirement {}", in_quotes(deviation.requirement)),
        catalogue.nearest(deviation.requirement));
  } else if (requirement->section != deviation.section) {
    problems.add(node.place, fmt::format("{} stands in section {}, not {}", requirement->id,
                                         requirement->section, deviation.section));
  }
}

void check_rule(const Deviation& deviation, const Node& node, std::span<const KnownRule> rules,
                Problems& problems) {
  const auto rule = std::ranges::find(rules, deviation.rule, &KnownRule::name);
  if (rule == rules.end()) {
    std::vector<std::string_view> names;
    for (const KnownRule& known : rules) names.push_back(known.name);
    problems.add(node.place, fmt::format("the monitor has no rule {}", in_quotes(deviation.rule)),
                 base::nearest(deviation.rule, names));
  } else if (rule->requirement != deviation.requirement && !deviation.requirement.empty()) {
    problems.add(node.place, fmt::format("the rule {} judges {}, not {}", rule->name,
                                         rule->requirement, deviation.requirement));
  }
}

/// One, or where `scenario` is a list, one for each of its items.
std::vector<Deviation> read_deviations(const Node& node, const Catalogue* catalogue,
                                       std::span<const KnownRule> rules, Problems& problems) {
  MapReader map(node, "a deviation", problems);
  Deviation deviation;
  deviation.place = node.place;
  const Node* const scenario = map.find("scenario");
  const Node* const rule = map.find("rule");
  const Node* const death = map.find("death");
  std::vector<const Node*> ids;
  if (scenario != nullptr) ids = read_texts(*scenario, "scenario", problems);
  deviation.rule = text_of(rule, "rule", problems);
  deviation.death = text_of(death, "death", problems);
  if (map.is_map() && scenario == nullptr && rule == nullptr && death == nullptr) {
    problems.add(node.place, "a deviation needs a scenario, a rule or both");
  }
  if (const Node* const row = map.find("row")) deviation.row = text_of(row, "row", problems);
  if (death != nullptr && (scenario != nullptr || rule != nullptr)) {
    problems.add(death->place, "a death needs no scenario and no rule");
  }
  deviation.requirement = required(map, "requirement", problems);
  deviation.section = required(map, "section", problems);
  deviation.reason = required(map, "reason", problems);
  map.finish();
  const Node* requirement = map.find("requirement");
  if (catalogue != nullptr && requirement != nullptr && requirement->is_scalar()) {
    check_requirement(deviation, *requirement, *catalogue, problems);
  }
  if (catalogue != nullptr && rule != nullptr && rule->is_scalar() && !rule->text.empty()) {
    check_rule(deviation, *rule, rules, problems);
  }
  if (scenario == nullptr) return {deviation};
  std::vector<Deviation> each;
  for (const Node* id : ids) {
    deviation.scenario = text_of(id, "scenario", problems);
    if (deviation.scenario.ends_with('/')) deviation.scenario.pop_back();
    deviation.place = scenario->is_scalar() ? node.place : id->place;
    each.push_back(deviation);
  }
  return each;
}

/// What a deviation is about, in a message.
std::string subject(const Deviation& deviation) {
  std::string_view about = deviation.scenario;
  if (!deviation.rule.empty()) about = deviation.rule;
  if (!deviation.death.empty()) about = deviation.death;
  return fmt::format("{} of {}", in_quotes(about), deviation.requirement);
}

/// The deviation of `list` that says what `deviation` says; its end where none does.
auto find_repeated(const std::vector<Deviation>& list, const Deviation& deviation) {
  return std::ranges::find_if(list, [&](const Deviation& d) { return deviation.repeats(d); });
}

/// `len=1` and `ip=4` of `[len=1,ip=4]`.
std::vector<std::string_view> parts_of(std::string_view suffix) {
  std::vector<std::string_view> parts;
  suffix = suffix.substr(1, suffix.find_last_of(']') - 1);
  while (!suffix.empty()) {
    const std::size_t comma = std::min(suffix.find(','), suffix.size());
    parts.push_back(suffix.substr(0, comma));
    suffix.remove_prefix(std::min(comma + 1, suffix.size()));
  }
  return parts;
}

}  // namespace

bool speaks_of(std::string_view wanted, std::string_view id) {
  if (wanted.empty()) return true;
  const std::string_view path = wanted.substr(0, wanted.find('['));
  if (!id.starts_with(path)) return false;
  const std::string_view behind = id.substr(path.size());
  if (path.size() == wanted.size()) {
    return behind.empty() || behind.front() == '/' || behind.front() == '[';
  }
  if (!behind.starts_with('[')) return false;
  const std::vector<std::string_view> has = parts_of(behind);
  return std::ranges::all_of(parts_of(wanted.substr(path.size())), [&](std::string_view part) {
    return std::ranges::find(has, part) != has.end();
  });
}

bool Deviation::covers_row(std::string_view options) const {
  const auto between_blanks = [](std::string_view words) { return fmt::format(" {} ", words); };
  return row.empty() || between_blanks(options).find(between_blanks(row)) != std::string::npos;
}

bool Deviation::repeats(const Deviation& other) const {
  const auto what = [](const Deviation& d) {
    return std::tie(d.scenario, d.rule, d.row, d.death, d.requirement);
  };
  return what(*this) == what(other);
}

base::Diagnostics ExpectedDeviations::repeated(const ExpectedDeviations& other) const {
  base::Diagnostics diagnostics;
  for (const Deviation& deviation : deviations) {
    const auto first = find_repeated(other.deviations, deviation);
    if (first == other.deviations.end()) continue;
    diagnostics.push_back(
        {.file = file,
         .place = deviation.place,
         .message = fmt::format("{} is listed in {}:{} already", subject(deviation), other.file,
                                first->place.line),
         .suggestion = {},
         .source_line = {}});
  }
  return diagnostics;
}

base::Diagnostics ExpectedDeviations::unmatched(std::span<const std::string> ids) const {
  base::Diagnostics diagnostics;
  const std::vector<std::string_view> names(ids.begin(), ids.end());
  for (const Deviation& deviation : deviations) {
    if (deviation.scenario.empty()) continue;
    if (std::any_of(ids.begin(), ids.end(),
                    [&](const std::string& id) { return deviation.covers(id); })) {
      continue;
    }
    diagnostics.push_back(
        {.file = file,
         .place = deviation.place,
         .message = fmt::format("no scenario matches {}", in_quotes(deviation.scenario)),
         .suggestion = base::nearest(deviation.scenario, names),
         .source_line = {}});
  }
  return diagnostics;
}

base::Result<ExpectedDeviations> load_expected(const std::filesystem::path& path,
                                               const Catalogue* catalogue,
                                               std::span<const KnownRule> rules) {
  const base::Result<SourcePtr> source = read_source(path);
  if (!source) return source.error();
  Problems problems(*source.value());
  ExpectedDeviations expected{.file = source.value()->file(), .deviations = {}};
  if (const std::optional<Node> root = parse_yaml(*source.value(), problems)) {
    if (root->kind != Node::Kind::Sequence) {
      problems.add(root->place,
                   fmt::format("a file of known deviations is a list, not {}", describe(*root)));
    }
    for (const Node& item : root->items) {
      const std::size_t before = problems.count();
      std::vector<Deviation> each = read_deviations(item, catalogue, rules, problems);
      const bool sound = problems.count() == before;
      for (Deviation& next : each) {
        const auto first = find_repeated(expected.deviations, next);
        if (sound && first != expected.deviations.end()) {
          problems.add(next.place, fmt::format("{} is listed in line {} already", subject(next),
                                               first->place.line));
        }
        expected.deviations.push_back(std::move(next));
      }
    }
  }
  if (!problems.none()) return problems.take();
  return expected;
}

}  // namespace tcprove::scenario
