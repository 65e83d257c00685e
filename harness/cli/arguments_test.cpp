#include "harness/cli/arguments.hpp"

#include <limits>

#include <gtest/gtest.h>

#include "harness/cli/exit_status.hpp"

namespace tcprove::cli {
namespace {

using Words = std::vector<const char*>;

/// What parse_arguments() answers and prints on standard error.
struct Parsed {
  std::variant<Arguments, int> answer;
  std::string error;

  explicit Parsed(Words words) : answer(0) {
    words.insert(words.begin(), "tcprove");
    ::testing::internal::CaptureStderr();
    answer = parse_arguments(static_cast<int>(words.size()), words.data());
    error = ::testing::internal::GetCapturedStderr();
  }

  template <class T>
  [[nodiscard]] const T* as() const {
    const auto* const arguments = std::get_if<Arguments>(&answer);
    return arguments == nullptr ? nullptr : std::get_if<T>(arguments);
  }
};

/// The sentence with which `words` are refused as wrong use.
std::string refusal(const Words& words) {
  const Parsed parsed(words);
  const int* const status = std::get_if<int>(&parsed.answer);
  if (status == nullptr || *status != kUsageError) return "not refused";
  const std::string begin = "tcprove: ";
  const std::string end = "\nTry `tcprove --help`.\n";
  if (!parsed.error.starts_with(begin) || !parsed.error.ends_with(end)) return parsed.error;
  return parsed.error.substr(begin.size(), parsed.error.size() - begin.size() - end.size());
}

TEST(Arguments, OfARunHaveDefaults) {
  const Parsed parsed({"run", "--target", "lwip"});
  const auto* const run = parsed.as<RunArguments>();
  ASSERT_NE(run, nullptr);
  EXPECT_EQ(run->target, "lwip");
  EXPECT_TRUE(run->selections.empty());
  EXPECT_FALSE(run->jobs);
  EXPECT_EQ(run->seed, 1U);
  EXPECT_FALSE(run->strict || run->raw);
  EXPECT_EQ(run->expected + run->json + run->junit + run->pcap, "");
}

TEST(Arguments, OfARunStandInAnyOrder) {
  const Parsed parsed({"run", "a", "--json=j", "-t", "lwip", "b", "--junit", "x", "-j", "2",
                       "--pcap", "p", "--strict", "--raw", "--seed", "18446744073709551615",
                       "--expected", "e"});
  const auto* const run = parsed.as<RunArguments>();
  ASSERT_NE(run, nullptr) << parsed.error;
  EXPECT_EQ(run->selections, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(run->jobs, 2U);
  EXPECT_EQ(run->seed, std::numeric_limits<std::uint64_t>::max());
  EXPECT_TRUE(run->strict && run->raw);
  EXPECT_EQ(run->json + run->junit + run->pcap + run->expected, "jxpe");
}

TEST(Arguments, OfListNameOneList) {
  const Parsed parsed({"list", "requirements", "--json"});
  const auto* const list = parsed.as<ListArguments>();
  ASSERT_NE(list, nullptr);
  EXPECT_EQ(list->what, ListArguments::What::Requirements);
  EXPECT_TRUE(list->json);
}

TEST(Arguments, OfLintMayBeMissing) {
  const Parsed parsed({"lint"});
  ASSERT_NE(parsed.as<LintArguments>(), nullptr);
  EXPECT_TRUE(parsed.as<LintArguments>()->selections.empty());
}

TEST(Arguments, ThatAreUnknownAreNamedWithWhatWasMeant) {
  EXPECT_EQ(refusal({"rnu", "--target", "lwip"}), R"(unknown command "rnu"; did you mean "run"?)");
  EXPECT_EQ(refusal({"frobnicate"}), R"(unknown command "frobnicate")");
  EXPECT_EQ(refusal({"--versoin"}), R"(unknown option "--versoin"; did you mean "--version"?)");
  EXPECT_EQ(refusal({"run", "--tarfet", "lwip"}),
            R"(unknown option "--tarfet"; did you mean "--target"?)");
  EXPECT_EQ(refusal({"run", "-t", "lwip", "--sede=1"}),
            R"(unknown option "--sede"; did you mean "--seed"?)");
  EXPECT_EQ(refusal({"run", "-t", "lwip", "-x"}), R"(unknown option "-x")");
  EXPECT_EQ(refusal({"list", "targets", "--jsn"}),
            R"(unknown option "--jsn"; did you mean "--json"?)");
  EXPECT_EQ(refusal({"list", "requiremnts"}),
            R"(there is no list of "requiremnts"; did you mean "requirements"?)");
}

TEST(Arguments, ThatAreMissingAreNamed) {
  EXPECT_EQ(refusal({}), "which command? run, replay, fuzz, list, lint, check or smoke");
  EXPECT_EQ(refusal({"run"}), "--target is required");
  EXPECT_EQ(refusal({"list"}),
            "list what? scenarios, targets, requirements, rules, faults or bugs");
  EXPECT_NE(refusal({"run", "--target"}).find("--target"), std::string::npos);
}

TEST(Arguments, OfFuzzSayForHowLong) {
  const Parsed parsed({"fuzz", "-t", "lwip", "--time", "1.5min"});
  ASSERT_NE(parsed.as<FuzzArguments>(), nullptr);
  EXPECT_EQ(parsed.as<FuzzArguments>()->time, std::chrono::seconds(90));
  const std::string wanted = "fuzz for how long? --time 60s or --runs 10000";
  EXPECT_EQ(refusal({"fuzz", "-t", "lwip"}), wanted);
  EXPECT_EQ(refusal({"fuzz", "-t", "lwip", "--time", "1s", "--runs", "1"}), wanted);
  for (const char* const time : {"60", "s", "1.s", "1.2.3s", "-1s", "1 s", "60sec", "9999999h"}) {
    EXPECT_EQ(refusal({"fuzz", "-t", "lwip", "--time", time}),
              std::string("--time: \"") + time + "\" is no duration with its unit, such as 60s");
  }
  EXPECT_EQ(refusal({"fuzz", "-t", "lwip", "--runs", "1", "--sarif", "f", "--junit", "./f"}),
            "two options name the same file: f");
}

TEST(Arguments, ThatAreNumbersMustBeWholeAndInRange) {
  for (const char* const jobs : {"0", "257", "-1", "x", "", "1.5", "010", "0x10", "2 ", "+2"}) {
    EXPECT_EQ(refusal({"run", "-t", "lwip", "--jobs", jobs}),
              std::string("--jobs: \"") + jobs + "\" is not a whole number from 1 to 256");
  }
  for (const char* const seed : {"-1", "18446744073709551616", "1e3", "seed"}) {
    EXPECT_EQ(refusal({"run", "-t", "lwip", "--seed", seed}),
              std::string("--seed: \"") + seed +
                  "\" is not a whole number from 0 to 18446744073709551615");
  }
  EXPECT_EQ(Parsed({"run", "-t", "lwip", "--seed", "0"}).as<RunArguments>()->seed, 0U);
}

TEST(Arguments, ThatContradictEachOtherAreRefused) {
  EXPECT_EQ(refusal({"run", "-t", "lwip", "--json", "a", "--junit", "a"}),
            "--json and --junit name the same file: a");
  EXPECT_EQ(refusal({"run", "-t", "lwip", "--json", "a", "--junit", "b/../a"}),
            "--json and --junit name the same file: a");
  EXPECT_EQ(refusal({"run", "-t", "lwip", "x.yaml", "--json", "./x.yaml"}),
            "x.yaml is read and cannot be written");
  EXPECT_EQ(refusal({"run", "-t", "lwip", "--expected", "e", "--junit", "e"}),
            "e is read and cannot be written");
  EXPECT_EQ(refusal({"run", "-t", "lwip", "--markdown", "m", "--junit", "m"}),
            "--junit and --markdown name the same file: m");
  EXPECT_EQ(refusal({"run", "-t", "a", "-t", "b", "--target", "a"}), "--target names a twice");
  EXPECT_EQ(refusal({"run", "-t", "a", "-t", "b", "--expected", "e"}),
            "--expected e tells of one stack, and there are 2");
}

TEST(Arguments, MayNameSeveralTargets) {
  const Parsed parsed({"run", "-t", "lwip", "x", "--target=reference", "y", "--expected", "none"});
  const auto* const run = parsed.as<RunArguments>();
  ASSERT_NE(run, nullptr) << parsed.error;
  EXPECT_EQ(run->targets, (std::vector<std::string>{"lwip", "reference"}));
  EXPECT_EQ(run->target, "lwip");
  EXPECT_EQ(run->selections, (std::vector<std::string>{"x", "y"}));
}

TEST(Arguments, ThatNameNoFileAreRefused) {
  for (const char* const option : {"--json", "--junit", "--pcap", "--expected"}) {
    EXPECT_EQ(refusal({"run", "-t", "lwip", option, ""}),
              std::string(option) + ": the path is empty");
  }
}

}  // namespace
}  // namespace tcprove::cli
