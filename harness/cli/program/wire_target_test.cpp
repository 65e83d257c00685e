#include <csignal>
#include <regex>

#include <fmt/format.h>
#include <unistd.h>

#include "harness/cli/program/program_fixture.hpp"

namespace tcprove::cli {
namespace {

/// What a wire leads from: `sh -c SCRIPT sh PROGRAM ARGUMENT…` runs tcprove in a network namespace,
/// and prints its process's number first.
constexpr std::string_view kRunsTcprove =
    "\"$@\" & tcprove=$!\n"
    "echo $tcprove\n"
    "wait $tcprove && status=0 || status=$?\n"
    "kill $stack; exit $status\n";

/// A kernel in another namespace, with a service of a program's on port 7: w0 leads to it.
std::string behind_an_interface(const std::string& service) {
  return "set -e\n"
         "ip link set lo up\n"
         "ip link add w1 gso_max_segs 1 type veth peer name w0\n"
         "ip address add 10.77.0.2/24 dev w1\n"
         "ip address add fd77::2/64 dev w1 nodad\n"
         "ip link set w1 up\n" +
         service +
         " </dev/null >/dev/null 2>&1 & stack=$!\n"
         "until ss -Htln | grep -q ':7 '; do kill -0 $stack; done\n"
         "export stack\n"
         "unshare --net sh -c '\n"
         "nsenter -t $stack -n ip link set w0 netns $$\n"
         "ip address add 10.77.0.1/24 dev w0\n"
         "ip address add fd77::1/64 dev w0 nodad\n"
         "ip link set w0 up\n" +
         std::string(kRunsTcprove) + "' sh \"$@\"\n";
}

/// A built-in stack in a process of its own that holds the TUN device t0.
std::string behind_a_tun_device(const std::string& target) {
  return "set -e\n"
         "ip tuntap add dev t0 mode tun\n"
         "ip address add 10.77.0.1/24 dev t0\n"
         "ip link set t0 up mtu 65535\n" +
         fmt::format("{} t0 10.77.0.2 10.77.0.3 {} & stack=$!\n", TCPROVE_ECHO_STACK, target) +
         "until ip link show t0 | grep -q LOWER_UP; do kill -0 $stack; done\n" +
         std::string(kRunsTcprove);
}

constexpr std::string_view kDiscard =
    "socat -u TCP6-LISTEN:7,ipv6only=0,reuseaddr,fork,backlog=256 OPEN:/dev/null";
constexpr std::string_view kEcho = "socat TCP6-LISTEN:7,ipv6only=0,reuseaddr,fork,backlog=256 PIPE";
constexpr std::string_view kEchoOfNcat = "ncat --listen --keep-open --exec /bin/cat 7";

const std::string kInterface = "tun:w0,stack=10.77.0.2,peer=10.77.0.3,port=7,app=";
const std::string kInterfaceV6 = "tun:w0,stack=fd77::2,peer=fd77::3,port=7,app=";
const std::string kTun = "tun:t0,stack=10.77.0.2,peer=10.77.0.3,port=7,app=";

/// A namespace with a wire in it, where they can be made and the programs are there.
class Wire : public Program {
 protected:
  void SetUp() override {
    Program::SetUp();
    const Ran ran =
        on("ip link add w1 type veth peer name w0 && ip tuntap add dev t0 mode tun && "
           "unshare --net true && for p in socat ncat nsenter ss; do command -v $p; done",
           {});
    if (ran.status != 0) GTEST_SKIP() << ran.out << ran.error;
  }

  [[nodiscard]] Start in_namespace(const std::string& script,
                                   std::vector<std::string> arguments) const {
    Start start = this->start({"--net", "sh", "-c", script, "sh", TCPROVE_PROGRAM});
    if (geteuid() != 0) start.arguments.insert(start.arguments.begin(), "--map-root-user");
    start.arguments.insert(start.arguments.end(), arguments.begin(), arguments.end());
    start.program = "/usr/bin/unshare";
    return start;
  }

  [[nodiscard]] Ran on(const std::string& script, std::vector<std::string> arguments) const {
    return finished(in_namespace(script, std::move(arguments)));
  }

