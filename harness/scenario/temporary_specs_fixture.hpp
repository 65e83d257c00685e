#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

namespace tcprove::scenario {

/// A specs root of a test's own, gone with the object.
class TemporarySpecs {
 public:
  TemporarySpecs() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    root_ = std::filesystem::path(testing::TempDir()) /
            (std::string("tcprove-") + test->test_suite_name() + "-" + test->name());
    std::filesystem::remove_all(root_);
    std::filesystem::create_directories(root_ / "fragments");
  }
  ~TemporarySpecs() {
    std::error_code ignored;
    std::filesystem::remove_all(root_, ignored);
  }
  TemporarySpecs(const TemporarySpecs&) = delete;
  TemporarySpecs& operator=(const TemporarySpecs&) = delete;

  /// Writes a file below the root and answers where it is.
  std::filesystem::path write(const std::string& path, const std::string& text) const {
    const std::filesystem::path file = root_ / path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }

  [[nodiscard]] const std::filesystem::path& root() const { return root_; }

 private:
  std::filesystem::path root_;
};

}  // namespace tcprove::scenario
