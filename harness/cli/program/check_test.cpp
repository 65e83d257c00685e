#include <nlohmann/json.hpp>

#include "harness/cli/program/program_fixture.hpp"
#include "harness/testing/golden.hpp"

namespace tcprove::cli {
namespace {

using Json = nlohmann::ordered_json;

/// What `tcprove check` says of captures that `tcprove run --pcap` wrote.
class Check : public Program {
 protected:
  /// Both sides send more than one segment.
  static constexpr std::string_view kTalk =
      "# Both sides talk.\n"
      "ip: [4, 6]\n"
      "peer: {options: <mss 400>}\n"
      "given: ESTABLISHED\n"
      "steps:\n"
      "  - send: ACK len=1000\n"
      "  - call: send 1000\n"
      "  - wait: 1s\n"
      "  - state: ESTABLISHED\n";

  void SetUp() override {
    Program::SetUp();
    write("talk.yaml", kTalk);
  }

  /// The capture of one instance on the reference stack with a fault, or with none.
  void capture(const std::string& fault, const std::string& ip) const {
    const std::string target = fault.empty() ? "reference" : "reference:fault=" + fault;
    const Ran ran = run({"run", "talk.yaml[ip=" + ip + "]", "--target", target, "--pcap", "."});
    ASSERT_LE(ran.status, 1) << ran.error;
    std::filesystem::rename(folder_ / ("talk[ip=" + ip + "].pcapng"), folder_ / "talk.pcapng");
  }
};

TEST_F(Check, PassesWhatTheReferenceDid) {
  for (const std::string ip : {"4", "6"}) {
    capture("", ip);
    const Ran ran = run({"check", "talk.pcapng"});
    EXPECT_EQ(ran.status, 0) << ran.out << ran.error;
    EXPECT_EQ(count(ran.out, "1 passed · 0 failed in "), 1U) << ran.out;
  }
}

TEST_F(Check, FailsWhatACaptureShowsWithItsLadderAndTheCommand) {
  capture("own-mss-on-nonsyn", "4");
  const Ran ran = run({"check", "talk.pcapng", "--json", "out", "--junit", "out.xml"});
  EXPECT_EQ(ran.status, 1) << ran.out << ran.error;
  EXPECT_EQ(count(ran.out, "violates  MUST-65 (MUST), RFC 9293 §3.2"), 1U) << ran.out;
  EXPECT_EQ(count(ran.out, "[mss-option-only-on-syn]"), 1U) << ran.out;
  EXPECT_EQ(count(ran.out, "│◀── SYN,ACK seq=0 ack=1 "), 1U) << ran.out;
  EXPECT_EQ(count(ran.out, "  replay    tcprove check talk.pcapng\n"), 1U) << ran.out;
  const Json json = Json::parse(testing::read_octets(folder_ / "out"), nullptr, false);
  EXPECT_EQ(json["scenarios"][0]["file"], "talk.pcapng");
  EXPECT_EQ(json["scenarios"][0]["verdict"], "fail");
  EXPECT_EQ(json["scenarios"][0]["violations"][0]["rule"], "mss-option-only-on-syn");
  EXPECT_EQ(count(testing::read_octets(folder_ / "out.xml"), "<failure "), 1U);
}

TEST_F(Check, JudgesTheSideThatIsNamed) {
  capture("own-mss-on-nonsyn", "4");
  const Ran peer = run({"check", "talk.pcapng", "--stack", "192.0.2.2"});
  EXPECT_EQ(peer.status, 0) << peer.out << peer.error;
  const Ran nobody = run({"check", "talk.pcapng", "--stack", "192.0.2.9:7"});
  EXPECT_EQ(nobody.status, 2);
  EXPECT_EQ(nobody.error,
            "talk.pcapng: error: no TCP segment of the side that --stack names; segments come from "
            "192.0.2.2:40000, 192.0.2.1:7\n");
}

TEST_F(Check, SaysThatNothingIsKnownOfAConnectionUnderWay) {
  capture("", "4");
  // Frames are blocks of their own; the handshake's first two are behind the section's head.
  std::string octets = testing::read_octets(folder_ / "talk.pcapng");
  const auto block_end = [&octets](std::size_t at) {
    return at + static_cast<unsigned char>(octets.at(at + 4)) +
           std::size_t{256} * static_cast<unsigned char>(octets.at(at + 5));
  };
  const std::size_t frames = block_end(block_end(0));
  const std::size_t third = block_end(block_end(frames));
  octets.erase(frames, third - frames);
  write("middle.pcapng", octets);
  const Ran ran = run({"check", "middle.pcapng"});
  EXPECT_EQ(ran.status, 0) << ran.error;
  EXPECT_EQ(count(ran.out, "0 passed · 0 failed · 1 inconclusive in "), 1U) << ran.out;
}

TEST_F(Check, TellsWhatIsWrongWithAFile) {
  capture("", "4");
  const std::string whole = testing::read_octets(folder_ / "talk.pcapng");
  write("cut.pcapng", whole.substr(0, whole.size() - 2));
  const Ran cut = run({"check", "cut.pcapng"});
  EXPECT_EQ(cut.status, 2);
  EXPECT_EQ(count(cut.error, "cut.pcapng: error: octet "), 1U) << cut.error;
  EXPECT_EQ(count(cut.out, "1 passed"), 1U) << "what came before is judged";

  write("junk", "this is not a capture");
  EXPECT_EQ(run({"check", "junk"}).error, "junk: error: octet 0: neither pcap nor pcapng\n");
  for (const std::string path : {"junk", "absent", ".", "/dev/null"}) {
    const Ran ran = run({"check", path});
    EXPECT_EQ(ran.status, 2) << path;
    EXPECT_EQ(ran.out, "");
    EXPECT_TRUE(ran.error.starts_with(path + ": error: ")) << ran.error;
  }
  const Ran side = run({"check", "junk", "--stack", "somebody"});
  EXPECT_EQ(side.status, 2);
  EXPECT_EQ(count(side.error, "\"somebody\" is no ADDR"), 1U) << side.error;
  EXPECT_EQ(run({"check", "junk", "--json", "junk"}).status, 2);
  EXPECT_EQ(testing::read_octets(folder_ / "junk"), "this is not a capture");
}

}  // namespace
}  // namespace tcprove::cli
