#include "harness/testing/tidy/bodies.hpp"

#include <gtest/gtest.h>

namespace tcprove::testing::tidy {
namespace {

TEST(Bodies, AreThoseOfFunctionsOfEveryKind) {
  EXPECT_EQ(bodies_of("int f() {\n  if (a) {\n  }\n}\n"), (std::vector<Body>{{1, 4}}));
  EXPECT_EQ(bodies_of("namespace a {\nclass B : C {\n public:\n  B() : d_(1) {}\n};\n}\n"),
            (std::vector<Body>{{4, 1}}));
  EXPECT_EQ(bodies_of("template <class T>\nauto f(T t)\n    -> int {\n}\n"),
            (std::vector<Body>{{3, 2}}));
  EXPECT_EQ(bodies_of("struct tcp_pcb* f(struct tcp_pcb* p) {\n}\n"), (std::vector<Body>{{1, 2}}));
  EXPECT_EQ(bodies_of("#include <a>\n\nTEST(A, B) {\n}\nTEST(A, C) {\n}\n"),
            (std::vector<Body>{{3, 2}, {5, 2}}));
  EXPECT_EQ(bodies_of("extern      {\nvoid f() {\n}\n}\n"), (std::vector<Body>{{2, 2}}));
}

TEST(Bodies, AreNotThoseOfTypesAndTables) {
  EXPECT_TRUE(
      bodies_of("enum class A : int { B = 1,\n C };\nstruct D {\n int e{1};\n};\n").empty());
  EXPECT_TRUE(bodies_of("const T kT{\n  {1, f(2)},\n};\nauto x = g({\n  1,\n});\n").empty());
  EXPECT_TRUE(bodies_of("constexpr std::array<int, 2> kA = {\n  1, 2};\n").empty());
}

}  // namespace
}  // namespace tcprove::testing::tidy
