#include "harness/testing/tidy/bans.hpp"

#include <gtest/gtest.h>

namespace tcprove::testing::tidy {
namespace {

int count_in(const std::string& path, const std::string& text) {
  return static_cast<int>(check_code({path, text}).size());
}

const std::string kOurs = "harness/engine/player.cpp";

TEST(Bans, FindEveryBannedWordInCode) {
  for (const char* code :
       {"throw 1;", "std::cout << 1;", "std::cerr << 1;", "printf(\"\");", "std::fprintf(f, \"\");",
        "fmt::print(\"\");", "std::exit(1);", "sleep(1);", "usleep(1);",
        "std::this_thread::sleep_for(d);", "std::rand();", "srand(1);", "std::random_device d;",
        "std::chrono::system_clock::now();"}) {
    EXPECT_EQ(count_in(kOurs, code), 1) << code;
  }
}

TEST(Bans, LeaveLongerNamesCommentsAndLiteralsAlone) {
  for (const char* code : {"rethrow();", "std::snprintf(b, 1, \"\");", "_exit(1);", "operand(1);",
                           "// never throw", "f(\"throw\");", "/* sleep(1) */"}) {
    EXPECT_EQ(count_in(kOurs, code), 0) << code;
  }
}

TEST(Bans, NameTheLineAndTheReason) {
  EXPECT_EQ(check_code({kOurs, "int a;\nthrow a;\n"}),
            (Findings{{kOurs, 2, "throw: errors are Results"}}));
}

TEST(Bans, KnowTheirExceptions) {
  EXPECT_EQ(count_in("harness/cli/main.cpp", "std::cout << 1; std::exit(2);"), 0);
  EXPECT_EQ(count_in("harness/cli/main.cpp", "throw 1;"), 1);
  EXPECT_EQ(count_in("harness/base/check.cpp", "std::fprintf(stderr, s);"), 0);
  EXPECT_EQ(count_in("harness/base/check_test.cpp", "throw 1;"), 0);
  EXPECT_EQ(count_in("harness/adapter/lwip/random.cpp", "int rand() { return 4; }"), 0);
  EXPECT_EQ(count_in("harness/base/check_test.cpp", "sleep(1);"), 1);
}

TEST(Bans, HoldHeadersToPragmaOnceAndToNoOpenNamespace) {
  EXPECT_EQ(count_in("harness/base/a.hpp", "#pragma once\nint a();\n"), 0);
  EXPECT_EQ(count_in("harness/base/a.hpp", "int a();\n"), 1);
  EXPECT_EQ(count_in("harness/base/a.hpp", "#ifndef A_HPP\n#define A_HPP\n#endif\n"), 2);
  EXPECT_EQ(count_in("harness/base/a.hpp", "#pragma once\nusing namespace std;\n"), 1);
  EXPECT_EQ(count_in("harness/base/a.cpp", "using namespace std::literals;\n"), 0);
}

TEST(Bans, FindWorkLeftForLaterAndMachinePathsInAnyText) {
  for (const char* text : {"# TO"
                           "DO: more",
                           "// FIX"
                           "ME",
                           "XX"
                           "X",
                           "/ho"
                           "me/me/tcprove",
                           "cd /wo"
                           "rk/main",
                           "/ro"
                           "ot/.cache"}) {
    EXPECT_EQ(check_text({"README.md", text}).size(), 1U) << text;
  }
  EXPECT_TRUE(check_text({"README.md", "AUTODOC homework/ network"}).empty());
}

TEST(Bans, FindNamesThatSayNothing) {
  for (const char* path : {"harness/base/utils.hpp", "harness/base/string_util.cpp",
                           "harness/engine/connection-manager.cpp", "harness/wire/common.hpp"}) {
    EXPECT_EQ(check_name(path).size(), 1U) << path;
  }
  EXPECT_TRUE(check_name("harness/wire/commonmark.hpp").empty());
}

TEST(Bans, FindStrangersInTheRoot) {
  EXPECT_EQ(check_name("notes.txt").size(), 1U);
  EXPECT_EQ(check_name("tools/run").size(), 1U);
  for (const char* path : {"README.md", ".clang-tidy", ".ci/run", "specs/README.md"}) {
    EXPECT_TRUE(check_name(path).empty()) << path;
  }
}

}  // namespace
}  // namespace tcprove::testing::tidy
