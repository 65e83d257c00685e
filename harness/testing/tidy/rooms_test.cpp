#include "harness/testing/tidy/rooms.hpp"

#include <gtest/gtest.h>

namespace tcprove::testing::tidy {
namespace {

/// What is said against `path` including `header`; empty where nothing is.
std::string fault(const std::string& path, const std::string& header) {
  const Findings findings = check_includes({path, "#include " + header + "\n"});
  return findings.empty() ? "" : findings.front().message;
}

TEST(Rooms, MayIncludeWhatLiesBelowThemHoweverFar) {
  EXPECT_EQ(fault("harness/engine/a.cpp", "\"harness/plan/plan.hpp\""), "");
  EXPECT_EQ(fault("harness/engine/a.cpp", "\"harness/base/result.hpp\""), "");
  EXPECT_EQ(fault("harness/adapter/lwip/a.cpp", "\"harness/wire/segment.hpp\""), "");
  EXPECT_EQ(fault("harness/cli/main.cpp", "\"harness/monitor/violation.hpp\""), "");
}

TEST(Rooms, MayNotIncludeWhatLiesAboveOrBesideThem) {
  EXPECT_EQ(fault("harness/wire/a.cpp", "\"harness/trace/trace.hpp\""),
            "the room wire may not include trace");
  EXPECT_EQ(fault("harness/monitor/a.hpp", "\"harness/engine/engine.hpp\""),
            "the room monitor may not include engine");
  EXPECT_EQ(fault("harness/engine/a.hpp", "\"harness/monitor/violation.hpp\""),
            "the room engine may not include monitor");
  EXPECT_EQ(fault("harness/attic/a.hpp", "\"harness/base/result.hpp\""),
            "the room attic may not include base");
}

TEST(Rooms, LetTestsIncludeAnythingAndNobodyIncludeTests) {
  EXPECT_EQ(fault("harness/wire/a_test.cpp", "\"harness/engine/engine.hpp\""), "");
  EXPECT_EQ(fault("property/law.cpp", "<rapidcheck.h>"), "");
  EXPECT_EQ(fault("harness/wire/a.cpp", "\"harness/testing/fake.hpp\""),
            "what is for tests is included by tests alone");
  EXPECT_EQ(fault("harness/wire/a.cpp", "<gtest/gtest.h>"), "gtest/gtest.h is for tests");
}

TEST(Rooms, KeepAStackToItsOwnFolderAndTheRegistry) {
  const std::string header = "\"harness/adapter/lwip/lwip_adapter.hpp\"";
  EXPECT_EQ(fault("harness/adapter/lwip/a.cpp", header), "");
  EXPECT_EQ(fault("harness/adapter/lwip/a.cpp", "\"harness/adapter/kernel/a.hpp\""), "");
  EXPECT_EQ(fault("harness/adapter/registry.cpp", header), "");
  for (const char* path : {"harness/adapter/outbox.cpp", "harness/adapter/slirp/a.cpp",
                           "harness/cli/main.cpp", "harness/engine/a.cpp"}) {
    EXPECT_EQ(fault(path, header),
              "the stack lwip is known to its own folder and the registry alone")
        << path;
  }
}

TEST(Rooms, KeepThirdPartiesWhereTheyBelong) {
  EXPECT_EQ(fault("harness/adapter/lwip/a.cpp", "<lwip/tcp.h>"), "");
  EXPECT_EQ(fault("harness/adapter/lwip/a.hpp", "<lwip/tcp.h>"),
            "lwip/tcp.h belongs in harness/adapter/lwip/*.cpp");
  EXPECT_EQ(fault("harness/engine/a.cpp", "<lwip/tcp.h>"),
            "lwip/tcp.h belongs in harness/adapter/lwip/*.cpp");
  EXPECT_EQ(fault("harness/scenario/a.cpp", "<yaml-cpp/yaml.h>"), "");
  EXPECT_EQ(fault("harness/report/a.cpp", "<yaml-cpp/yaml.h>"),
            "yaml-cpp/yaml.h belongs in harness/scenario/");
}

}  // namespace
}  // namespace tcprove::testing::tidy
