#include "harness/report/deviation_text.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "harness/report/utf8.hpp"

namespace tcprove::report {
namespace {

/// Scenarios that are named for each deviation; of more only the number is told.
constexpr std::size_t kScenariosNamedMax = 5;

constexpr std::size_t kIndent = 9;

struct Shown {
  std::string_view scenario;
  std::size_t instances = 0;
};

/// What shows one deviation, in the order of the run.
struct Known {
  std::string_view sentence;
  std::vector<Shown> shown;
};

std::vector<Known> known_in(const RunResult& run) {
  std::vector<Known> all;
  std::map<std::string_view, std::size_t> places;
  for (const ScenarioResult& result : run.scenarios) {
    for (const std::string& sentence : result.excuses) {
      const auto [place, is_new] = places.try_emplace(sentence, all.size());
      if (is_new) all.push_back({.sentence = sentence, .shown = {}});
      std::vector<Shown>& shown = all[place->second].shown;
      const std::string_view scenario = scenario_of(result);
      if (shown.empty() || shown.back().scenario != scenario) shown.push_back({scenario, 0});
      ++shown.back().instances;
    }
  }
  return all;
}

std::string list_of(const std::vector<Shown>& shown) {
  std::vector<std::string> names;
  for (const auto& [scenario, instances] : shown) {
    if (names.size() == kScenariosNamedMax) {
      const std::size_t more = shown.size() - kScenariosNamedMax;
      names.push_back(fmt::format("{} more {}", more, more == 1 ? "scenario" : "scenarios"));
      break;
    }
    const std::string count = instances == 1 ? "" : fmt::format(" ({} instances)", instances);
    names.push_back(fmt::format("{}{}", scenario, count));
  }
  return fmt::format("in {}", fmt::join(names, ", "));
}

}  // namespace

void write_known_deviations(std::ostream& out, const RunResult& run, const TextStyle& style) {
  const std::size_t room = style.width > kIndent ? style.width - kIndent : 1;
  for (const Known& known : known_in(run)) {
    std::string_view label = "  known  ";
    for (const std::string& line : wrapped(printable(known.sentence, style.utf8), room)) {
      out << padded(label, kIndent) << line << '\n';
      label = {};
    }
    for (const std::string& line : wrapped(printable(list_of(known.shown), style.utf8), room)) {
      out << painted(std::string(kIndent, ' ') + line, Ink::Dim, style) << '\n';
    }
  }
}

std::string sentence_of(const StaleDeviation& stale) {
  return fmt::format("{}:{}: the rule {} ({}) finds nothing{} any more: take it off the list",
                     stale.file, stale.line, stale.rule, stale.requirement,
                     stale.scenario.empty() ? "" : " in " + stale.scenario);
}

void write_stale_deviations(std::ostream& out, const RunResult& run, const TextStyle& style) {
  const std::size_t room = style.width > kIndent ? style.width - kIndent : 1;
  for (const StaleDeviation& stale : run.stale) {
    std::string_view label = "  stale  ";
    for (const std::string& line : wrapped(printable(sentence_of(stale), style.utf8), room)) {
      out << painted(padded(label, kIndent), Ink::Red, style) << line << '\n';
      label = {};
    }
  }
}

}  // namespace tcprove::report
