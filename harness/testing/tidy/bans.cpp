#include "harness/testing/tidy/bans.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/core.h>

#include "harness/testing/tidy/code_text.hpp"
#include "harness/testing/tidy/rooms.hpp"

namespace tcprove::testing::tidy {
namespace {

enum class Scope { Everywhere, OutsideTests, Headers };

/// Words that code does without, and why.
struct Ban {
  std::vector<std::string_view> words;
  std::string_view why;
  Scope scope = Scope::Everywhere;
  std::vector<std::string_view> except{};  ///< How the paths begin that may say them.

  [[nodiscard]] bool covers(std::string_view path) const {
    if (scope == Scope::OutsideTests && is_for_tests(path)) return false;
    if (scope == Scope::Headers && path.ends_with(".cpp")) return false;
    return std::ranges::none_of(except, [&](auto begin) { return path.starts_with(begin); });
  }
};

const std::vector<Ban>& bans() {
  static const std::vector<Ban> kBans{
      {.words = {"throw"}, .why = "errors are Results", .scope = Scope::OutsideTests},
      {.words = {"cout", "cerr", "clog", "printf(", "fprintf(", "puts(", "fputs(", "fmt::print("},
       .why = "only the command prints",
       .scope = Scope::OutsideTests,
       .except = {"harness/cli/", "harness/base/check.cpp",
                  "harness/adapter/process/ns-3/"}},  // A program of its own, by its licence.
      {.words = {"exit("}, .why = "only the command exits", .except = {"harness/cli/"}},
      {.words = {"sleep(", "usleep(", "nanosleep(", "sleep_for(", "sleep_until("},
       .why = "time is virtual"},
      {.words = {"rand(", "srand(", "random_device"},
       .why = "all chance comes from the run's seed",
       .except = {"harness/adapter/lwip/"}},  // lwIP calls rand(): the seam that seeds it is there.
      {.words = {"system_clock"}, .why = "a run does not depend on the date"},
      {.words = {"#ifndef"}, .why = "headers begin with #pragma once", .scope = Scope::Headers},
      {.words = {"using namespace"}, .why = "a header names no names", .scope = Scope::Headers},
  };
  return kBans;
}

/// In two pieces each, so that this file may say them.
constexpr std::array<std::string_view, 3> kLeftForLater{
    "TO"
    "DO",
    "FIX"
    "ME",
    "XX"
    "X"};
constexpr std::array<std::string_view, 3> kMachinePaths{
    "/ho"
    "me/",
    "/wo"
    "rk/",
    "/ro"
    "ot/"};

constexpr std::array<std::string_view, 7> kVagueNames{"util",    "utils",   "common",  "helper",
                                                      "helpers", "manager", "managers"};

constexpr std::array<std::string_view, 13> kRootNames{
    ".ci",        ".clusterfuzzlite", "CMakeLists.txt", "CMakePresets.json", "LICENSE",
    "README.md",  "corpus",           "fuzz",           "harness",           "property",
    "quickstart", "run-tests",        "specs"};

/// Whether one of the words that `name` is made of, by _ or -, says nothing.
bool is_vague(std::string_view name) {
  name = name.substr(0, name.find('.'));
  return std::ranges::any_of(kVagueNames, [&](std::string_view vague) {
    std::string words(name);
    std::ranges::replace(words, '_', '-');
    return has_word(words, vague);
  });
}

}  // namespace

Findings check_code(const File& file) {
  Findings findings;
  const std::string code = code_of(file.text);
  int number = 0;
  for (const std::string_view line : lines_of(code)) {
    ++number;
    for (const Ban& ban : bans()) {
      const auto says = [&](std::string_view word) { return has_word(line, word); };
      const auto word = std::ranges::find_if(ban.words, says);
      if (word == ban.words.end() || !ban.covers(file.path)) continue;
      findings.push_back({file.path, number, fmt::format("{}: {}", *word, ban.why)});
    }
  }
  const bool is_header = file.path.ends_with(".hpp") || file.path.ends_with(".h");
  if (is_header && !code.starts_with("#pragma once\n")) {
    findings.push_back({file.path, 1, "headers begin with #pragma once"});
  }
  return findings;
}

Findings check_text(const File& file) {
  Findings findings;
  int number = 0;
  for (const std::string_view line : lines_of(file.text)) {
    ++number;
    for (const std::string_view word : kLeftForLater) {
      if (has_word(line, word)) findings.push_back({file.path, number, "work left for later"});
    }
    for (const std::string_view path : kMachinePaths) {
      if (line.find(path) == std::string_view::npos) continue;
      findings.push_back({file.path, number, fmt::format("{} is a path of one machine", path)});
    }
  }
  return findings;
}

Findings check_name(std::string_view path) {
  const std::string_view top = path.substr(0, path.find('/'));
  const bool is_dotfile = top == path && top.starts_with('.');
  if (!is_dotfile && std::ranges::find(kRootNames, top) == kRootNames.end()) {
    return {{std::string(path), 0, fmt::format("{} has no place in the root", top)}};
  }
  if (is_vague(path.substr(path.rfind('/') + 1))) {
    return {{std::string(path), 0, "a name for anything is a name for nothing"}};
  }
  return {};
}

}  // namespace tcprove::testing::tidy
