#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/adapter/registry.hpp"
#include "harness/engine/player.hpp"
#include "harness/engine/workers.hpp"
#include "harness/monitor/monitor.hpp"
#include "harness/scenario/selection.hpp"

namespace tcprove {
namespace {

using Deviations = std::map<std::string, std::string>;

/// What a target is known to do against the RFC, by rule, with the place in its source.
const std::map<std::string, Deviations, std::less<>>& known_deviations() {
  static const std::map<std::string, Deviations, std::less<>> kKnown{
      {"lwip",
       {{"gap-filler-draws-ack",
         "tcp_receive() calls tcp_ack(), which delays, for what is in order"},
        {"reset-has-no-ack-bit", "tcp_rst() sets ACK in every RST"},
        {"syn-in-syn-sent-draws-syn-ack",
         "tcp_process() knows no simultaneous open: in SYN_SENT a SYN without ACK is dropped"},
        {"timeout-backs-off", "tcp_slowtmr() leaves SYN-SENT out of the back-off"},
        {"syn-is-not-given-up", "tcp_slowtmr() gives up after TCP_SYNMAXRTX times 3 s"},
        {"time-wait-lasts-two-msl", "tcp_process() does not refresh pcb->tmr after tcp_close()"},
        {"nothing-new-in-a-shrunk-window", "tcp_receive() tests SND.WL2 < SEG.ACK, not =<"},
        {"delivery-is-in-order", "tcp_receive() keeps the data of a segment that ACKs unsent data"},
        {"ack-not-beyond-received", "tcp_receive() keeps the data of a segment without ACK"}}},
  };
  return kKnown;
}

monitor::StackFacts facts_of(const adapter::StackProfile& profile) {
  const tcp::Capabilities& offered = profile.capabilities;
  return {.msl = profile.msl,
          .challenge_ack = offered.has(tcp::Capability::ChallengeAck),
          .virtual_clock = offered.has(tcp::Capability::VirtualTime),
          .errors_told = offered.has(tcp::Capability::UserErrors),
          .user_seen = offered.has(tcp::Capability::UserSend)};
}

struct Job {
  const scenario::Scenario* scenario;
  const scenario::Instance* instance;
};

/// Plays one instance a job, in a process that may die of it, and answers what the monitor found.
class JudgingRunner : public engine::JobRunner {
 public:
  JudgingRunner(const adapter::Target& target, const std::vector<Job>& jobs)
      : jobs_(jobs), stack_(target.make()), player_(*stack_) {}

  std::vector<std::uint8_t> run(std::size_t job) override {
    const auto& [scenario, instance] = jobs_[job];
    const engine::Outcome outcome = player_.play(scenario->plan(*instance), 1);
    if (outcome.kind == engine::Outcome::Kind::Unsupported) return {};
    std::string lines;
    for (const monitor::Violation& v : judge(player_.trace(), facts_of(stack_->profile()))) {
      lines += fmt::format("{} {} at {}: {}\n", v.rule, instance->id,
                           base::to_string(v.at.time_since_epoch()), v.message);
    }
    return {lines.begin(), lines.end()};
  }

  std::vector<std::uint8_t> last_words() override { return {}; }

 private:
  const std::vector<Job>& jobs_;
  std::unique_ptr<adapter::Adapter> stack_;
  engine::Player player_;
};

/// What the monitor finds in the traces of all scenarios on `target`, a line each.
std::vector<std::string> violations_of(const adapter::Target& target) {
  const std::filesystem::path root = std::filesystem::path(TCPROVE_SOURCE_DIR) / "specs";
  const auto scenarios = scenario::load_scenarios({}, {.specs_root = root});
  if (!scenarios.ok()) return {"unreadable " + base::to_string(scenarios.error())};
  std::vector<Job> jobs;
  for (const scenario::Scenario& scenario : scenarios.value()) {
    for (const scenario::Instance& instance : scenario.instances) {
      jobs.push_back({&scenario, &instance});
    }
  }
  std::vector<std::string> lines;
  const auto done = [&lines](std::size_t, wire::Octets result) {
    std::istringstream text(std::string(result.begin(), result.end()));
    for (std::string line; std::getline(text, line);) lines.push_back(line);
  };
  const auto make = [&] { return std::make_unique<JudgingRunner>(target, jobs); };
  // A stack that crashes fails its scenario where scenarios are run; here it has no trace.
  const std::string error = engine::run_jobs(
      jobs.size(), {}, make,
      {.done = done, .lost = [](const engine::LostJob&) {}, .interrupted = [] { return false; }});
  if (!error.empty()) lines.push_back("unplayable " + error);
  return lines;
}

TEST(JudgedSuite, NoTargetBreaksARuleButAsIsKnown) {
  for (const adapter::Target& target : adapter::targets()) {
    const auto known = known_deviations().find(target.name);
    for (const std::string& line : violations_of(target)) {
      const std::string rule = line.substr(0, line.find(' '));
      const bool expected = known != known_deviations().end() && known->second.contains(rule);
      EXPECT_TRUE(expected) << target.name << ": " << line;
    }
  }
}

}  // namespace
}  // namespace tcprove
