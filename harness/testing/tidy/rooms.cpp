#include "harness/testing/tidy/rooms.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "harness/testing/tidy/code_text.hpp"

namespace tcprove::testing::tidy {
namespace {

struct Room {
  std::string_view name;
  std::vector<std::string_view> may_include;  ///< And all that these may include.
};

const std::vector<Room>& rooms() {
  static const std::vector<Room> kRooms{
      {"base", {}},
      {"wire", {"base"}},
      {"tcp", {"wire"}},  // The RFC's words that several rooms speak: states, calls, capabilities.
      {"trace", {"tcp"}},
      {"plan", {"tcp"}},
      {"adapter", {"tcp"}},
      {"scenario", {"plan"}},
      {"engine", {"plan", "trace", "adapter"}},
      {"monitor", {"trace"}},
      {"trial", {"engine", "monitor"}},
      {"profile", {"trace"}},
      {"smoke", {"scenario", "trial"}},
      {"report", {"trace", "monitor", "profile"}},
      {"campaign", {"scenario", "trial", "report"}},
      {"cli", {"campaign", "smoke"}},
  };
  return kRooms;
}

/// A third party's header that one place alone may see.
struct Guest {
  std::string_view header;  ///< How its name begins.
  std::string_view home;    ///< How the paths of those begin that may include it.
};

/// A stack's headers define names such as TCP_FIN and CLOSED for all who see them.
constexpr std::array<Guest, 4> kGuests{{
    {"lwip/", "harness/adapter/lwip/"},
    {"netif/", "harness/adapter/lwip/"},
    {"yaml-cpp/", "harness/scenario/"},
    {"CLI/", "harness/cli/"},
}};

constexpr std::array<std::string_view, 4> kTestLibraries{"gtest/", "gmock/", "rapidcheck",
                                                         "benchmark/"};

/// Beside the stacks' folders, what the operating system gives several of them.
constexpr std::string_view kNoStack = "kernel";

/// The part of `path` after `prefix` and up to the next slash; empty where there is none.
std::string_view folder_after(std::string_view prefix, std::string_view path) {
  if (!path.starts_with(prefix)) return {};
  const std::size_t slash = path.find('/', prefix.size());
  return slash == std::string_view::npos ? "" : path.substr(prefix.size(), slash - prefix.size());
}

bool may_include(std::string_view from, std::string_view to) {
  if (from == to) return true;
  const auto room = std::ranges::find(rooms(), from, &Room::name);
  if (room == rooms().end()) return false;
  return std::ranges::any_of(room->may_include,
                             [&](std::string_view next) { return may_include(next, to); });
}

/// What is wrong with `path` including a header of ours; empty where nothing is.
std::string fault_of_ours(std::string_view path, std::string_view header) {
  if (is_for_tests(path)) return {};
  if (is_for_tests(header)) return "what is for tests is included by tests alone";
  const std::string_view stack = folder_after("harness/adapter/", header);
  const bool may_know = stack == kNoStack || stack == folder_after("harness/adapter/", path) ||
                        path == "harness/adapter/registry.cpp";
  if (!stack.empty() && !may_know) {
    return fmt::format("the stack {} is known to its own folder and the registry alone", stack);
  }
  const std::string_view from = folder_after("harness/", path);
  const std::string_view to = folder_after("harness/", header);
  if (may_include(from, to)) return {};
  return fmt::format("the room {} may not include {}", from, to);
}

std::string fault_of_third_party(std::string_view path, std::string_view header) {
  const auto begins = [&](std::string_view prefix) { return header.starts_with(prefix); };
  if (std::ranges::any_of(kTestLibraries, begins) && !is_for_tests(path)) {
    return fmt::format("{} is for tests", header);
  }
  const auto guest = std::ranges::find_if(kGuests, begins, &Guest::header);
  if (guest == kGuests.end()) return {};
  const bool names_stack = guest->home.starts_with("harness/adapter/");
  if (path.starts_with(guest->home) && (!names_stack || path.ends_with(".cpp"))) return {};
  return fmt::format("{} belongs in {}{}", header, guest->home, names_stack ? "*.cpp" : "");
}

}  // namespace

bool is_for_tests(std::string_view path) {
  constexpr std::array<std::string_view, 4> kFolders{"harness/benchmark/", "harness/testing/",
                                                     "property/", "fuzz/"};
  return path.ends_with("_test.cpp") || path.ends_with("_fixture.hpp") ||
         path.ends_with("_fixture.cpp") ||
         std::ranges::any_of(kFolders, [&](auto folder) { return path.starts_with(folder); });
}

Findings check_includes(const File& file) {
  Findings findings;
  int number = 0;
  for (std::string_view line : lines_of(file.text)) {
    ++number;
    constexpr std::string_view kInclude = "#include ";
    if (!line.starts_with(kInclude)) continue;
    line.remove_prefix(kInclude.size() + 1);
    const std::string_view header = line.substr(0, line.find_first_of("\">"));
    std::string fault = header.starts_with("harness/") ? fault_of_ours(file.path, header)
                                                       : fault_of_third_party(file.path, header);
    if (!fault.empty()) findings.push_back({file.path, number, std::move(fault)});
  }
  return findings;
}

}  // namespace tcprove::testing::tidy
