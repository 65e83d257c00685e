#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "harness/adapter/process/process_adapter.hpp"
#include "harness/scenario/schema_validator.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::adapter::process {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(TCPROVE_SOURCE_DIR) / "harness/adapter/process";

std::vector<std::string> lines_of(const fs::path& path) {
  std::vector<std::string> lines;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// The lines of README's transcript: what tcprove asks and what the child answers.
struct Transcript {
  std::vector<std::string> asked;
  std::vector<std::string> answered;
};

Transcript of_readme() {
  constexpr std::string_view kAsked = "→ ";
  constexpr std::string_view kAnswered = "← ";
  Transcript transcript;
  for (const std::string& line : lines_of(kFolder / "README.md")) {
    if (line.starts_with(kAsked)) transcript.asked.push_back(line.substr(kAsked.size()));
    if (line.starts_with(kAnswered)) transcript.answered.push_back(line.substr(kAnswered.size()));
  }
  return transcript;
}

std::vector<std::uint8_t> packet(const ResetOptions& link, wire::Segment segment) {
  segment.source_port = 40000;
  segment.destination_port = 7;
  segment.wnd = 65535;
  std::vector<std::uint8_t> octets;
  wire::encode({.source = link.peer, .destination = link.stack, .segment = segment}, {}, octets);
  return octets;
}

/// A short life of one connection.
void live(Adapter& adapter) {
  using tcp::CallKind;
  const ResetOptions link{.seed = 1,
                          .stack = *wire::parse_address("192.0.2.1"),
                          .peer = *wire::parse_address("192.0.2.2")};
  const wire::FourTuple tuple{.stack = {link.stack, 7}, .peer = {link.peer, 40000}};
  const wire::SeqNum seq(1'000'001);
  const wire::SeqNum ack(2654435762U);
  ASSERT_FALSE(adapter.reset(link));
  const auto listener = adapter.call({.kind = CallKind::Listen, .local = tuple.stack});
  adapter.deliver(packet(link, {.seq = wire::SeqNum(1'000'000), .ctl = wire::Flag::Syn}));
  adapter.deliver(packet(link, {.seq = seq, .ack = ack, .ctl = wire::Flag::Ack}));
  EXPECT_EQ(adapter.state(tuple), tcp::State::Established);
  const auto connection = adapter.call({.kind = CallKind::Accept, .handle = listener.handle});
  const std::vector<std::uint8_t> hello{'h', 'e', 'l', 'l', 'o'};
  adapter.deliver(packet(link, {.seq = seq, .ack = ack, .ctl = wire::Flag::Ack, .payload = hello}));
  std::vector<std::uint8_t> buffer(100);
  adapter.call({.kind = CallKind::Receive, .handle = connection.handle, .buffer = buffer});
  adapter.call({.kind = CallKind::Receive, .handle = connection.handle, .buffer = buffer});
  adapter.call({.kind = CallKind::Set,
                .handle = connection.handle,
                .option = tcp::UserOption::NoDelay,
                .value = 1});
  adapter.call({.kind = CallKind::Send, .handle = connection.handle, .octets = hello});
  adapter.advance(std::chrono::seconds(2));
  adapter.call({.kind = CallKind::Abort, .handle = connection.handle});
  EXPECT_EQ(adapter.failure(), nullptr) << adapter.failure()->message;
}

class Played : public ::testing::Test {
 protected:
  void SetUp() override {
    if (std::system("python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))'") != 0) {
      GTEST_SKIP() << "no Python 3.9";
    }
    std::string name = (fs::temp_directory_path() / "tcprove-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path folder_;
};

TEST_F(Played, IsWhatTheReadmeShows) {
  const fs::path asked = folder_ / "asked";
  const fs::path answered = folder_ / "answered";
  {
    auto adapter = start_process(fmt::format("tee '{}' | python3 '{}' | tee '{}'", asked.string(),
                                             (kFolder / "example/tiny_adapter.py").string(),
                                             answered.string()));
    ASSERT_TRUE(adapter) << adapter.error().message;
    live(*adapter.value());
  }
  const Transcript transcript = of_readme();
  EXPECT_EQ(lines_of(asked), transcript.asked);
  EXPECT_EQ(lines_of(answered), transcript.answered);
}

TEST(Transcript, IsWhatTheSchemaAllows) {
  std::ostringstream schema;
  schema << std::ifstream(kFolder / "protocol.schema.json").rdbuf();
  const auto json = nlohmann::json::parse(schema.str(), nullptr, false);
  ASSERT_TRUE(json.is_object());
  const Transcript transcript = of_readme();
  ASSERT_GT(transcript.asked.size(), 10U);
  ASSERT_EQ(transcript.asked.size(), transcript.answered.size());
  const scenario::SchemaValidator validator(json);
  for (const auto& lines : {transcript.asked, transcript.answered}) {
    for (const std::string& line : lines) {
      EXPECT_EQ(validator.mistakes(nlohmann::json::parse(line, nullptr, false)),
                std::vector<std::string>())
          << line;
    }
  }
  EXPECT_NE(validator.mistakes(nlohmann::json::parse(R"({"jsonrpc":"2.0","id":1})")),
            std::vector<std::string>());
}

}  // namespace
}  // namespace tcprove::adapter::process
