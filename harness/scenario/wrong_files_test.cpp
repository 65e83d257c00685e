#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/scenario/catalogue.hpp"
#include "harness/scenario/loader.hpp"

namespace tcprove::scenario {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = TCPROVE_SOURCE_DIR;

std::string contents(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// What the author of the wrong file is told, with paths as seen from the project's root.
std::string diagnostics_of(const fs::path& file) {
  static const base::Result<Catalogue> catalogue = load_catalogue(kRoot / "specs/catalogue");
  const LoadOptions options{.specs_root = {}, .catalogue = &catalogue.value()};
  const base::Result<Scenario> scenario = load_scenario(file, options);
  std::string text = scenario ? "no mistake was found\n" : base::to_string(scenario.error());
  const std::string root = kRoot.string() + "/";
  for (std::size_t at = text.find(root); at != std::string::npos; at = text.find(root, at)) {
    text.erase(at, root.size());
  }
  return text;
}

/// Every file in wrong/ has, beside it, the exact text of its diagnostics.
class WrongFile : public testing::TestWithParam<fs::path> {};

TEST_P(WrongFile, GetsTheApprovedDiagnostics) {
  const std::string actual = diagnostics_of(GetParam());
  ASSERT_NE(actual, "no mistake was found\n");
  const fs::path approved = fs::path(GetParam()).replace_extension(".txt");
  if (std::getenv("UPDATE_GOLDEN") != nullptr) {
    std::ofstream(approved, std::ios::binary) << actual;
  }
  EXPECT_EQ(contents(approved), actual) << "UPDATE_GOLDEN=1 writes " << approved;
}

std::vector<fs::path> wrong_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(kRoot / "harness/scenario/wrong")) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// `unknown-key.yaml` becomes `unknown_key`, as GoogleTest wants its names.
std::string name_of(const testing::TestParamInfo<fs::path>& info) {
  std::string name = info.param.stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Scenario, WrongFile, testing::ValuesIn(wrong_files()), name_of);

}  // namespace
}  // namespace tcprove::scenario
