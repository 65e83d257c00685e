#include "property/target_law.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include "harness/engine/workers.hpp"
#include "harness/plan/plan_octets.hpp"
#include "harness/plan/shrink.hpp"
#include "harness/scenario/expected_file.hpp"
#include "property/arbitrary_plan.hpp"

namespace tcprove::property {
namespace {

constexpr std::uint64_t kPlays = 500;
constexpr std::uint64_t kPlaysAJob = 10;
constexpr std::uint64_t kFirstSeed = 9293;

/// Where the stack's own assertions end its process. Each is a way in which a peer kills it, and
/// has a scenario below specs/ (see specs/expected/lwip.yaml).
constexpr std::array kDeathsOfLwip{
    std::string_view("tcp_receive: ooseq tcplen > rcv_wnd"),
    std::string_view("tcp_receive: tcplen > rcv_wnd"),
    std::string_view("insane offset!"),
    std::string_view("mss_local is too small"),
    std::string_view("split <= mss"),
    std::string_view("inconsistent oversize vs. space"),
    std::string_view("persist ticking with empty send buffer"),
};

struct Breach {
  std::string_view rule;
  std::string_view reason;
};

/// What generated plans show of lwIP beside the rules of specs/expected/lwip.yaml: deviations that
/// scenarios show by their own expectations, and what follows from those once it has taken what the
/// text drops.
constexpr std::array<Breach, 29> kBreachesOfLwip{{
    {"abort-succeeds",
     "What follows where data was taken that the text drops: RCV.NXT and the state are others."},
    {"ack-is-rcv-nxt", "What follows where data was taken that the text drops."},
    {"ack-within-500ms",
     "tcp_fasttmr() clears TF_ACK_NOW although Nagle's algorithm stopped tcp_output() before it "
     "sent anything."},
    {"acknowledged-is-not-repeated",
     "A connection ended by what should have been dropped begins anew with the same number."},
    {"close-succeeds",
     "What follows where data was taken that the text drops: RCV.NXT and the state are others."},
    {"closed-window-is-probed",
     "What was cut before an MSS option came past the SYN is never sent again, nor probed with."},
    {"data-is-sent-again",
     "What was sent before an MSS option came past the SYN is larger than the congestion window "
     "ever lets pass."},
    {"data-stays-in-the-window",
     "tcp_receive() takes the window of segments that acknowledge what was never sent, or less "
     "than SND.UNA."},
    {"exact-reset-ends",
     "What follows where data was taken that the text drops: RCV.NXT and the state are others."},
    {"fin-follows-the-data", "tcp_split_unsent_seg() leaves the FIN on the first part."},
    {"fin-is-sent-again",
     "tcp_slowtmr() ends LAST_ACK 2 MSL after pcb->tmr, which tcp_close() does not refresh."},
    {"initial-window-after-lost-syns",
     "tcp_process() sets cwnd to LWIP_TCP_CALC_INITIAL_CWND() whether or not the SYN was lost."},
    {"listen-drops-other-segments",
     "What follows where data was taken that the text drops: RCV.NXT and the state are others."},
    {"nagle",
     "tcp_write() cuts segments by half the largest window so far, and tcp_split_unsent_seg() for "
     "a probe; they go out as they were cut."},
    {"only-resets-without-connection",
     "What follows where a RST without ACK bit, or one past data that was taken, ends or does not "
     "end it."},
    {"out-of-order-draws-ack", "What follows where a FIN without ACK bit was taken."},
    {"probed-connection-stays-open",
     "A window taken from an ACK of less than SND.UNA has it send; it gives that up as lost data."},
    {"reset-in-window-is-challenged",
     "tcp_output() stops at Nagle's algorithm before it sends the ACK that was asked for."},
    {"reset-only-when-due",
     "What follows where data was taken that the text drops: RCV.NXT is another, and so is an "
     "exact RST."},
    {"segment-without-ack-draws-nothing",
     "tcp_receive() skips only its ACK processing when the ACK bit is off; text beyond a gap is "
     "held "
     "and answered."},
    {"segments-are-filled",
     "tcp_write() cuts segments by half the largest window so far, and tcp_split_unsent_seg() for "
     "a probe; they go out as they were cut."},
    {"sender-avoids-silly-windows",
     "tcp_write() cuts segments by half the largest window so far, and tcp_split_unsent_seg() for "
     "a probe; they go out as they were cut."},
    {"state-moves-with-events",
     "What follows where data was taken that the text drops: RCV.NXT and the state are others."},
    {"syn-is-challenged",
     "tcp_output() stops at Nagle's algorithm before it sends the ACK that was asked for."},
    {"syn-is-sent-again",
     "tcp_process() lets a RST without ACK bit end SYN_SENT where its ACK field holds snd_nxt."},
    {"syn-sent-emits-only-syns",
     "tcp_output() sends queued data after the SYN where an ACK with an MSS option came."},
    {"timeout-leaves-one-segment",
     "A window probe is split off the first segment; when a window comes by a segment that should "
     "have been dropped, the rest follows without an ACK."},
    {"unacceptable-segment-draws-ack",
     "tcp_timewait_input() answers only what occupies sequence space."},
    {"window-probes-back-off",
     "A window taken from an ACK of less than SND.UNA starts the persist timer anew."},
}};

std::uint64_t number_of(const char* variable, std::uint64_t otherwise) {
  const char* value = std::getenv(variable);
  return value == nullptr ? otherwise : std::stoull(value);
}

/// Checks a law on kPlaysAJob plans a job, in a process that may die of it.
class LawRunner : public engine::JobRunner {
 public:
  LawRunner(const adapter::Target& target, const Law& law, std::uint64_t first)
      : play_(target), law_(law), first_(first) {}

