#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include <gtest/gtest.h>

#include "harness/monitor/ladder_notation.hpp"
#include "harness/scenario/selection.hpp"
#include "harness/trial/captured.hpp"
#include "harness/trial/judge.hpp"
#include "harness/wire/pcapng.hpp"
#include "property/judged_play.hpp"

// Laws of captures that miss packets, begin late, or hold two connections on one four-tuple: of a
// capture that draws nothing no part draws anything.

namespace tcprove::property {
namespace {

using namespace std::chrono_literals;
using trace::EventKind;

/// A packet that went past whoever captured it.
struct Frame {
  base::Instant at;
  bool to_stack = false;
  std::vector<std::uint8_t> octets;
};
using Frames = std::vector<Frame>;

Frames frames_of(const trace::Trace& trace) {
  Frames frames;
  for (const trace::Event& event : trace.events()) {
    const bool to_stack = event.kind == EventKind::Sent || event.kind == EventKind::Lost;
    const bool from_stack = event.kind == EventKind::Emitted || event.kind == EventKind::Dropped;
    if (!to_stack && !from_stack) continue;
    const wire::Octets octets = trace.octets_of(event);
    frames.push_back({event.at, to_stack, {octets.begin(), octets.end()}});
  }
  return frames;
}

/// Judges what is captured of some frames as `tcprove check` does.
class Check {
 public:
  /// What was found in those of `frames` that `keep` wants, a line each.
  template <class Keep>
  std::string complaints(const Frames& frames, const Keep& keep) {
    std::ostringstream out;
    wire::PcapngWriter writer(out, "");
    for (std::size_t i = 0; i < frames.size(); ++i) {
      using enum wire::PcapngWriter::Direction;
      if (!keep(i)) continue;
      writer.write(frames[i].at, frames[i].to_stack ? ToStack : FromStack, frames[i].octets, "");
    }
    const std::string text = out.str();
    const std::vector<std::uint8_t> file(text.begin(), text.end());
    const trial::Captured captured = trial::read_capture(file, std::nullopt);
    std::string found = captured.error;
    for (const trial::CapturedConnection& connection : captured.connections) {
      for (const auto& violation : judge_.judge(connection.trace, std::nullopt)) {
        found += violation.rule + ": " + violation.message + "\n";
      }
    }
    return found;
  }

  std::string complaints(const Frames& frames) {
    return complaints(frames, [](std::size_t) { return true; });
  }

 private:
  trial::Judge judge_{trial::capture_facts()};
};

/// Every part of `frames` that the laws are about.
void expect_silence(Check& check, const Frames& frames, std::mt19937& numbers) {
  for (std::size_t cut = 0; cut < frames.size(); ++cut) {
    EXPECT_EQ(check.complaints(frames, [cut](std::size_t i) { return i != cut; }), "")
        << "without frame " << cut;
    EXPECT_EQ(check.complaints(frames, [cut](std::size_t i) { return i > cut; }), "")
        << "behind frame " << cut;
  }
  for (std::size_t i = 0; i + 1 < frames.size(); ++i) {
    if (frames[i + 1].at - frames[i].at > 10ms) continue;
    Frames swapped = frames;
    std::swap(swapped[i].octets, swapped[i + 1].octets);
    std::swap(swapped[i].to_stack, swapped[i + 1].to_stack);
    EXPECT_EQ(check.complaints(swapped), "") << "with frame " << i << " behind the next";
  }
  for (const unsigned one_in : {2U, 4U}) {
    std::vector<bool> kept;
    for (std::size_t i = 0; i < frames.size(); ++i) kept.push_back(numbers() % one_in != 0);
    EXPECT_EQ(check.complaints(frames, [&](std::size_t i) { return kept[i]; }), "")
        << "with one frame in " << one_in << " missing";
  }
}

/// `second` behind any first part of `first`.
Frames in_turn(const Frames& first, const Frames& second, std::mt19937& numbers) {
  Frames both(first.begin(),
              first.begin() + static_cast<std::ptrdiff_t>(numbers() % (first.size() + 1)));
  const base::Duration gap = both.empty() ? 0s : both.back().at.time_since_epoch() + 1ms;
  for (Frame frame : second) {
    frame.at += gap;
    both.push_back(std::move(frame));
  }
  return both;
}

TEST(LossyCaptureLaws, OfASilentLadderNoPartDrawsAnything) {
  Check check;
  std::mt19937 numbers(1);  // NOLINT(cert-msc32-c,cert-msc51-cpp): repeats octet for octet.
  std::size_t silent = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(TCPROVE_SOURCE_DIR "/corpus/legal")) {
    std::ifstream in(entry.path());
    std::ostringstream text;
    text << in.rdbuf();
    const monitor::Ladder ladder = monitor::parse_ladder(text.str());
    ASSERT_EQ(ladder.error, std::nullopt);
    SCOPED_TRACE(entry.path().filename());
    const Frames frames = frames_of(ladder.trace);
    EXPECT_EQ(check.complaints(frames), "");
    ++silent;
    expect_silence(check, frames, numbers);
  }
  EXPECT_GE(silent, 60U);
}

TEST(LossyCaptureLaws, OfTheSuitesCapturesNoPartDrawsAnything) {
  const auto target =
      std::ranges::find(adapter::targets(), std::string_view("reference"), &adapter::Target::name);
  JudgedPlay play(*target);
  Check check;
  std::mt19937 numbers(1);  // NOLINT(cert-msc32-c,cert-msc51-cpp): repeats octet for octet.
  const auto scenarios = scenario::load_scenarios({}, {.specs_root = TCPROVE_SOURCE_DIR "/specs"});
  ASSERT_TRUE(scenarios.ok());
  Frames before;
  std::size_t played = 0;
  // Every seventh instance, the same ones each time: all of them take minutes under sanitizers.
  constexpr std::size_t kEach = 7;
  for (const scenario::Scenario& scenario : scenarios.value()) {
    for (const scenario::Instance& instance : scenario.instances) {
      SCOPED_TRACE(instance.id);
      plan::Plan plan = scenario.plan(instance);
      // The next connection on the same ports has numbers of its own.
      const bool other = ++played % 2 == 0;
      if (played % kEach != 0) continue;
      if (other && !plan.absolute_numbers) plan.peer_iss ^= 0x5A5A5A5AU;
      play.judge(plan, other ? 2 : 1);
      const Frames frames = frames_of(play.trace());
      EXPECT_EQ(check.complaints(frames), "") << "whole";
      expect_silence(check, frames, numbers);
      EXPECT_EQ(check.complaints(in_turn(before, frames, numbers)), "") << "behind another";
      before = frames;
    }
  }
}

}  // namespace
}  // namespace tcprove::property
