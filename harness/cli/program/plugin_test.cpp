#include <array>
#include <map>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "harness/cli/program/program_fixture.hpp"
#include "harness/testing/golden.hpp"

namespace tcprove::cli {
namespace {

/// Stacks behind the C ABI: a toy, lwIP, and toys that misbehave.
class Plugin : public Program {
 protected:
  static std::string path(const std::string& name) {
    return std::string(TCPROVE_PLUGINS) + "/" + name + ".so";
  }

  /// What is written to standard error where a stack cannot be had.
  std::string trouble(const std::string& name, int status) {
    write("holds.yaml", kHolds);
    const Ran ran = run({"run", "holds.yaml", "--target", path(name)});
    EXPECT_EQ(ran.status, status) << name << ran.out;
    EXPECT_EQ(ran.out, "") << name;
    const std::string begin = "--target: error: " + path(name) + ": ";
    EXPECT_TRUE(ran.error.starts_with(begin)) << ran.error;
    return ran.error.substr(std::min(begin.size(), ran.error.size()));
  }

  nlohmann::json report(const std::string& name) const {
    return nlohmann::json::parse(testing::read_octets(folder_ / name), nullptr, false);
  }
};

TEST_F(Plugin, ThatIsNoneIsToldWithWhatIsWrong) {
  write("holds.yaml", kHolds);
  EXPECT_EQ(run({"run", "holds.yaml", "--target", "./none.so"}).error,
            "--target: error: there is no file ./none.so\n");
  EXPECT_EQ(run({"run", "holds.yaml", "--target", "./none.so"}).status, 2);
  EXPECT_EQ(run({"run", "holds.yaml", "--target", "."}).status, 2);
  EXPECT_EQ(run({"run", "holds.yaml", "--target", "/"}).error,
            "--target: error: / is not a file\n");
  const Ran text = run({"run", "holds.yaml", "--target", "./holds.yaml"});
  EXPECT_EQ(text.error, "--target: error: ./holds.yaml: it is not a shared object\n");
  EXPECT_EQ(text.status, 3);
}

TEST_F(Plugin, ThatCannotBeMadeIsToldWithWhatIsWrong) {
  const std::map<std::string, std::string> told{
      {"no-symbol", "it exports no tcprove_open(): see tcprove_adapter.h\n"},
      {"null-table", "its tcprove_open() answered null\n"},
      {"other-abi",
       "it was built for abi_version 7, and this tcprove speaks 1: build it with this tcprove's "
       "tcprove_adapter.h\n"},
      {"made-up-claim",
       "it claims \"passive-opn\", which tcprove does not know; did you mean \"passive-open\"?\n"},
      {"null-deliver", "its deliver() is null\n"},
      {"claim-without-function", "it claims \"introspection\", and its state() is null\n"},
  };
  for (const auto& [name, text] : told) EXPECT_EQ(trouble(name, 3), text);
  EXPECT_TRUE(trouble("short-table", 3).starts_with("the struct_size of its table is 16, and"));
}

TEST_F(Plugin, ThatBringsItsProcessDownWhenItIsMadeDoesNotBringTheProgramDown) {
  const std::map<std::string, std::string> told{
      {"crash-in-open", "the stack crashed: Segmentation fault"},
      {"abort-in-open", "the stack crashed: Aborted"},
      {"exit-in-open", "the stack ended its process with status 0"},
  };
  for (const auto& [name, text] : told) {
    EXPECT_EQ(trouble(name, 3), "while the stack was made, " + text + "\n");
  }
}

TEST_F(Plugin, IsJudgedAsAnyStack) {
  write("closes.yaml", kCloses);
  const Ran ran = run({"run", "closes.yaml", "--target", path("toy"), "--json", "r"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.error;
  EXPECT_EQ(report("r")["scenarios"][0]["verdict"], "pass");
  EXPECT_EQ(report("r")["target"], path("toy"));
}

TEST_F(Plugin, CanBeGivenAMistakeOnItsWire) {
  write("hears.yaml",
        "# Data is acknowledged.\n"
        "ip: 4\n"
        "given: ESTABLISHED\n"
        "steps:\n"
        "  - send: ACK seq=1 ack=1 len=10\n"
        "  - expect: ACK seq=1 ack=11\n");
  const Ran ran = run({"run", "hears.yaml", "--target", "fault=ack-one-ahead," + path("toy")});
  EXPECT_EQ(ran.status, 1) << ran.out << ran.error;
}

/// One scenario is lost, with that reason; the next one is not. `reason` empty: not even that one.
void expect_one_lost(const nlohmann::json& report, const std::string& name,
                     const std::string& reason) {
  ASSERT_TRUE(report.is_object()) << name;
  const auto& closes = report["scenarios"][0];
  const auto& holds = report["scenarios"][1];
  EXPECT_EQ(holds["verdict"], "pass") << name << holds.dump();
  EXPECT_EQ(closes["verdict"], reason.empty() ? "pass" : "error") << name << closes.dump();
  const std::string told = closes["reason"];
  EXPECT_TRUE(told.starts_with(reason)) << name << ": " << told;
}

TEST_F(Plugin, ThatMisbehavesCostsOneScenario) {
  const std::map<std::string, std::string> told{
      {"segfault", "the stack crashed: Segmentation fault"},
      {"abort", "the stack crashed: Aborted; it printed: the toy gives up"},
      {"exit-0", "the stack ended its process with status 0"},
      {"close-all-files", "the stack crashed: Killed, or it closed files that are not its own"},
      {"leak-files", ""},
      {"lie-about-length", "call(send) answered 1010 octets of 10"},
      {"lie-about-time", "emit() at 18446744073709551615 ns: the clock has gone from 0 to 0 ns"},
      {"lie-about-status", "call(close) answered 57, which is no tcprove_status"},
      {"emit-nothing", "emit() of 40 octets at null: no IP packet"},
      {"emit-too-much", "emit() of 100000 octets at an address: no IP packet"},
      {"say-why", "the toy is broken"},
  };
  write("a.yaml", kCloses);
  write("b.yaml", kHolds);
  for (const auto& [name, reason] : told) {
    Process process(start({"run", "a.yaml", "b.yaml", "--target", path(name), "--json", "r"}));
    process.read_all();
    EXPECT_EQ(process.wait(), reason.empty() ? 0 : 3) << name << process.error();
    EXPECT_TRUE(process.nothing_left()) << name;
    expect_one_lost(report("r"), name, reason);
  }
}

TEST_F(Plugin, ThatNeverReturnsCostsOneScenario) {
  write("a.yaml", kCloses);
  write("b.yaml", kHolds);
  // All at once, as each takes the ten seconds that a scenario may take.
  const std::array<std::string, 5> names{"loop", "ignore-sigterm", "emit-without-end",
                                         "print-for-ever", "fork-and-crash"};
  std::vector<std::unique_ptr<Process>> running;
  running.reserve(names.size());
  for (const std::string& name : names) {
    running.push_back(std::make_unique<Process>(
        start({"run", "a.yaml", "b.yaml", "--target", path(name), "--json", name})));
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    running[i]->read_all();
    EXPECT_EQ(running[i]->wait(), 3) << names[i] << running[i]->error();
    EXPECT_TRUE(running[i]->nothing_left()) << names[i];
    expect_one_lost(report(names[i]), names[i],
                    names[i] == "fork-and-crash" ? "the stack crashed: Segmentation fault"
                                                 : "the stack hung: no end after 10000 ms");
  }
}

/// Of the release build: what is tested here a sanitizer's own memory and loading stand in the way
/// of.
class ReleasedPlugin : public Plugin {
 protected:
  void SetUp() override {
    Plugin::SetUp();
    if (access(TCPROVE_RELEASED_PROGRAM, X_OK) != 0 || access(plugin("lwip").c_str(), R_OK) != 0) {
      GTEST_SKIP() << "build it first: cmake --preset release && cmake --build build --target "
                      "tcprove tcprove_plugins";
    }
  }
  static std::string plugin(const std::string& name) {
    return std::string(TCPROVE_RELEASED_PLUGINS) + "/" + name + ".so";
  }
  [[nodiscard]] Ran run_released(std::vector<std::string> arguments) const {
    Start released = start(std::move(arguments));
    released.program = TCPROVE_RELEASED_PROGRAM;
    return finished(released);
  }
};

TEST_F(ReleasedPlugin, ThatEatsMemoryCostsOneScenario) {
  write("a.yaml", kCloses);
  write("b.yaml", kHolds);
  const Ran ran =
      run_released({"run", "a.yaml", "b.yaml", "--target", plugin("eat-memory"), "--json", "r"});
  EXPECT_EQ(ran.status, 3) << ran.error;
  expect_one_lost(report("r"), "eat-memory", "the stack crashed: Aborted");
}

TEST_F(ReleasedPlugin, OfLwipHasTheVerdictsOfTheOneThatIsBuiltIn) {
  const std::map<std::string, std::string> targets{{"built-in", "lwip"},
                                                   {"plugin", plugin("lwip")}};
  for (const auto& [name, target] : targets) {
    const Ran ran = run_released({"run", "--target", target, "--expected", "none", "--json", name});
    EXPECT_EQ(ran.status, 3) << "some scenarios make lwIP abort: " << ran.error;
  }
  const auto verdicts = [&](const std::string& name) {
    nlohmann::json json = report(name);
    for (auto& scenario : json["scenarios"]) scenario.erase("wall_us");
    json.erase("target");
    return json;
  };
  const nlohmann::json built_in = verdicts("built-in");
  const nlohmann::json plugin = verdicts("plugin");
  ASSERT_GT(built_in["scenarios"].size(), 5000U);
  ASSERT_EQ(built_in["scenarios"].size(), plugin["scenarios"].size());
  for (std::size_t i = 0; i < built_in["scenarios"].size(); ++i) {
    ASSERT_EQ(built_in["scenarios"][i], plugin["scenarios"][i]);
  }
  EXPECT_EQ(built_in, plugin);
}

}  // namespace
}  // namespace tcprove::cli
