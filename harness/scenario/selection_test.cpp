#include "harness/scenario/selection.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/scenario/temporary_specs_fixture.hpp"

namespace tcprove::scenario {
namespace {

constexpr const char* kScenario = "steps:\n  - expect: ACK\n";
using Ids = std::vector<std::string>;

class Selection : public testing::Test {
 protected:
  Selection() {
    specs_.write("textbook/handshake/opens.yaml", kScenario);
    specs_.write("textbook/handshake/opens-twice.yaml", kScenario);
    specs_.write("textbook/close.yaml", "ip: 4\n" + std::string(kScenario));
    specs_.write("rfc/reset.yaml", kScenario);
    specs_.write("rfc/notes.txt", "no scenario");
    specs_.write("fragments/CLOSED.yaml", "passive: []\n");
    specs_.write("expected/lwip.yaml", "[]\n");
    specs_.write("catalogue/rfc9293.yaml", "[]\n");
  }

  [[nodiscard]] base::Result<std::vector<Scenario>> load(const Ids& selections) const {
    return load_scenarios(selections, {.specs_root = specs_.root()});
  }

  [[nodiscard]] Ids ids(const Ids& selections) const {
    const auto scenarios = load(selections);
    if (!scenarios) {
      ADD_FAILURE() << base::to_string(scenarios.error());
      return {};
    }
    return instance_ids(scenarios.value());
  }

  [[nodiscard]] std::string path(const std::string& below) const {
    return (specs_.root() / below).string();
  }

  TemporarySpecs specs_;
};

TEST_F(Selection, OfNothingIsTheWholeRoot) {
  EXPECT_EQ(ids({}),
            (Ids{"rfc/reset[ip=4]", "rfc/reset[ip=6]", "textbook/close",
                 "textbook/handshake/opens[ip=4]", "textbook/handshake/opens[ip=6]",
                 "textbook/handshake/opens-twice[ip=4]", "textbook/handshake/opens-twice[ip=6]"}));
}

TEST_F(Selection, TakesAFile) {
  EXPECT_EQ(ids({path("textbook/close.yaml")}), Ids{"textbook/close"});
}

TEST_F(Selection, TakesAFolder) {
  EXPECT_EQ(ids({path("rfc")}), (Ids{"rfc/reset[ip=4]", "rfc/reset[ip=6]"}));
  EXPECT_EQ(ids({path("rfc/")}), (Ids{"rfc/reset[ip=4]", "rfc/reset[ip=6]"}));
}

TEST_F(Selection, TakesTheBeginningOfIds) {
  EXPECT_EQ(ids({"textbook/hand"}).size(), 4U);
  EXPECT_EQ(ids({path("textbook/hand")}).size(), 4U) << "with the root's path before it";
  EXPECT_EQ(ids({"textbook"}).size(), 5U);
}

TEST_F(Selection, PrefersAWholeIdToItsBeginning) {
  EXPECT_EQ(ids({"textbook/handshake/opens"}),
            (Ids{"textbook/handshake/opens[ip=4]", "textbook/handshake/opens[ip=6]"}));
}

TEST_F(Selection, TakesOneInstance) {
  EXPECT_EQ(ids({"rfc/reset[ip=6]"}), Ids{"rfc/reset[ip=6]"});
  EXPECT_EQ(ids({path("rfc/reset.yaml") + "[ip=6]"}), Ids{"rfc/reset[ip=6]"});
}

TEST_F(Selection, TakesOneInstanceOfAFileWithBracketsInItsPath) {
  const std::string folder = path("rfc[1]");
  std::filesystem::create_directories(folder);
  std::filesystem::copy_file(path("rfc/reset.yaml"), folder + "/reset[2].yaml");
  EXPECT_EQ(ids({folder + "/reset[2].yaml"}).size(), 2U);
  EXPECT_EQ(ids({folder + "/reset[2].yaml[ip=6]"}), Ids{"rfc[1]/reset[2][ip=6]"});
  std::filesystem::rename(folder + "/reset[2].yaml", folder + "/reset[2]");
  EXPECT_EQ(ids({folder + "/reset[2]"}).size(), 2U);
}

TEST_F(Selection, TakesEachInstanceOnceAndInOrder) {
  EXPECT_EQ(ids({"textbook/close", "rfc/reset[ip=6]", "rfc/reset[ip=4]", "rfc/reset[ip=6]"}),
            (Ids{"rfc/reset[ip=4]", "rfc/reset[ip=6]", "textbook/close"}));
  EXPECT_EQ(ids({"rfc/reset[ip=6]", "rfc"}).size(), 2U);
}

TEST_F(Selection, ThatMatchesNothingIsAMistakeWithSpellingHelp) {
  EXPECT_EQ(base::to_string(load({"textbok"}).error()),
            "textbok: error: no scenario matches this; did you mean \"textbook\"?\n");
  EXPECT_EQ(base::to_string(load({"rfc/rseet"}).error()),
            "rfc/rseet: error: no scenario matches this; did you mean \"rfc/reset\"?\n");
  EXPECT_EQ(base::to_string(load({"rfc/reset[ip=5]"}).error()),
            "rfc/reset[ip=5]: error: rfc/reset has no such instance; did you mean "
            "\"rfc/reset[ip=4]\"?\n");
}

TEST_F(Selection, OfAnEmptyFolderIsAMistake) {
  std::filesystem::create_directories(path("nothing"));
  EXPECT_FALSE(load({path("nothing")}).ok());
}

TEST_F(Selection, ReportsTheMistakesOfAllFiles) {
  specs_.write("bad/a.yaml", "steps: []\n");
  specs_.write("bad/b.yaml", "stpes: []\n");
  const auto scenarios = load({path("bad"), "textbok"});
  ASSERT_FALSE(scenarios.ok());
  EXPECT_EQ(scenarios.error().size(), 4U) << base::to_string(scenarios.error());
}

TEST_F(Selection, KeepsThePathAsAnIdBelowNoRoot) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "tcprove-no-root";
  std::filesystem::create_directories(folder);
  const auto file = folder / "alone.yaml";
  std::filesystem::copy_file(path("textbook/close.yaml"), file,
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_EQ(ids({file.string()}), Ids{(folder / "alone").string()});
  std::filesystem::remove_all(folder);
}

TEST_F(Selection, RefusesWhatIsNoPlainFile) {
  EXPECT_FALSE(load({"/dev/null"}).ok());
  std::filesystem::create_directories(path("folder.yaml"));
  EXPECT_FALSE(load_scenario(path("folder.yaml"), {.specs_root = {}}).ok());
  EXPECT_FALSE(load_scenario(path("absent.yaml"), {.specs_root = {}}).ok());
}

}  // namespace
}  // namespace tcprove::scenario
