#include "harness/scenario/bugs_file.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "harness/base/spelling.hpp"
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

std::string read_fault(const Node* node, std::span<const std::string_view> faults,
                       Problems& problems) {
  std::string fault = text_of(node, "fault", problems);
  if (!fault.empty() && !faults.empty() && std::ranges::find(faults, fault) == faults.end()) {
    problems.add(node->place, fmt::format("the reference stack has no fault {}", in_quotes(fault)),
                 base::nearest(fault, faults));
  }
  return fault;
}

Bug read_bug(const Node& node, std::span<const std::string_view> faults, Problems& problems) {
  MapReader map(node, "a bug", problems);
  Bug bug;
  bug.id = text_of(map.require("id"), "id", problems);
  bug.stack = text_of(map.require("stack"), "stack", problems);
  bug.reference = text_of(map.require("reference"), "reference", problems);
  bug.broke = text_of(map.require("broke"), "broke", problems);
  bug.fault = read_fault(map.find("fault"), faults, problems);
  const Node* const scenario = map.find("scenario");
  const Node* const not_playable = map.find("not-playable");
  if (scenario != nullptr) {
    for (const Node* id : read_texts(*scenario, "scenario", problems)) {
      bug.scenarios.emplace_back(text_of(id, "scenario", problems), id->place);
    }
  }
  bug.not_playable = text_of(not_playable, "not-playable", problems);
  if (map.is_map() && (scenario == nullptr) == (not_playable == nullptr)) {
    problems.add(node.place, "a bug needs either a scenario or a reason why it is not-playable");
  }
  map.finish();
  return bug;
}

}  // namespace

base::Diagnostics Bugs::unmatched(std::span<const std::string> ids) const {
  base::Diagnostics diagnostics;
  const std::vector<std::string_view> names(ids.begin(), ids.end());
  std::set<std::string_view> known(names.begin(), names.end());
  std::set<std::string_view> played;
  for (const Bug& bug : bugs) {
    for (const auto& [scenario, place] : bug.scenarios) {
      played.insert(scenario);
      if (known.contains(scenario)) continue;
      diagnostics.push_back({.file = file,
                             .place = place,
                             .message = fmt::format("there is no scenario {}", in_quotes(scenario)),
                             .suggestion = base::nearest(scenario, names)});
    }
  }
  for (const std::string_view id : known) {
    if (!id.starts_with("regressions/") || played.contains(id)) continue;
    diagnostics.push_back({.file = file, .message = fmt::format("no bug names {}", id)});
  }
  return diagnostics;
}

base::Result<Bugs> load_bugs(const std::filesystem::path& path,
                             std::span<const std::string_view> faults) {
  const base::Result<SourcePtr> source = read_source(path);
  if (!source) return source.error();
  Problems problems(*source.value());
  Bugs read{.file = source.value()->file(), .bugs = {}};
  if (const std::optional<Node> root = parse_yaml(*source.value(), problems)) {
    if (root->kind != Node::Kind::Sequence) {
      problems.add(root->place, fmt::format("a file of bugs is a list, not {}", describe(*root)));
    }
    std::set<std::string> ids;
    for (const Node& item : root->items) {
      Bug bug = read_bug(item, faults, problems);
      if (!bug.id.empty() && !ids.insert(bug.id).second) {
        problems.add(item.place, fmt::format("the bug {} is given twice", in_quotes(bug.id)));
      }
      read.bugs.push_back(std::move(bug));
    }
  }
  if (!problems.none()) return problems.take();
  return read;
}

}  // namespace tcprove::scenario
