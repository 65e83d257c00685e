#include "harness/cli/capture_path.hpp"

#include <string>

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

}  // namespace
}  // namespace tcprove::cli
