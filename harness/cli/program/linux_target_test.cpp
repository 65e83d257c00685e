#include <chrono>
#include <csignal>
#include <map>
#include <set>

#include <fmt/format.h>
#include <net/if.h>
#include <unistd.h>

#include "harness/cli/program/program_fixture.hpp"

namespace tcprove::cli {
namespace {

namespace fs = std::filesystem;

/// The running kernel, where it lets us make a namespace.
class RunningKernel : public Program {
 protected:
  /// Starts tcprove by `unshare` with a mount namespace too, with `script` before it.
  [[nodiscard]] static Ran under(const Start& start, const std::string& script) {
    Start shell = start;
    shell.program = "/usr/bin/unshare";
    const std::vector<std::string> before{"--map-root-user", "--mount", "sh",           "-c",
                                          script + "\"$@\"", "sh",      TCPROVE_PROGRAM};
    shell.arguments.insert(shell.arguments.begin(), before.begin(), before.end());
    return finished(shell);
  }

  [[nodiscard]] Start one_scenario() const {
    return start(
        {"run", "textbook/segments/unknown-option-on-a-syn-is-skipped", "--target", "linux"});
  }

  void SetUp() override {
    Program::SetUp();
    const Ran ran = finished(one_scenario());
    if (ran.error.starts_with("--target: error: linux: no ")) {
      EXPECT_EQ(ran.status, 3);
      GTEST_SKIP() << ran.error;
    }
    EXPECT_EQ(ran.status, 0) << ran.out << ran.error;
  }
};

TEST_F(RunningKernel, IsJudgedAsAnyStack) {
  const Ran ran =
      run({"run", "textbook/segments", "textbook/window", "textbook/reset", "--target", "linux"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.error;
  EXPECT_NE(ran.out.find(" passed · "), std::string::npos) << ran.out;
}

TEST_F(RunningKernel, IsJudgedForWhoIsRootInAUserNamespaceAlone) {
  if (under(one_scenario(), "true || ").status != 0) GTEST_SKIP() << "no user namespaces here";
  const Ran ran = under(one_scenario(), "");
  EXPECT_EQ(ran.status, 0) << ran.out << ran.error;
}

/// Root plays as somebody with no rights at all; elsewhere all the other tests are that.
TEST_F(RunningKernel, IsJudgedForNobody) {
  if (geteuid() != 0) GTEST_SKIP() << "all tests here are for somebody without rights";
  Start nobody = one_scenario();
  nobody.program = "/usr/bin/setpriv";
  const std::vector<std::string> before{"--reuid=65534", "--regid=65534", "--clear-groups",
                                        TCPROVE_PROGRAM};
  nobody.arguments.insert(nobody.arguments.begin(), before.begin(), before.end());
  const Ran ran = finished(nobody);
  // 126 and 127: the program lies where nobody may go.
  if (ran.status > 125) GTEST_SKIP() << ran.error;
  if (ran.error.find("no private network namespace: ") != std::string::npos) {
    EXPECT_EQ(ran.status, 3);
    GTEST_SKIP() << ran.error;
  }
  EXPECT_EQ(ran.status, 0) << ran.out << ran.error;
}

/// Once, and not for each of thousands of scenarios.
TEST_F(RunningKernel, SaysWhatItTakesWhereItCannotBeHad) {
  if (under(one_scenario(), "true || ").status != 0) GTEST_SKIP() << "no user namespaces here";
  const std::map<std::string, std::string> told{
      {"echo 0 >/proc/sys/user/max_net_namespaces\necho 0 >/proc/sys/user/max_user_namespaces\n",
       "no private network namespace: no more may be made (/proc/sys/user); it takes root, or a "
       "system that allows unprivileged user namespaces"},
      {"mount -t tmpfs none /dev/net\n",
       "no TUN device: /dev/net/tun: No such file or directory; it takes the kernel's driver "
       "(modprobe tun), and leave to open this"},
      {"mount -t tmpfs none /dev/net\nmkdir /dev/net/tun\n",
       "no TUN device: /dev/net/tun: Is a directory; it takes the kernel's driver (modprobe tun), "
       "and leave to open this"},
  };
  for (const auto& [script, text] : told) {
    const Ran ran = under(one_scenario(), script);
    EXPECT_EQ(ran.status, 3) << ran.out;
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(ran.error, "--target: error: linux: " + text + "\n");
    Start smoke = one_scenario();
    smoke.arguments = {"smoke", "--target", "linux"};
    EXPECT_EQ(under(smoke, script).status, 3);
  }
}

/// The network namespaces of the processes whose parent is `parent`; of all where it is 0.
std::set<fs::path> namespaces(pid_t parent) {
  std::set<fs::path> links;
  std::error_code error;
  for (const auto& process : fs::directory_iterator("/proc")) {
    std::ifstream stat(process.path() / "stat");
    std::string words;
    std::getline(stat, words);
    // The name, in parentheses, may hold anything; behind it are the state and the parent.
    const std::string_view behind = std::string_view(words).substr(words.rfind(')') + 1);
    // One that ended meanwhile has none.
    const std::string ours = fmt::format(" {} ", parent);
    if (parent != 0 && (behind.size() < 3 || !behind.substr(2).starts_with(ours))) continue;
    const fs::path link = fs::read_symlink(process.path() / "ns/net", error);
    if (!error) links.insert(link);
  }
  return links;
}

/// Those that a run's plays have entered, once there are `least`; a slow machine may take its time.
std::set<fs::path> entered_by(const Process& process, std::size_t least) {
  const auto begin = std::chrono::steady_clock::now();
  std::set<fs::path> entered;
  while (entered.size() < least &&
         std::chrono::steady_clock::now() - begin < std::chrono::minutes(1)) {
    entered = namespaces(process.id());
    entered.erase(fs::read_symlink("/proc/self/ns/net"));
  }
  return entered;
}

/// What sleeps takes no turns: a run is as long as its longest scenario, and not as all of them.
TEST_F(RunningKernel, PlaysManyScenariosAtATime) {
  write("sleeps.yaml",
        "# Ten seconds pass.\n"
        "ip: 4\n"
        "with: {len: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]}\n"
        "given: ESTABLISHED\n"
        "steps:\n"
        "  - wait: 10s\n"
        "  - send: ACK len=${len}\n"
        "  - expect: ACK ack=1+${len}\n");
  Process process(start({"run", "sleeps.yaml", "--target", "linux"}));
  EXPECT_EQ(entered_by(process, 12).size(), 12U);
  const std::string out = process.read_all();
  EXPECT_EQ(count(out, "\npass "), 12U) << out;
  EXPECT_EQ(process.wait(), 0);
}

TEST_F(RunningKernel, LeavesNothingBehindWhenItIsKilled) {
  Process process(start({"run", "textbook/time-wait", "--target", "linux"}));
  const std::set<fs::path> entered = entered_by(process, 3);
  EXPECT_GE(entered.size(), 3U);
  process.signal_alone(SIGKILL);
  EXPECT_EQ(process.wait(), -SIGKILL);
  EXPECT_TRUE(process.nothing_left());
  EXPECT_EQ(if_nametoindex("tcprove"), 0U) << "a TUN device is left";
  const std::set<fs::path> all = namespaces(0);
  for (const fs::path& one : entered) EXPECT_FALSE(all.contains(one)) << one;
}

}  // namespace
}  // namespace tcprove::cli
