#include "harness/base/output_file.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "harness/testing/golden.hpp"

namespace tcprove::base {
namespace {

namespace fs = std::filesystem;
using testing::read_octets;

class OutputFile : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "tcprove-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] std::ptrdiff_t files() const {
    return std::distance(fs::recursive_directory_iterator(folder_), {});
  }

  fs::path folder_;
};

void hello(std::ostream& out) { out << "hello\n"; }

TEST_F(OutputFile, MakesTheFoldersAboveIt) {
  EXPECT_EQ(write_file(folder_ / "a/b/report", hello), "");
  EXPECT_EQ(read_octets(folder_ / "a/b/report"), "hello\n");
  EXPECT_EQ(files(), 3);
}

TEST_F(OutputFile, ReplacesTheOldReport) {
  ASSERT_EQ(write_file(folder_ / "report", [](std::ostream& out) { out << "old and longer\n"; }),
            "");
  EXPECT_EQ(write_file(folder_ / "report", hello), "");
  EXPECT_EQ(read_octets(folder_ / "report"), "hello\n");
  EXPECT_EQ(files(), 1);
}

TEST_F(OutputFile, LeavesTheOldReportWhereTheNewOneFails) {
  ASSERT_EQ(write_file(folder_ / "report", hello), "");
  const std::string failure = write_file(folder_ / "report", [](std::ostream& out) {
    out << "half";
    out.setstate(std::ios::badbit);
  });
  EXPECT_NE(failure.find("cannot write " + (folder_ / "report").string()), std::string::npos)
      << failure;
  EXPECT_EQ(read_octets(folder_ / "report"), "hello\n");
  EXPECT_EQ(files(), 1);
}

TEST_F(OutputFile, ShowsTheOldReportUntilTheNewOneIsWhole) {
  ASSERT_EQ(write_file(folder_ / "report", hello), "");
  std::string meanwhile;
  EXPECT_EQ(write_file(folder_ / "report",
                       [&](std::ostream& out) {
                         out << "new" << std::flush;
                         meanwhile = read_octets(folder_ / "report");
                       }),
            "");
  EXPECT_EQ(meanwhile, "hello\n");
  EXPECT_EQ(read_octets(folder_ / "report"), "new");
}

TEST_F(OutputFile, SaysThatTheDiskIsFull) {
  EXPECT_EQ(write_file("/dev/full", hello), "cannot write /dev/full: No space left on device");
  EXPECT_TRUE(fs::is_character_file("/dev/full"));
}

TEST_F(OutputFile, WritesToADeviceAsItIs) {
  EXPECT_EQ(write_file("/dev/null", hello), "");
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST_F(OutputFile, SaysWhichFolderCannotBeMade) {
  ASSERT_EQ(write_file(folder_ / "file", hello), "");
  const std::string failure = write_file(folder_ / "file/below/report", hello);
  EXPECT_EQ(failure,
            "cannot make the folder " + (folder_ / "file/below").string() + ": Not a directory");
  EXPECT_EQ(read_octets(folder_ / "file"), "hello\n");
}

TEST_F(OutputFile, DoesNotReplaceAFolder) {
  fs::create_directories(folder_ / "report/inside");
  EXPECT_EQ(write_file(folder_ / "report", hello),
            "cannot write " + (folder_ / "report").string() + ": Is a directory");
  EXPECT_EQ(files(), 2);
}

TEST_F(OutputFile, WritesThroughALink) {
  ASSERT_EQ(write_file(folder_ / "file", [](std::ostream& out) { out << "old"; }), "");
  fs::create_symlink("file", folder_ / "link");
  EXPECT_EQ(write_file(folder_ / "link", hello), "");
  EXPECT_EQ(read_octets(folder_ / "file"), "hello\n");
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
}

TEST_F(OutputFile, RefusesAWantonlyLongName) {
  EXPECT_NE(write_file(folder_ / std::string(300, 'x'), hello).find("File name too long"),
            std::string::npos);
}

}  // namespace
}  // namespace tcprove::base
