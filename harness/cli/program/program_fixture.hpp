#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "harness/cli/program/process.hpp"

namespace tcprove::cli {

/// What the program said and answered.
struct Ran {
  int status = 0;
  std::string out;
  std::string error;
};

/// Runs the built program in a folder of its own.
class Program : public ::testing::Test {
 protected:
  /// A scenario that every stack passes.
  static constexpr std::string_view kHolds =
      "# The handshake opens a connection.\n"
      "ip: 4\n"
      "given: ESTABLISHED\n"
      "steps:\n"
      "  - state: ESTABLISHED\n";
  /// The user sends and closes: where a hostile stack misbehaves.
  static constexpr std::string_view kCloses =
      "# The user sends and closes.\n"
      "ip: 4\n"
      "given: ESTABLISHED\n"
      "steps:\n"
      "  - call: send 10\n"
      "  - expect: ACK seq=1 ack=1 len=10\n"
      "  - call: close\n"
      "  - expect: FIN,ACK seq=11 ack=1\n";
  /// A scenario that no stack may pass: line 7 fails.
  static constexpr std::string_view kFails =
      "# A FIN changes nothing.\n"
      "covers: [MUST-13]\n"
      "ip: [4, 6]\n"
      "given: ESTABLISHED\n"
      "steps:\n"
      "  - send: FIN,ACK\n"
      "  - state: ESTABLISHED\n";
  /// More instances than any pipe holds lines.
  static constexpr std::string_view kLong =
      "# It takes a while.\n"
      "with:\n"
      "  a: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n"
      "  b: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n"
      "  c: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n"
      "  d: [1, 2, 3, 4, 5]\n"
      "given: ESTABLISHED\n"
      "steps:\n"
      "  - wait: ${a}s\n"
      "  - wait: ${b}s\n"
      "  - wait: ${c}s\n"
      "  - wait: ${d}s\n"
      "  - state: ESTABLISHED\n";

  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "tcprove-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = std::filesystem::canonical(name);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(const std::filesystem::path& name, std::string_view text) const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }

  [[nodiscard]] Start start(std::vector<std::string> arguments) const {
    return {.arguments = std::move(arguments),
            .folder = folder_,
            .environment = {"LC_ALL=C.UTF-8", "TERM=xterm"}};
  }

  static Ran finished(const Start& start) {
    Process process(start);
    Ran ran;
    ran.out = process.read_all();
    ran.status = process.wait();
    ran.error = process.error();
    return ran;
  }

  [[nodiscard]] Ran run(std::vector<std::string> arguments) const {
    return finished(start(std::move(arguments)));
  }

  /// `run ARGUMENTS --target reference`.
  [[nodiscard]] Ran judge(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "run");
    arguments.insert(arguments.end(), {"--target", "reference"});
    return run(std::move(arguments));
  }

  std::filesystem::path folder_;
};

/// How often `part` stands in `text`.
inline std::size_t count(std::string_view text, std::string_view part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + part.size())) {
    ++n;
  }
  return n;
}

}  // namespace tcprove::cli