  /// How many scenarios the summary says have passed.
  static int passed(const Ran& ran) {
    std::smatch match;
    const bool told = std::regex_search(ran.out, match, std::regex("([0-9]+) passed"));
    return told ? std::stoi(match[1]) : 0;
  }
};

TEST_F(Wire, JudgesAKernelBehindAnInterfaceByWhatItDoesWithADiscardService) {
  for (const std::string& target : {kInterface, kInterfaceV6}) {
    const Ran ran = on(behind_an_interface(std::string(kDiscard)),
                       {"run", "textbook", "rfc9293/3.1-header-format", "--jobs", "32", "--target",
                        target + "discard"});
    EXPECT_EQ(ran.status, 0) << ran.out << ran.error;
    EXPECT_GE(passed(ran), 10) << ran.out;
    EXPECT_NE(ran.out.find("does not offer user-close"), std::string::npos) << ran.out;
  }
}

TEST_F(Wire, SeesByAnEchoWhatTheServiceReceived) {
  for (const std::string_view service : {kEcho, kEchoOfNcat}) {
    const Ran ran = on(behind_an_interface(std::string(service)),
                       {"run", "textbook", "--jobs", "8", "--target", kInterface + "echo"});
    EXPECT_EQ(ran.status, 0) << ran.out << ran.error;
    EXPECT_GE(passed(ran), 10) << ran.out;
  }
}

TEST_F(Wire, CatchesAMistakeOnIt) {
  const Ran numbers = on(behind_an_interface(std::string(kDiscard)),
                         {"run", "textbook", "--jobs", "32", "--target",
                          "fault=ack-one-ahead," + kInterface + "discard"});
  EXPECT_EQ(numbers.status, 1) << numbers.out << numbers.error;
  const Ran octets = on(behind_an_interface(std::string(kEcho)),
                        {"run", "textbook/segments", "textbook/data", "--target",
                         "fault=arriving-octet-differs," + kInterface + "echo"});
  EXPECT_EQ(octets.status, 1) << octets.out << octets.error;
  EXPECT_NE(octets.out.find("of the stream is"), std::string::npos) << octets.out;
}

TEST_F(Wire, JudgesAStackInAProcessBehindATunDevice) {
  const Ran ran = on(behind_a_tun_device("reference"),
                     {"run", "textbook", "--jobs", "8", "--target", kTun + "echo"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.error;
  EXPECT_GE(passed(ran), 10) << ran.out;
}

TEST_F(Wire, CatchesAMistakeOfAStackInAProcess) {
  const Ran ran = on(behind_a_tun_device("reference:fault=psh-segment-dropped"),
                     {"run", "textbook/loss", "--jobs", "8", "--target", kTun + "echo"});
  EXPECT_EQ(ran.status, 1) << ran.out << ran.error;
}

TEST_F(Wire, SaysWhatIsWrongWithIt) {
  const auto why = [this](const std::string& script, const std::string& target) {
    const Ran ran = on(script, {"run", "textbook/handshake", "--target", target});
    EXPECT_EQ(ran.status, 3) << ran.out;
    return ran.error;
  };
  const std::string kernel = behind_an_interface(std::string(kDiscard));
  EXPECT_EQ(why(kernel, "tun:w9,stack=10.77.0.2,peer=10.77.0.3,port=7,app=echo"),
            "--target: error: there is no network device w9\n");
  EXPECT_EQ(why(kernel, "tun:w0,stack=10.77.0.9,peer=10.77.0.3,port=7,app=echo"),
            "--target: error: nobody on w0 has the address 10.77.0.9\n");
  EXPECT_EQ(
      why(kernel, "tun:w0,stack=10.77.0.2,peer=10.77.0.3,port=8,app=echo"),
      "--target: error: nobody listens on port 8 of 10.77.0.2: it answers a SYN by RST,ACK\n");
  EXPECT_NE(why(kernel, "tun:w0,stack=10.77.0.2,peer=10.77.0.1,port=7,app=echo")
                .find("peer=10.77.0.1 is this machine's own address"),
            std::string::npos);
  EXPECT_EQ(why("ip link set lo up; \"$@\"", kTun + "echo"),
            "--target: error: there is no network device t0\n");
  EXPECT_EQ(why("ip tuntap add dev t0 mode tun; \"$@\"", kTun + "echo"),
            "--target: error: t0 is down: ip link set t0 up\n");
  EXPECT_EQ(why("ip tuntap add dev t0 mode tun; ip link set t0 up; \"$@\"", kTun + "echo"),
            "--target: error: nobody is at the other end of t0\n");
  std::string without_permission = kernel;
  without_permission.insert(kernel.find("\"$@\" &"), "setpriv --bounding-set=-net_raw ");
  EXPECT_EQ(why(without_permission, kInterface + "echo"),
            "--target: error: w0: Operation not permitted; it takes root, or CAP_NET_RAW, to speak "
            "on a link\n");
}

TEST_F(Wire, LeavesNothingBehindWhenItIsKilled) {
  Process process(
      in_namespace(behind_an_interface(std::string(kDiscard)),
                   {"run", "textbook", "--jobs", "16", "--target", kInterface + "discard"}));
  const std::string pid = process.read_until("\n");
  process.read_until("seed");
  kill(std::stoi(pid), SIGKILL);
  process.wait();
  EXPECT_TRUE(process.nothing_left());
}

TEST_F(Program, RefusesAWireToWhatMayBeSomebodyElses) {
  const auto ran = [this](std::vector<std::string> arguments) { return run(std::move(arguments)); };
  const std::string target = "tun:none0,stack=192.0.2.1,peer=192.0.2.2,port=7,app=echo";
  for (const char* const command : {"run", "smoke", "fuzz"}) {
    std::vector<std::string> arguments{command, "--target", target};
    if (command == std::string_view("fuzz")) arguments.insert(arguments.end(), {"--runs", "1"});
    const Ran refused = ran(arguments);
    EXPECT_EQ(refused.status, 2) << command;
    EXPECT_EQ(refused.error,
              "--target: error: 192.0.2.1 is neither loopback nor link-local nor private: broken "
              "segments are for stacks that are yours; --i-own-this-target says so\n");
    arguments.emplace_back("--i-own-this-target");
    const Ran owned = ran(arguments);
    EXPECT_EQ(owned.status, 3) << command;
    EXPECT_EQ(owned.error, "--target: error: there is no network device none0\n");
  }
  const Ran wrong = ran({"run", "--target", "tun:none0,stack=10.0.0.1,peer=10.0.0.2,port=x"});
  EXPECT_EQ(wrong.status, 2);
  EXPECT_EQ(wrong.error,
            "--target: error: tun:none0,stack=10.0.0.1,peer=10.0.0.2,port=x: port: \"x\" is not a "
            "port from 1 to 65535\n");
}

}  // namespace
}  // namespace tcprove::cli
