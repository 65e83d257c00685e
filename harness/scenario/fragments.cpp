#include "harness/scenario/fragments.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "harness/base/spelling.hpp"
#include "harness/scenario/cursor.hpp"
#include "harness/scenario/map_reader.hpp"
#include "harness/scenario/source.hpp"
#include "harness/scenario/step_parser.hpp"

namespace tcprove::scenario {
namespace {

/// Appends the steps of the list under `passive` or `active`.
void append_steps(const Node& list, std::uint16_t file, std::vector<plan::Step>& steps,
                  Problems& problems) {
  if (list.kind != Node::Kind::Sequence) {
    return problems.add(list.place,
                        fmt::format("a list of steps is expected here, not {}", describe(list)));
  }
  if (steps.size() + list.items.size() > kStepsMax) {
    return problems.add(list.place, fmt::format("a scenario has at most {} steps", kStepsMax));
  }
  for (const Node& item : list.items) {
    const std::size_t before = problems.count();
    variables_in(item, {}, problems);
    if (problems.count() != before) continue;
    std::optional<plan::Step> step = parse_step(item, {}, problems);
    if (!step) continue;
    step->file = file;
    steps.push_back(*std::move(step));
  }
}

bool is_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return is_letter(c) || is_digit(c) || c == '-';
  });
}

}  // namespace

std::filesystem::path Fragments::path_of(const std::string& name) const {
  return root_ / "fragments" / (name + ".yaml");
}

std::vector<std::string> Fragments::names() const {
  std::vector<std::string> names;
  std::error_code error;
  std::filesystem::directory_iterator entry(root_ / "fragments", error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    if (entry->path().extension() == ".yaml") names.push_back(entry->path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

FragmentPtr Fragments::load(const std::string& name, base::Place place, Problems& problems) {
  Chain chain;
  return load_nested(name, place, problems, chain);
}

FragmentPtr Fragments::load_nested(const std::string& name, base::Place place, Problems& problems,
                                   Chain& chain) {
  if (std::find(chain.begin(), chain.end(), name) != chain.end()) {
    problems.add(place, fmt::format("{} leads back to itself", in_quotes(name)));
    return nullptr;
  }
  if (chain.size() >= kGivenNestingMax) {
    problems.add(place, fmt::format("given leads on at most {} times", kGivenNestingMax));
    return nullptr;
  }
  if (const auto found = loaded_.find(name); found != loaded_.end()) return found->second;
  std::error_code error;
  if (!is_name(name) || !std::filesystem::exists(path_of(name), error)) {
    const std::vector<std::string> known = names();
    problems.add(place, fmt::format("there is no fragment {}", in_quotes(name)),
                 base::nearest(name, std::vector<std::string_view>(known.begin(), known.end())));
    return nullptr;
  }
  chain.push_back(name);
  FragmentPtr fragment = read(name, chain);
  chain.pop_back();
  loaded_.insert({name, fragment});
  return fragment;
}

FragmentPtr Fragments::read(const std::string& name, Chain& chain) {
  const base::Result<SourcePtr> source = read_source(path_of(name));
  if (!source) {
    errors_ = joined(std::move(errors_), source.error());
    return nullptr;
  }
  Problems problems(*source.value());
  FragmentPtr fragment;
  if (const std::optional<Node> root = parse_yaml(*source.value(), problems)) {
    fragment = read_tree(*root, problems, chain);
  }
  if (problems.none()) return fragment;
  errors_ = joined(std::move(errors_), problems.take());
  return nullptr;
}

FragmentPtr Fragments::read_tree(const Node& root, Problems& problems, Chain& chain) {
  MapReader map(root, "a fragment", problems);
  const Node* given = map.find("given");
  const Node* passive = map.find("passive");
  const Node* active = map.find("active");
  map.finish();
  if (!map.is_map()) return nullptr;
  if (passive == nullptr && active == nullptr) {
    problems.add(root.place, "a fragment needs the key \"passive\", \"active\" or both");
  }
  Fragment fragment;
  if (given != nullptr && read_text(*given, "given", problems) != nullptr) {
    const FragmentPtr before = load_nested(given->text, given->place, problems, chain);
    if (before == nullptr) return nullptr;
    fragment = *before;
  }
  const auto file = static_cast<std::uint16_t>(fragment.files.size());
  if (file == kGivenNestingMax) {
    problems.add(given->place, fmt::format("given leads on at most {} times", kGivenNestingMax));
  }
  fragment.files.push_back(problems.source().file());
  const auto extend = [&](const Node* list, std::string_view role, Way& way) {
    if (list != nullptr && !way.exists) {
      problems.add(list->place, fmt::format("the fragment {} has no steps for the role {}",
                                            in_quotes(given->text), role));
    }
    way.exists = list != nullptr;
    if (list != nullptr) append_steps(*list, file, way.steps, problems);
  };
  extend(passive, "passive", fragment.passive);
  extend(active, "active", fragment.active);
  return std::make_shared<const Fragment>(std::move(fragment));
}

}  // namespace tcprove::scenario
