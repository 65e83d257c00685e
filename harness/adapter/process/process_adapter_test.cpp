#include "harness/adapter/process/process_adapter.hpp"

#include <cerrno>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

namespace tcprove::adapter::process {
namespace {

/// A shell script that introduces itself, is reset, and then does what a test says: its first two
/// answers are good.
std::string script(std::string_view then) {
  return fmt::format(
      "sh -c 'read line; echo \"{{\\\"jsonrpc\\\":\\\"2.0\\\",\\\"id\\\":1,\\\"result\\\":{{"
      "\\\"protocol\\\":1,\\\"name\\\":\\\"s\\\",\\\"capabilities\\\":[\\\"ipv4\\\","
      "\\\"virtual-time\\\"]}}}}\"; read line; echo "
      "\"{{\\\"jsonrpc\\\":\\\"2.0\\\",\\\"id\\\":2,\\\"result\\\":{{}}}}\"; read line; {}'",
      then);
}

const ResetOptions kLink{.stack = *wire::parse_address("192.0.2.1"),
                         .peer = *wire::parse_address("192.0.2.2")};

/// What is told of a child that does this when it is asked to advance.
std::string told_of(std::string_view then) {
  auto adapter = start_process(script(then));
  EXPECT_TRUE(adapter) << adapter.error().message;
  if (!adapter) return {};
  const auto refused = adapter.value()->reset(kLink);
  EXPECT_FALSE(refused) << refused->message;
  EXPECT_EQ(adapter.value()->failure(), nullptr);
  adapter.value()->advance(std::chrono::seconds(1));
  const AdapterError* const failure = adapter.value()->failure();
  std::string told = failure == nullptr ? "" : failure->message;
  // What is asked of it now is not answered, and the next play has a new one.
  EXPECT_EQ(adapter.value()->call({.kind = tcp::CallKind::Listen}).status,
            tcp::CallStatus::Unsupported);
  if (!told.empty()) {
    EXPECT_FALSE(adapter.value()->reset(kLink)) << "the child is started anew";
    EXPECT_EQ(adapter.value()->failure(), nullptr);
  }
  return told;
}

void expect_no_child_left() {
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

TEST(Process, ThatDiesIsToldWithWhatItPrinted) {
  EXPECT_EQ(told_of("echo first >&2; echo second >&2; exit 3"),
            "advance: the child ended with status 3; it printed: first second");
  EXPECT_EQ(told_of("kill -SEGV $$"), "advance: the child crashed: Segmentation fault");
  const std::string long_tale = told_of("seq 1000 >&2; exit 0");
  EXPECT_TRUE(long_tale.ends_with(" 998 999 1000")) << long_tale;
  EXPECT_LT(long_tale.size(), 700U);
  expect_no_child_left();
}

TEST(Process, ThatBabblesIsStopped) {
  EXPECT_EQ(told_of("echo hello; cat >/dev/null"),
            "advance: the child's answer is no JSON-RPC 2.0: hello");
  EXPECT_TRUE(told_of("echo \"{\\\"jsonrpc\\\":\\\"2.0\\\",\\\"id\\\":9,\\\"result\\\":{}}\"; cat "
                      ">/dev/null")
                  .starts_with("advance: the child answered out of turn: request 3 and not 9: "));
  EXPECT_TRUE(told_of("tr \"\\\\0\" x </dev/zero").find(" octets without a newline") !=
              std::string::npos);
  expect_no_child_left();
}

TEST(Process, ThatSpeaksWithoutBeingAskedIsStopped) {
  // Both lines by one write, so that the second is there when the first is read.
  auto adapter = start_process(
      script("printf \"%s\\nand another thing\\n\" "
             "\"{\\\"jsonrpc\\\":\\\"2.0\\\",\\\"id\\\":3,\\\"result\\\":{}}\"; cat >/dev/null"));
  ASSERT_TRUE(adapter) << adapter.error().message;
  ASSERT_FALSE(adapter.value()->reset(kLink));
  adapter.value()->advance(std::chrono::seconds(1));
  while (adapter.value()->failure() == nullptr) adapter.value()->advance(std::chrono::seconds(1));
  EXPECT_EQ(adapter.value()->failure()->message,
            "advance: the child spoke without being asked: and another thing");
}

TEST(Process, ThatHangsIsStopped) {
  EXPECT_EQ(told_of("echo I think >&2; cat >/dev/null"),
            "advance: the child hung: no answer after 5000 ms; it printed: I think");
  expect_no_child_left();
}

TEST(Process, ThatEmitsFromTheFutureIsStopped) {
  EXPECT_EQ(
      told_of("echo \"{\\\"jsonrpc\\\":\\\"2.0\\\",\\\"id\\\":3,\\\"result\\\":{\\\"emitted\\\":[{"
              "\\\"at_ns\\\":1000000001,\\\"packet\\\":\\\"45\\\"}]}}\"; cat >/dev/null"),
      "the child emitted at 1000000001 ns: the clock has gone from 0 to 1000000000 ns");
}

TEST(Process, ThatCannotBeStartedIsToldWithItsCommand) {
  const auto none = start_process("no-such-program-anywhere");
  ASSERT_FALSE(none);
  EXPECT_TRUE(none.error().message.starts_with(
      "exec:no-such-program-anywhere: hello: the child ended with status 127; it printed: "))
      << none.error().message;
  const auto mute = start_process("true");
  ASSERT_FALSE(mute);
  EXPECT_EQ(mute.error().message, "exec:true: hello: the child ended with status 0");
}

}  // namespace
}  // namespace tcprove::adapter::process
