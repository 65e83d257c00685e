#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "harness/adapter/registry.hpp"
#include "harness/campaign/campaign.hpp"
#include "harness/campaign/corpus_folder.hpp"
#include "harness/plan/plan_octets.hpp"

namespace tcprove::property {
namespace {

namespace fs = std::filesystem;

/// A mistake of the reference stack, how it shows, and the shortest way to it that is known.
struct Defect {
  std::string_view fault;
  std::string_view finding;
  std::string_view shortest;  ///< Events, separated by semicolons.

  [[nodiscard]] std::size_t events() const {
    return static_cast<std::size_t>(std::ranges::count(shortest, ';')) + 1;
  }
};

constexpr Defect kDefects[] = {
    {"syn-not-counted-in-ack", "3.5-three-way-handshake.syn-ack-acknowledges-a-syn.LISTEN",
     "listen; SYN"},
    {"synack-not-retransmitted", "MUST-22.syn-is-sent-again.CLOSED", "connect; wait"},
    {"dup-syn-synrcvd-rst",
     "3.10.7.4-unacceptable-draws-ack.syn-received-keeps-from-reset.SYN-RECEIVED",
     "listen; SYN; SYN"},
    {"dup-syn-advances-rcvnxt", "3.4-ack-is-cumulative.ack-not-beyond-received.SYN-RECEIVED",
     "listen; SYN; SYN"},
    {"synack-ack-iss-accepted", "3.10.7.3-other-segment-dropped.syn-sent-emits-only-syns.SYN-SENT",
     "connect; SYN,ACK of the number before"},
    {"old-dup-synack-not-reset", "3.10.7.3-other-segment-dropped.syn-sent-emits-only-syns.SYN-SENT",
     "connect; SYN,ACK of another number"},
    {"synsent-halfopen-no-rst",
     "3.10.7.3-unacceptable-ack-draws-reset.bad-ack-in-syn-sent-draws-reset.SYN-SENT",
     "connect; ACK of another number; wait"},
    {"synsent-fin-processed", "3.10.7.3-other-segment-dropped.syn-sent-emits-only-syns.SYN-SENT",
     "connect; FIN"},
    {"sim-open-ack-instead-of-synack", "MUST-10.syn-in-syn-sent-draws-syn-ack.SYN-SENT",
     "connect; SYN; wait"},
    {"synrcvd-ack-too-low", "3.3.2-state-follows-events.state-follows-events.SYN-RECEIVED",
     "listen; SYN; ACK of less"},
    {"synrcvd-bad-ack-no-rst",
     "3.10.7.4-syn-received-bad-ack-draws-reset.bad-ack-in-syn-received-draws-reset.SYN-RECEIVED",
     "listen; SYN; ACK of another number; wait"},
    {"accept-before-established",
     "3.5-three-way-handshake.accept-follows-the-handshake.SYN-RECEIVED", "listen; SYN; accept"},
    {"rst-for-listen-fin", "3.10.7.2-other-segment-dropped.listen-drops-other-segments.LISTEN",
     "listen; FIN"},
    {"synsent-rst-answered", "3.5.2-reset-draws-no-reset.reset-draws-no-reset.SYN-SENT",
     "connect; RST"},
    {"close-in-synrcvd-without-fin", "3.3.2-state-follows-events.state-follows-events.SYN-RECEIVED",
     "connect; SYN; close"},
    {"pure-ack-consumes", "3.4-no-number-is-left-out.no-number-is-left-out.SYN-SENT",
     "connect; SYN,ACK"},
    {"fin-not-consuming", "3.10.7.4-data-acknowledged.ack-is-rcv-nxt.ESTABLISHED",
     "connect; SYN,ACK; FIN,ACK"},
    {"ack-unsent-silent", "3.10.7.4-ack-of-unsent-draws-ack.ack-of-unsent-draws-ack.ESTABLISHED",
     "connect; SYN,ACK; ACK of what was never sent; wait"},
    {"oow-no-ack", "3.10.7.4-unacceptable-draws-ack.unacceptable-segment-draws-ack.ESTABLISHED",
     "connect; SYN,ACK; ACK outside the window; wait"},
    {"tw-one-msl", "MUST-13.time-wait-lasts-two-msl.TIME-WAIT",
     "connect; SYN,ACK; close; FIN,ACK; wait"},
};
static_assert(std::size(kDefects) == 20);

class ShrunkDefect : public ::testing::TestWithParam<Defect> {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "shrunk-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path folder_;
};

/// Where a plan is shorter than the shortest known the table is to be mended.
TEST_P(ShrunkDefect, HasAtMostTwoEventsMoreThanTheShortestKnown) {
  const Defect& defect = GetParam();
  const auto never = [] { return false; };
  const std::string target = "reference:fault=" + std::string(defect.fault);
  const auto stack = adapter::make_adapter(target);
  ASSERT_TRUE(stack.ok());
  const std::string file = std::string(defect.finding) + ".plan";
  // Most are found at once.
  for (const std::uint64_t runs : {2048, 16384}) {
    if (fs::exists(folder_ / file)) break;
    campaign::run_campaign({.target = target,
                            .offered = stack.value()->profile().capabilities,
                            .workers = 2,
                            .seed = 3,
                            .runs = runs,
                            .out = folder_},
                           {.found = [](const auto&) {},
                            .round = [](const auto&) {},
                            .out_of_time = never,
                            .interrupted = never});
  }
  const auto plans = campaign::read_plans(folder_, file);
  ASSERT_EQ(plans.size(), 1U) << "not found: " << defect.finding;
  const std::size_t events = plan::plan_of(plans.front()).steps.size();
  EXPECT_LE(events, defect.events() + 2);
  EXPECT_GE(events, defect.events()) << "shorter than " << defect.shortest;
}

INSTANTIATE_TEST_SUITE_P(Defects, ShrunkDefect, ::testing::ValuesIn(kDefects),
                         [](const auto& tested) {
                           std::string name(tested.param.fault);
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace tcprove::property
