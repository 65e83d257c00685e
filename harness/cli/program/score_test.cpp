#include <algorithm>
#include <fstream>
#include <string>

#include <nlohmann/json.hpp>

#include "harness/cli/program/program_fixture.hpp"

namespace tcprove::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// A specs folder of the test's own, in which a scenario or two catch some faults.
class Score : public Program {
 protected:
  void SetUp() override {
    Program::SetUp();
    for (const char* part : {"specs/catalogue", "specs/fragments"}) {
      fs::create_directories(folder_ / part);
      fs::copy(fs::path(TCPROVE_SOURCE_DIR) / part, folder_ / part, fs::copy_options::recursive);
    }
    write("specs/opens.yaml", kHolds);
    write(kList, "[]\n");
  }

  static constexpr const char* kList = "specs/expected/uncaught-faults.yaml";

  [[nodiscard]] Ran score(std::vector<std::string> more = {}, std::string target = kTarget) const {
    more.insert(more.begin(), {"run", "--target", std::move(target)});
    return run(std::move(more));
  }

  [[nodiscard]] Json json_of_score(const std::string& jobs = "1") const {
    const Ran ran = score({"--json", "score.json", "--jobs", jobs});
    EXPECT_EQ(ran.error, "");
    std::ifstream file(folder_ / "score.json");
    return Json::parse(file, nullptr, false);
  }

  /// A list of all that one scenario does not catch.
  [[nodiscard]] std::string list_of_missed() const {
    const Json score = json_of_score();
    std::string list;
    for (const Json& fault : score["faults"]) {
      if (!fault["caught"].get<bool>()) list += entry(fault["name"].get<std::string>());
    }
    return list;
  }

  static std::string entry(const std::string& fault) {
    return "- {target: '" + std::string(kTarget) + "', fault: " + fault + ", reason: Why not.}\n";
  }

  static constexpr const char* kTarget = "fault=all,reference";
};

TEST_F(Score, IsRedWhereAFaultIsMissed) {
  const Ran ran = score();
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.out.find("\nmissed  text-sent-once: nothing catches it: "), std::string::npos)
      << ran.out;
  EXPECT_NE(ran.out.find("\nreference holds: 0 of 1 instances speak against it\n"),
            std::string::npos);
}

TEST_F(Score, NamesWhatCatchesAFault) {
  const Json score = json_of_score();
  const Json& faults = score["faults"];
  const auto fault = std::ranges::find_if(
      faults, [](const Json& f) { return f["name"] == "syn-ack-without-ack"; });
  ASSERT_NE(fault, faults.end());
  EXPECT_EQ((*fault)["target"], "fault=syn-ack-without-ack,reference");
  EXPECT_EQ((*fault)["scenario"]["id"], "opens");
  EXPECT_EQ((*fault)["scenario"]["verdict"], "fail");
  EXPECT_TRUE((*fault)["caught"].get<bool>());
}

TEST_F(Score, HoldsWhereWhatIsMissedIsListed) {
  write(kList, list_of_missed());
  const Ran ran = score();
  EXPECT_EQ(ran.status, 0) << ran.out << ran.error;
  EXPECT_NE(ran.out.find("\nknown  text-sent-once: Why not.\n"), std::string::npos) << ran.out;
  // The list is of one target.
  EXPECT_EQ(score({}, "reference:fault=all").status, 1);
}

TEST_F(Score, IsRedWhereWhatIsListedIsCaught) {
  write(kList, list_of_missed() + entry("syn-ack-without-ack"));
  const Ran ran = score();
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.out.find("\nstale  syn-ack-without-ack: is caught"), std::string::npos) << ran.out;
}

TEST_F(Score, IsRedWhereTheTargetIsWrongWithoutAFault) {
  write("specs/fails.yaml", kFails);
  write(kList, list_of_missed());
  const Ran ran = score();
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.out.find("\nreference does not hold: 2 of 3 instances"), std::string::npos)
      << ran.out;
}

TEST_F(Score, IsTheSameHoweverManyWorkersPlay) {
  EXPECT_EQ(json_of_score("1"), json_of_score("4"));
}

TEST_F(Score, TakesNoListWithMistakes) {
  write(kList, entry("text-sent-onec"));
  const Ran ran = score();
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(ran.error,
            "specs/expected/uncaught-faults.yaml:1:42: error: fault=all,reference has no fault "
            "\"text-sent-onec\"; did you mean \"text-sent-once\"?\n");
  write(kList, "nothing");
  EXPECT_EQ(score().status, 2);
}

