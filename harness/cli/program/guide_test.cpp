#include <fmt/format.h>

#include "harness/cli/program/program_fixture.hpp"
#include "harness/testing/golden.hpp"

namespace tcprove::cli {
namespace {

/// What harness/adapter/README.md tells the author of a stack to do, done.
class Guide : public Program {
 protected:
  static constexpr std::string_view kAdapters = TCPROVE_SOURCE_DIR "/harness/adapter/";

  [[nodiscard]] static std::string read(std::string_view name) {
    return testing::read_octets(std::string(kAdapters) + std::string(name));
  }

  /// The first block of the guide in `language`.
  [[nodiscard]] static std::string block(std::string_view language) {
    const std::string guide = read("README.md");
    const std::string fence = fmt::format("```{}\n", language);
    const std::size_t begin = guide.find(fence) + fence.size();
    return guide.substr(begin, guide.find("```", begin) - begin);
  }

  /// Lines that are not blank.
  [[nodiscard]] static std::size_t lines(std::string_view text) {
    std::size_t n = 0;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      n += text.substr(at, end - at).find_first_not_of(' ') < end - at ? 1 : 0;
      at = end + 1;
    }
    return n;
  }
};

/// The toy TCP under the names that the guide gives to the functions of a stack.
constexpr std::string_view kMyStack = R"(
#include "toy_tcp.h"
#define my_stack toy
#define my_boot toy_boot
#define my_input toy_input
#define my_advance toy_advance
#define my_listen(stack, at) ((stack)->port = (at))
static int my_accept(struct toy *toy) {
  if (toy->accepted || toy->state < TOY_ESTABLISHED) return 0;
  return toy->accepted = 1;
}
)";

TEST_F(Guide, LeadsToAPluginOfWhichNothingIsBroken) {
  write("mystack.h", kMyStack);
  write("my_adapter.c", block("c"));
  Start compile = start({"-std=c99", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-I.",
                         fmt::format("-I{}plugin", kAdapters),
                         fmt::format("-I{}plugin/example", kAdapters), "-o", "mystack.so",
                         "my_adapter.c", fmt::format("{}plugin/example/toy_tcp.c", kAdapters)});
  compile.program = TCPROVE_C_COMPILER;
  const Ran compiled = finished(compile);
  ASSERT_EQ(compiled.status, 0) << compiled.error;
  const Ran ran = run({"smoke", "--target", "./mystack.so"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.error;
  EXPECT_EQ(count(ran.out, "\nworks      passive-open "), 1U) << ran.out;
  EXPECT_EQ(count(ran.out, " · 0 broken · "), 1U) << ran.out;
}

TEST_F(Guide, LeadsToAChildThatSaysWhatItIs) {
  write("my_adapter.py", block("python"));
  const Ran ran = run({"smoke", "--target", "exec:python3 my_adapter.py"});
  EXPECT_EQ(ran.status, 1) << ran.out << ran.error;
  EXPECT_EQ(count(ran.out, "\nworks      profile "), 1U) << ran.out;
  EXPECT_EQ(count(ran.out, "\nbroken     passive-open "), 1U) << ran.out;
}

TEST_F(Guide, CountsTheLinesThatItTakes) {
  const std::string guide = read("README.md");
  const std::string first =
      fmt::format("as above | {} | {} |", lines(block("c")), lines(block("python")));
  EXPECT_EQ(count(guide, first), 1U) << first;
  const std::string whole =
      fmt::format("tiny_adapter.py) | {} | {} |", lines(read("plugin/example/toy_adapter.c")),
                  lines(read("process/example/tiny_adapter.py")));
  EXPECT_EQ(count(guide, whole), 1U) << whole;
  const std::string example =
      fmt::format("adapter of {} lines around\n[a tiny TCP](example/tiny_tcp.py) of {},",
                  count(read("process/example/tiny_adapter.py"), "\n"),
                  count(read("process/example/tiny_tcp.py"), "\n"));
  EXPECT_EQ(count(read("process/README.md"), example), 1U) << example;
}

}  // namespace
}  // namespace tcprove::cli