  std::vector<std::uint8_t> run(std::size_t job) override {
    for (std::uint64_t i = 0; i < kPlaysAJob; ++i) {
      const auto octets = plan::plan_octets_of_seed(first_ + job * kPlaysAJob + i);
      if (law_(play_, octets).empty()) continue;
      const auto shrunk =
          plan::shrink(octets, [this](wire::Octets trial) { return !law_(play_, trial).empty(); });
      const plan::Plan plan = plan::plan_of(shrunk);
      const std::string complaint = law_(play_, shrunk);
      play_.judge(plan);
      const std::string text = complaint + "\n" + play_.story(plan);
      return {text.begin(), text.end()};
    }
    return {};
  }
  std::vector<std::uint8_t> last_words() override { return {}; }

 private:
  JudgedPlay play_;
  const Law& law_;
  std::uint64_t first_;
};

}  // namespace

bool is_known(const adapter::Target& target, const std::string& rule) {
  const bool beside =
      target.name == "lwip" &&
      std::ranges::find(kBreachesOfLwip, rule, &Breach::rule) != std::end(kBreachesOfLwip);
  if (beside) return true;
  const std::filesystem::path path = std::filesystem::path(TCPROVE_SOURCE_DIR) / "specs" /
                                     "expected" / (std::string(target.name) + ".yaml");
  if (!std::filesystem::exists(path)) return false;
  static const auto kExpected = scenario::load_expected(path, nullptr);
  return kExpected.ok() && std::ranges::any_of(kExpected.value().deviations, [&](const auto& d) {
           return d.rule == rule && d.scenario.empty();
         });
}

bool is_known_death(const adapter::Target& target, const std::string& reason) {
  return target.name == "lwip" && std::ranges::any_of(kDeathsOfLwip, [&](std::string_view death) {
           return reason.find(death) != std::string::npos;
         });
}

void check_on_plans(const adapter::Target& target, const Law& law) {
  const std::uint64_t first = number_of("TCPROVE_SEED", kFirstSeed);
  const std::uint64_t plays = number_of("TCPROVE_PLAYS", kPlays);
  std::cout << target.name << ": " << plays << " plans from seed " << first << '\n';
  const auto make = [&] { return std::make_unique<LawRunner>(target, law, first); };
  const auto done = [&](std::size_t, wire::Octets result) {
    if (result.empty()) return;
    ADD_FAILURE() << target.name << ": " << std::string(result.begin(), result.end());
  };
  const auto lost = [&](const engine::LostJob& job) {
    if (is_known_death(target, job.reason)) return;
    ADD_FAILURE() << target.name << ", one of " << kPlaysAJob << " plans from seed "
                  << first + job.job * kPlaysAJob << ": " << job.reason;
  };
  const std::string error = engine::run_jobs(
      plays / kPlaysAJob, {.workers = 2, .job_time = std::chrono::minutes(1)}, make,
      {.done = done, .lost = lost, .interrupted = [] { return ::testing::Test::HasFailure(); }});
  EXPECT_EQ(error, "");
}

}  // namespace tcprove::property
