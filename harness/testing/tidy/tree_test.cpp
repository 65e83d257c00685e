#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "harness/testing/tidy/bans.hpp"
#include "harness/testing/tidy/rooms.hpp"
#include "harness/testing/tidy/sizes.hpp"
#include "harness/testing/tidy/specs.hpp"

namespace tcprove::testing::tidy {
namespace {

namespace fs = std::filesystem;

/// What .gitignore ignores, and hidden folders that are not ours.
bool is_foreign(const fs::directory_entry& entry) {
  const std::string name = entry.path().filename();
  return name.starts_with("build") || name == "compile_commands.json" || name == ".git" ||
         (entry.is_directory() && name.starts_with('.') && name != ".ci" &&
          name != ".clusterfuzzlite");
}

File read(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return {path.lexically_relative(TCPROVE_SOURCE_DIR).generic_string(), text.str()};
}

/// The repository this program was built from.
std::vector<File> read_tree() {
  std::vector<File> files;
  for (const auto& top : fs::directory_iterator(TCPROVE_SOURCE_DIR)) {
    if (is_foreign(top)) continue;
    if (top.is_regular_file()) files.push_back(read(top.path()));
    if (!top.is_directory()) continue;
    for (const auto& entry : fs::recursive_directory_iterator(top.path())) {
      if (entry.is_regular_file()) files.push_back(read(entry.path()));
    }
  }
  return files;
}

class Tree : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { files_ = read_tree(); }

  /// All that `check` finds in the files that `is_meant` picks; there must be some such files.
  template <class IsMeant, class Check>
  static std::string findings(IsMeant is_meant, Check check) {
    Findings all;
    int meant = 0;
    for (const File& file : files_) {
      if (!is_meant(file.path)) continue;
      ++meant;
      const Findings some = check(file);
      all.insert(all.end(), some.begin(), some.end());
    }
    return meant == 0 ? "nothing to check" : to_string(all);
  }

  static bool is_cpp(std::string_view path) {
    return path.ends_with(".cpp") || path.ends_with(".hpp") || path.ends_with(".h");
  }

  static inline std::vector<File> files_;
};

TEST_F(Tree, IncludesInOneDirection) { EXPECT_EQ(findings(is_cpp, check_includes), ""); }

TEST_F(Tree, HoldsNoLongFileAndNoLongFunction) {
  const auto is_code = [](std::string_view path) {
    return is_cpp(path) || path.starts_with("harness/report/html/");
  };
  EXPECT_EQ(findings(is_code, check_sizes), "");
}

TEST_F(Tree, HoldsNoBannedWord) { EXPECT_EQ(findings(is_cpp, check_code), ""); }

TEST_F(Tree, LeavesNothingForLaterAndNamesNoMachine) {
  const auto is_text = [](std::string_view path) { return !path.starts_with("corpus/"); };
  EXPECT_EQ(findings(is_text, check_text), "");
}

TEST_F(Tree, HoldsEveryFileWhereItsNameBelongs) {
  const auto is_any = [](std::string_view) { return true; };
  EXPECT_EQ(findings(is_any, [](const File& file) { return check_name(file.path); }), "");
}

TEST_F(Tree, NamesRealRequirementsInEveryScenario) {
  std::set<std::string> ids;
  for (const File& file : files_) {
    if (file.path.starts_with("specs/catalogue/")) ids.merge(catalogue_ids(file));
  }
  const auto check = [&](const File& scenario) { return check_scenario(scenario, ids); };
  EXPECT_EQ(findings(is_scenario, check), "");
}

TEST_F(Tree, GivesAReasonForEveryKnownDeviation) {
  const auto is_expected = [](std::string_view path) {
    return path.starts_with("specs/expected/");
  };
  EXPECT_EQ(findings(is_expected, check_expected), "");
}

}  // namespace
}  // namespace tcprove::testing::tidy
