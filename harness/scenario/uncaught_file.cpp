#include "harness/scenario/uncaught_file.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "harness/scenario/map_reader.hpp"
#include "harness/scenario/problems.hpp"
#include "harness/scenario/source.hpp"
#include "harness/scenario/yaml_reader.hpp"

namespace tcprove::scenario {
namespace {

std::string required(MapReader& map, std::string_view key, Problems& problems) {
  const Node* const node = map.require(key);
  if (node == nullptr || read_text(*node, key, problems) == nullptr) return {};
  if (node->text.empty()) problems.add(node->place, fmt::format("{} is empty", key));
  return node->text;
}

UncaughtFault read_fault(const Node& node, Problems& problems) {
  MapReader map(node, "an uncaught fault", problems);
  UncaughtFault uncaught;
  uncaught.target = required(map, "target", problems);
  uncaught.fault = required(map, "fault", problems);
  uncaught.reason = required(map, "reason", problems);
  map.finish();
  const Node* const fault = map.find("fault");
  uncaught.place = fault == nullptr ? node.place : fault->place;
  return uncaught;
}

}  // namespace

base::Result<UncaughtFaults> load_uncaught_faults(const std::filesystem::path& path) {
  const base::Result<SourcePtr> source = read_source(path);
  if (!source) return source.error();
  Problems problems(*source.value());
  UncaughtFaults uncaught{.file = source.value()->file(), .faults = {}};
  if (const std::optional<Node> root = parse_yaml(*source.value(), problems)) {
    if (root->kind != Node::Kind::Sequence) {
      problems.add(root->place,
                   fmt::format("a file of uncaught faults is a list, not {}", describe(*root)));
    }
    for (const Node& item : root->items) {
      UncaughtFault next = read_fault(item, problems);
      const bool again = std::ranges::any_of(uncaught.faults, [&](const UncaughtFault& known) {
        return known.target == next.target && known.fault == next.fault;
      });
      if (again) {
        problems.add(next.place, fmt::format("{} is listed twice for {}", next.fault, next.target));
      }
      uncaught.faults.push_back(std::move(next));
    }
  }
  if (!problems.none()) return problems.take();
  return uncaught;
}

}  // namespace tcprove::scenario
