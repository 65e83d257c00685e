#include <map>
#include <regex>

#include "harness/cli/program/program_fixture.hpp"
#include "harness/testing/golden.hpp"

namespace tcprove::cli {
namespace {

namespace fs = std::filesystem;

/// Plays all of specs/ on the target that is its parameter.
class Determinism : public Program, public ::testing::WithParamInterface<const char*> {
 protected:
  /// All that a run leaves, but for the times that the wall's clock gave it.
  struct Left {
    std::string out;
    std::string json;
    std::map<std::string, std::string> files;  ///< Captures and the page.
  };

  [[nodiscard]] Left play(const std::string& name, const char* jobs) const {
    const Ran ran = run({"run", "--target", GetParam(), "--seed", "5", "--jobs", jobs, "--pcap",
                         name, "--html", name + "/page.html", "--json", name + ".json"});
    EXPECT_LE(ran.status, 1) << ran.error;
    Left left;
    left.out = std::regex_replace(ran.out, std::regex(" in [^ ]+ wall, "), " in a while, ");
    left.json = std::regex_replace(testing::read_octets(folder_ / (name + ".json")),
                                   std::regex("\"wall_us\": [0-9]+"), "\"wall_us\": 0");
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / name)) {
      if (!entry.is_regular_file()) continue;
      left.files[entry.path().lexically_relative(folder_ / name)] =
          testing::read_octets(entry.path());
    }
    return left;
  }
};

TEST_P(Determinism, HoldsForEveryScenarioHoweverManyPlay) {
  const Left first = play("first", "1");
  const Left other = play("other", "2");
  EXPECT_GE(first.files.size(), 60U);
  EXPECT_EQ(other.out, first.out);
  EXPECT_EQ(other.json, first.json);
  ASSERT_EQ(other.files.size(), first.files.size());
  for (const auto& [name, octets] : first.files) {
    const auto found = other.files.find(name);
    ASSERT_NE(found, other.files.end()) << name;
    EXPECT_TRUE(found->second == octets) << name << " is not the same twice";
  }
}

INSTANTIATE_TEST_SUITE_P(Targets, Determinism, ::testing::Values(TCPROVE_TARGETS),
                         [](const auto& target) { return std::string(target.param); });

}  // namespace
}  // namespace tcprove::cli
