#include "harness/scenario/unproven_file.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "harness/base/spelling.hpp"
#include "harness/scenario/catalogue.hpp"
#include "harness/scenario/expected_file.hpp"
#include "harness/scenario/map_reader.hpp"
#include "harness/scenario/problems.hpp"
#include "harness/scenario/source.hpp"
#include "harness/scenario/yaml_reader.hpp"

namespace tcprove::scenario {
namespace {

/// By Unproven::Kind.
constexpr std::array<std::string_view, 2> kPasses{"faults", "silence"};

const Node* required(MapReader& map, std::string_view key, Problems& problems) {
  const Node* const node = map.require(key);
  if (node == nullptr || read_text(*node, key, problems) == nullptr) return nullptr;
  if (node->text.empty()) problems.add(node->place, fmt::format("{} is empty", key));
  return node;
}

Unproven read_entry(const Node& node, const Catalogue& catalogue, Problems& problems) {
  MapReader map(node, "what is not proven", problems);
  Unproven entry;
  entry.place = node.place;
  const bool requirement = map.find("requirement") != nullptr;
  const Node* const name = required(map, requirement ? "requirement" : "scenario", problems);
  if (name != nullptr) {
    entry.name = name->text;
    entry.place = name->place;
  }
  if (requirement) {
    entry.kind = Unproven::Kind::Requirement;
    if (name != nullptr && catalogue.find(name->text) == nullptr) {
      problems.add(name->place, fmt::format("no requirement {}", in_quotes(name->text)),
                   catalogue.nearest(name->text));
    }
  } else if (const Node* const passes = map.require("passes")) {
    const auto word = read_word(*passes, "passes", kPasses, problems);
    entry.kind = static_cast<Unproven::Kind>(word.value_or(0));
  }
  if (const Node* const reason = required(map, "reason", problems)) entry.reason = reason->text;
  map.finish();
  return entry;
}

}  // namespace

base::Diagnostics UnprovenList::unmatched(std::span<const std::string> ids) const {
  base::Diagnostics diagnostics;
  const std::vector<std::string_view> names(ids.begin(), ids.end());
  for (const Unproven& entry : entries) {
    if (entry.kind == Unproven::Kind::Requirement) continue;
    const bool known = std::any_of(
        ids.begin(), ids.end(), [&](const std::string& id) { return speaks_of(entry.name, id); });
    if (known) continue;
    diagnostics.push_back({.file = file,
                           .place = entry.place,
                           .message = fmt::format("no scenario matches {}", in_quotes(entry.name)),
                           .suggestion = base::nearest(entry.name, names),
                           .source_line = {}});
  }
  return diagnostics;
}

base::Result<UnprovenList> load_unproven(const std::filesystem::path& path,
                                         const Catalogue& catalogue) {
  const base::Result<SourcePtr> source = read_source(path);
  if (!source) return source.error();
  Problems problems(*source.value());
  UnprovenList list{.file = source.value()->file(), .entries = {}};
  if (const std::optional<Node> root = parse_yaml(*source.value(), problems)) {
    if (root->kind != Node::Kind::Sequence) {
      problems.add(root->place,
                   fmt::format("a file of what is not proven is a list, not {}", describe(*root)));
    }
    for (const Node& item : root->items) {
      Unproven next = read_entry(item, catalogue, problems);
      const bool again = std::ranges::any_of(list.entries, [&](const Unproven& known) {
        return known.kind == next.kind && known.name == next.name;
      });
      if (again) problems.add(next.place, fmt::format("{} is listed twice", in_quotes(next.name)));
      list.entries.push_back(std::move(next));
    }
  }
  if (!problems.none()) return problems.take();
  return list;
}

}  // namespace tcprove::scenario
