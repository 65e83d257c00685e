#include <cstdlib>
#include <iostream>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "harness/plan/plan_octets.hpp"
#include "harness/plan/shrink.hpp"
#include "property/arbitrary_plan.hpp"
#include "property/judged_play.hpp"

namespace tcprove::property {
namespace {

std::string variable(const char* name, const char* otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : value;
}

/// A complaint without its numbers.
std::string kind_of(const monitor::Violation& v) {
  std::string kind = v.rule + ": ";
  for (const char c : v.message) {
    if (c < '0' || c > '9') kind += c;
  }
  return kind;
}

/// Not a law but a search, to be run by hand: prints the shortest plan of each complaint.
///   TCPROVE_HUNT=100000 TCPROVE_HUNT_TARGET=lwip build/ordering_test --gtest_filter=Hunt.*
TEST(Hunt, PrintsOnePlanForEachKindOfComplaint) {
  const int plays = std::stoi(variable("TCPROVE_HUNT", "0"));
  if (plays == 0) GTEST_SKIP() << "TCPROVE_HUNT says how many plans to play";
  const std::string wanted = variable("TCPROVE_HUNT_TARGET", "reference");
  const std::uint64_t first = std::stoull(variable("TCPROVE_HUNT_SEED", "1"));
  for (const adapter::Target& target : adapter::targets()) {
    if (target.name != wanted) continue;
    JudgedPlay play(target);
    std::map<std::string, int> seen;
    for (std::uint64_t seed = first; seed < first + static_cast<std::uint64_t>(plays); ++seed) {
      const std::vector<std::uint8_t> octets = plan::plan_octets_of_seed(seed);
      std::vector<std::string> kinds;
      for (const monitor::Violation& v : play.judge(plan::plan_of(octets))) {
        kinds.push_back(kind_of(v));
      }
      for (const std::string& kind : kinds) {
        if (seen[kind]++ != 0) continue;
        const auto shrunk = plan::shrink(octets, [&](wire::Octets trial) {
          for (const monitor::Violation& v : play.judge(plan::plan_of(trial))) {
            if (kind_of(v) == kind) return true;
          }
          return false;
        });
        const plan::Plan plan = plan::plan_of(shrunk);
        play.judge(plan);
        std::cout << "==== seed " << seed << ' ' << kind << '\n' << play.story(plan) << std::endl;
      }
    }
    for (const auto& [kind, count] : seen) std::cout << count << " times " << kind << '\n';
  }
}

}  // namespace
}  // namespace tcprove::property