/// Of the stack that makes mistakes of its own.
class Honesty : public Score {
 protected:
  void SetUp() override {
    Score::SetUp();
    write("specs/listens.yaml", "ip: 4\nsteps:\n  - call: listen\n  - state: LISTEN\n");
    write("specs/anything.yaml",
          "ip: 4\ngiven: ESTABLISHED\nsteps:\n"
          "  - state: [CLOSED, LISTEN, SYN-RECEIVED, ESTABLISHED, FIN-WAIT-1, CLOSE-WAIT]\n");
    write("specs/resets.yaml",
          "covers: [SHLD-2]\nip: 4\ngiven: ESTABLISHED\n"
          "steps:\n  - send: RST seq=1 len=5\n  - receive: reset\n");
  }

  static constexpr const char* kUnproven = "specs/expected/unproven.yaml";

  [[nodiscard]] Ran score() const { return Score::score({}, "reference:fault=all"); }
  [[nodiscard]] static std::string weak(const std::string& id, const std::string& why) {
    return "\nweak  " + id + ": " + why + "\n";
  }
  static constexpr const char* kNoFault = "no fault breaks it";
  static constexpr const char* kSilence = "holds where nothing arrives that the stack sends";
};

TEST_F(Honesty, NamesScenariosThatAssertNothing) {
  const Ran ran = score();
  EXPECT_EQ(ran.status, 1);
  // The handshake is broken by many faults, but is only the way there.
  EXPECT_NE(ran.out.find(weak("anything", kNoFault)), std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find(weak("anything", kSilence)), std::string::npos);
  EXPECT_NE(ran.out.find(weak("listens", kSilence)), std::string::npos);
  EXPECT_EQ(ran.out.find("weak  resets"), std::string::npos);
}

TEST_F(Honesty, TakesAReasonForScenariosAndRequirements) {
  write(kUnproven,
        "- {scenario: anything, passes: faults, reason: r}\n"
        "- {scenario: listens, passes: silence, reason: r}\n"
        "- {requirement: MUST-13, reason: Nobody waits.}\n");
  const Ran ran = score();
  EXPECT_EQ(ran.out.find("\nweak"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("\nknown  MUST-13: Nobody waits.\n"), std::string::npos);
  EXPECT_NE(ran.out.find("\nunproven  MUST-14: no scenario that covers it"), std::string::npos);
}

TEST_F(Honesty, IsRedWhereAReasonIsNotNeeded) {
  write(kUnproven,
        "- {scenario: resets, passes: faults, reason: r}\n"
        "- {requirement: SHLD-2, reason: r}\n");
  const Ran ran = score();
  EXPECT_NE(ran.out.find("\nstale  resets: is listed as unproven"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("\nstale  SHLD-2: is proven"), std::string::npos);
}

TEST_F(Honesty, SaysWhichScenarioProvesARequirement) {
  const Ran ran = Score::score({"--json", "score.json"}, "reference:fault=all");
  EXPECT_EQ(ran.error, "");
  std::ifstream file(folder_ / "score.json");
  const Json score = Json::parse(file, nullptr, false);
  const auto row = std::ranges::find_if(score["requirements"],
                                        [](const Json& r) { return r["id"] == "SHLD-2"; });
  ASSERT_NE(row, score["requirements"].end());
  EXPECT_TRUE((*row)["proven"].get<bool>());
  const Json& faults = (*row)["faults"];
  EXPECT_TRUE(std::ranges::any_of(faults, [](const Json& f) { return f["scenario"] == "resets"; }));
  EXPECT_EQ(score["instances"]["tried"], 4);
}

TEST_F(Honesty, TakesNoListWithMistakes) {
  write(kUnproven, "- {requirement: MUST-130, reason: r}\n");
  const Ran ran = score();
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.error.find("no requirement \"MUST-130\""), std::string::npos) << ran.error;
}

TEST_F(Score, RefusesWhatTellsOfOneRun) {
  for (const char* option : {"--raw", "--strict", "--junit=x", "--pcap=x"}) {
    EXPECT_EQ(score({option}).status, 2) << option;
  }
}

}  // namespace
}  // namespace tcprove::cli
