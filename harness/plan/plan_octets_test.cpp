#include "harness/plan/plan_octets.hpp"

#include <random>

#include <gtest/gtest.h>

#include "harness/plan/words.hpp"

namespace tcprove::plan {
namespace {

using OctetVector = std::vector<std::uint8_t>;

OctetVector random_octets(std::uint32_t seed, std::size_t size) {
  std::mt19937 engine(seed);
  OctetVector octets(size);
  for (std::uint8_t& octet : octets) octet = static_cast<std::uint8_t>(engine());
  return octets;
}

/// One record behind a header of zeros.
Plan plan_of_record(OctetVector record) {
  record.insert(record.begin(), kHeaderOctets, 0);
  return plan_of(record);
}

TEST(PlanOctets, NoOctetsAreAPassivePlanWithoutSteps) {
  const Plan plan = plan_of({});
  EXPECT_TRUE(plan.steps.empty());
  EXPECT_EQ(plan.connections.size(), 1U);
  EXPECT_EQ(plan.role, Role::Passive);
}

TEST(PlanOctets, ARecordOfZerosIsAPlainAck) {
  const Plan plan = plan_of_record(OctetVector(kStepOctets));
  ASSERT_EQ(plan.steps.size(), 1U);
  EXPECT_EQ(plan.steps[0].text, "send: ACK");
}

TEST(PlanOctets, AnyOctetsGiveAPlanThatEncodesAgain) {
  for (std::uint32_t seed = 1; seed <= 2000; ++seed) {
    const Plan plan = plan_of(random_octets(seed, seed % 400));
    const auto octets = octets_of(plan);
    ASSERT_TRUE(octets.has_value()) << seed;
    ASSERT_EQ(plan_of(*octets), plan) << seed;
  }
}

TEST(PlanOctets, TheVersionOctetOfAnotherFormatIsReadAsThisOne) {
  OctetVector octets = random_octets(7, 100);
  const Plan plan = plan_of(octets);
  octets[0] = kFormatVersion;
  EXPECT_EQ(plan_of(octets), plan);
  EXPECT_EQ(octets_of(plan)->front(), kFormatVersion);
}

TEST(PlanOctets, ARecordCanSayWhatAUserSetsAndWhatIcmpTells) {
  OctetVector records(3 * kStepOctets);
  records[0] = 0xe0;  // Set
  records[2] = 4;     // dscp
  records[4] = 46;
  records[kStepOctets] = 0xd8;  // ICMP
  records[kStepOctets + 2] = 4;
  records[kStepOctets + 3] = 2;
  records[2 * kStepOctets] = 0xf6;  // Report
  const Plan plan = plan_of_record(records);
  ASSERT_EQ(plan.steps.size(), 3U);
  EXPECT_EQ(plan.steps[0].text, "call: set dscp 46");
  EXPECT_EQ(plan.steps[1].text, "send: ICMP fragmentation-needed seq=SND.UNA mtu=1280");
  EXPECT_EQ(plan.steps[2].text, "call: report");
}

TEST(PlanOctets, OptionsAreComposedOfPieces) {
  OctetVector record(kStepOctets);
  record[16] = 0xa1;  // 161 % 7: none.
  EXPECT_EQ(plan_of_record(record).steps[0].text, "send: ACK options=<>");
  record[16] = 0xa3;  // Two.
  record[26] = 1;
  record[27] = 0xe0;  // The first broken one.
  EXPECT_EQ(plan_of_record(record).steps[0].text,
            "send: ACK options=<mss 1460, mss 1460 length 0>");
}

TEST(PlanOctets, APeerThatUsesItsClockDoesSoOnEachSegment) {
  OctetVector octets(kHeaderOctets + kStepOctets);
  octets[1] = 0xe0;
  const Plan plan = plan_of(octets);
  EXPECT_EQ(to_string(plan.peer.syn_options), "<mss 1460, ts 1000 echo>");
  EXPECT_EQ(plan.steps[0].text, "send: ACK options=<ts 1000 echo>");
  EXPECT_EQ(plan_of(*octets_of(plan)), plan);
}

TEST(PlanOctets, SegmentsThatAreJoinedAreSentTogether) {
  OctetVector records(2 * kStepOctets);
  records[1] = 0xc0;   // Joined with the next.
  records[19] = 0xd1;  // Arrives behind those with a smaller key.
  const Plan plan = plan_of_record(records);
  ASSERT_EQ(plan.steps.size(), 1U);
  EXPECT_EQ(plan.steps[0].text, "reorder: ACK | ACK, arrive: 2 1");
}

TEST(PlanOctets, AClassThatIsSwitchedOffDoesNotHappen) {
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    OctetVector octets = random_octets(seed, 400);
    octets[7] = 0xff;
    octets[8] = 0xff;
    for (const Step& step : plan_of(octets).steps) {
      EXPECT_FALSE(std::holds_alternative<SendIcmp>(step.action));
      const auto* send = std::get_if<Send>(&step.action);
      if (send == nullptr) continue;
      EXPECT_FALSE(send->sent[0].from.has_value());
      EXPECT_FALSE(send->sent[0].ip_options.has_value());
      EXPECT_FALSE(send->sent[0].ecn.has_value());
      EXPECT_FALSE(send->sent[0].ctl.has(wire::Flag::Ece));
      EXPECT_EQ(verb_of(*send), "send");
      EXPECT_FALSE(send->sent[0].ctl.has(wire::Flag::Rst));
      EXPECT_FALSE(send->sent[0].checksum_bad);
      EXPECT_FALSE(send->sent[0].options.has_value());
    }
  }
}

TEST(PlanOctets, NoMoreStepsAreReadThanTheLimit) {
  const Plan plan = plan_of(OctetVector(kHeaderOctets + 2 * kStepsMax * kStepOctets));
  EXPECT_EQ(plan.steps.size(), kStepsMax);
}

TEST(PlanOctets, APlanThatExpectsHasNone) {
  Plan plan = plan_of({});
  plan.steps.push_back({.action = ExpectNothing{}});
  EXPECT_EQ(octets_of(plan), std::nullopt);
}

TEST(PlanOctets, NumbersNextToASymbolHaveSomeAndFarFetchedOnesNone) {
  Plan plan = plan_of({});
  SegmentText segment{.ctl = wire::Flag::Ack};
  segment.seq = Expr{.constant = 101, .terms = {{.symbol = Symbol::Irs}}};
  segment.text = to_string(segment);
  plan.steps.push_back(
      {.action = Send{.sent = {segment}, .arrive = {0}}, .text = "send: " + segment.text});
  const auto octets = octets_of(plan);
  ASSERT_TRUE(octets.has_value());
  EXPECT_EQ(plan_of(*octets), plan);
  std::get<Send>(plan.steps[0].action).sent[0].seq = Expr{.terms = {{.divisor = 7}}};
  EXPECT_EQ(octets_of(plan), std::nullopt);
}

}  // namespace
}  // namespace tcprove::plan
