#include "harness/cli/capture_path.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace tcprove::cli {
namespace {

TEST(CapturePath, MirrorsTheIdBelowTheFolder) {
  EXPECT_EQ(capture_path("out", "textbook/close/x[ip=4]"), "out/textbook/close/x[ip=4].pcapng");
}

TEST(CapturePath, KeepsWhatOnlyLooksLikeAnExtension) {
  EXPECT_EQ(capture_path("out", "rfc9293/3.10.7.4-x[len=1]"),
            "out/rfc9293/3.10.7.4-x[len=1].pcapng");
}

TEST(CapturePath, NeverLeavesTheFolder) {
  for (const std::string id : {"/etc/passwd", "//etc/passwd", "../x", "../../x", "a/../../../x",
                               "..", "a/..", "/../x", "./../x"}) {
    const std::string path = capture_path("out", id).lexically_normal();
    EXPECT_TRUE(path.starts_with("out/")) << id << " gave " << path;
  }
}

TEST(CapturePath, KeepsDotsThatDoNotClimb) {
  EXPECT_EQ(capture_path("out", "a..b/..c"), "out/a..b/..c.pcapng");
}

TEST(CaptureAddress, LeadsFromThePageToTheFolder) {
  EXPECT_EQ(address_from("out/report.html", "out/pcap"), "pcap/");
  EXPECT_EQ(address_from("report.html", "."), "./");
  EXPECT_EQ(address_from("a/b/report.html", "c#d e"), "../../c%23d%20e/");
}

TEST(CaptureFolder, IsTheFolderItselfForOneTarget) {
  EXPECT_EQ(capture_folder("out", std::vector<std::string>{"../x"}, 0), "out");
}

TEST(CaptureFolder, IsAnotherBelowForEachOfSeveralTargets) {
  const std::vector<std::string> targets{"lwip",       "..",   "exec:./a b",
                                         "exec_._a b", "/etc", std::string(1000, 'x')};
  EXPECT_EQ(capture_folder("out", targets, 0), "out/lwip");
  EXPECT_EQ(capture_folder("out", targets, 1), "out/__");
  EXPECT_EQ(capture_folder("out", targets, 2), "out/exec_._a b");
  EXPECT_EQ(capture_folder("out", targets, 3), "out/exec_._a b_2");
  EXPECT_EQ(capture_folder("out", targets, 4), "out/_etc");
  EXPECT_EQ(capture_folder("out", targets, 5).filename().string().size(), 100U);
}

}  // namespace
}  // namespace tcprove::cli
