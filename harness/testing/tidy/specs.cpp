#include "harness/testing/tidy/specs.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "harness/testing/tidy/code_text.hpp"

namespace tcprove::testing::tidy {
namespace {

/// The value of `key` on a line such as `- key: value  # why`, without quotes; empty where the line
/// holds no such key. The scenario room reads YAML in full; here these lines are enough.
std::string_view value_of(std::string_view line, std::string_view key) {
  line.remove_prefix(std::min(line.find_first_not_of(" -"), line.size()));
  if (!line.starts_with(key) || !line.substr(key.size()).starts_with(": ")) return {};
  line.remove_prefix(key.size() + 2);
  line = line.substr(0, line.find(" #"));
  const std::size_t begin = line.find_first_not_of(" '\"");
  const std::size_t end = line.find_last_not_of(" '\"");
  return begin == std::string_view::npos ? "" : line.substr(begin, end + 1 - begin);
}

/// The ids in the lines of `covers`, whether `[A, B]`, over several lines, or `- A` under it.
std::vector<std::string> covered_on(std::string_view line) {
  std::vector<std::string> ids;
  std::string words(line.substr(0, line.find('#')));
  if (words.starts_with("covers:")) words.erase(0, std::string_view("covers:").size());
  std::ranges::replace_if(
      words, [](char c) { return std::string_view("[],'\"").find(c) != std::string_view::npos; },
      ' ');
  for (std::size_t begin = words.find_first_not_of(' '); begin != std::string::npos;) {
    const std::size_t end = std::min(words.find(' ', begin), words.size());
    std::string word = words.substr(begin, end - begin);
    if (word != "-") ids.push_back(std::move(word));
    begin = words.find_first_not_of(' ', end);
  }
  return ids;
}

}  // namespace

std::set<std::string> catalogue_ids(const File& catalogue) {
  std::set<std::string> ids;
  for (const std::string_view line : lines_of(catalogue.text)) {
    if (line.starts_with("- id: ")) ids.emplace(value_of(line, "id"));
  }
  return ids;
}

bool is_scenario(std::string_view path) {
  constexpr std::array<std::string_view, 4> kOther{"specs/catalogue/", "specs/expected/",
                                                   "specs/fragments/", "specs/state-event/"};
  return path.starts_with("specs/") && path.ends_with(".yaml") &&
         std::ranges::none_of(kOther, [&](auto folder) { return path.starts_with(folder); });
}

Findings check_scenario(const File& scenario, const std::set<std::string>& ids) {
  Findings findings;
  if (!scenario.text.starts_with("# ")) {
    findings.push_back({scenario.path, 1, "a scenario begins with its claim, in a comment"});
  }
  bool in_covers = false;
  int number = 0;
  for (const std::string_view line : lines_of(scenario.text)) {
    ++number;
    const bool goes_on = line.starts_with(' ') || line.starts_with('-') || line.starts_with(']');
    in_covers = line.starts_with("covers:") || (in_covers && goes_on);
    if (!in_covers) continue;
    for (const std::string& id : covered_on(line)) {
      if (ids.contains(id)) continue;
      findings.push_back({scenario.path, number, fmt::format("{} is not in the catalogue", id)});
    }
  }
  return findings;
}

Findings check_expected(const File& expected) {
  constexpr std::array<std::string_view, 2> kKeys{"reason", "section"};
  // Their entries are of the suite and not of a stack.
  if (expected.path == "specs/expected/uncaught-faults.yaml") return {};
  if (expected.path == "specs/expected/unproven.yaml") return {};
  Findings findings;
  const std::vector<std::string_view> lines = lines_of(expected.text);
  // An entry begins in the first column and goes on as long as the lines are indented.
  const auto begins_entry = [](std::string_view line) {
    return !line.empty() && line.front() != ' ' && line.front() != '#';
  };
  auto entry = std::ranges::find_if(lines, begins_entry);
  while (entry != lines.end()) {
    const auto next = std::find_if(entry + 1, lines.end(), begins_entry);
    for (const std::string_view key : kKeys) {
      const auto gives = [&](std::string_view line) { return !value_of(line, key).empty(); };
      if (std::any_of(entry, next, gives)) continue;
      findings.push_back({expected.path, static_cast<int>(entry - lines.begin()) + 1,
                          fmt::format("a known deviation needs a {}", key)});
    }
    entry = next;
  }
  return findings;
}

}  // namespace tcprove::testing::tidy
