#include <random>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "harness/plan/format_one.hpp"
#include "harness/plan/format_two.hpp"
#include "harness/plan/plan_octets.hpp"
#include "harness/plan/words.hpp"

namespace tcprove::plan {
namespace {

using OctetVector = std::vector<std::uint8_t>;

OctetVector random_octets(std::uint32_t seed, std::size_t below) {
  std::mt19937 engine(seed);
  OctetVector octets(seed % below);
  for (std::uint8_t& octet : octets) octet = static_cast<std::uint8_t>(engine());
  return octets;
}

OctetVector octets_of_one(std::uint32_t seed) {
  OctetVector octets = random_octets(seed, 400);
  if (!octets.empty()) octets[0] = kFormatOne;
  return octets;
}

OctetVector octets_of_two(std::uint32_t seed) {
  OctetVector octets = random_octets(seed, 700);
  // No class of events is switched off.
  if (octets.size() > 8 && seed % 2 == 0) octets[7] = octets[8] = 0;
  if (!octets.empty()) octets[0] = kFormatTwo;
  return octets;
}

/// All that a plan of these versions could say.
std::string words_of(const Plan& plan) {
  std::string words = plan.role == Role::Active ? "active" : "passive";
  words += plan.ip == wire::IpVersion::V6 ? " 6 " : " 4 ";
  words += plan.stack_iss ? std::to_string(*plan.stack_iss) : "-";
  words += ' ' + std::to_string(plan.peer_iss) + ' ' + std::to_string(plan.peer.wnd) + ' ' +
           to_string(plan.peer.syn_options) + ' ' + std::to_string(plan.connections.size()) + '\n';
  for (const Step& step : plan.steps) {
    words += std::to_string(step.connection) + ' ' + step.text + '\n';
  }
  return words;
}

struct OldFormat {
  OctetVector (*octets)(std::uint32_t seed);
  std::uint32_t seed;
  std::string_view words;  ///< Of the plan of that seed.
  /// Of 2000 plans, FNV-1a of 64 bits, taken with the program that knew no later version.
  std::uint64_t hash;
};

constexpr OldFormat kOldFormats[] = {
    {octets_of_one, 97,
     "active 6 248 4294967295 32768 <nop, nop, ts 2 1> 1\n"
     "0 call: connect\n"
     "0 send: SYN,ACK\n"
     "0 call: send 10000\n"
     "0 send: PSH,ACK,URG seq=RCV.NXT-100 ack=SND.UNA wnd=2920 up=2\n"
     "0 duplicate: none seq=RCV.WND-16807 ack=SND.NXT+1818782824 wnd=1460 up=0\n"
     "0 reorder: none ack=SND.NXT+1 wnd=1 up=100 | ACK seq=IRS-1, arrive: 2 1\n",
     0x778660ee15f59dc9U},
    {octets_of_two, 154,
     "active 4 4294967295 248 32768 <ts 0 0> 1\n"
     "0 call: connect\n"
     "0 send: SYN,ACK\n"
     "0 call: close\n"
     "0 send: ACK\n"
     "0 send: FIN seq=RCV.NXT+RCV.WND+1 ack=ISS+1 wnd=4096 options=<mss 48, mss 48> "
     "from=loopback\n"
     "0 call: listen\n"
     "0 call: set no-delay on\n"
     "0 call: set error-reports off\n"
     "0 send: PSH seq=RCV.NXT ack=SND.UNA+536 len=RCV.WND-1\n",
     0x95243a6359398919U}};

class OldFormats : public ::testing::TestWithParam<OldFormat> {};

TEST_P(OldFormats, AreReadAsTheyWereWritten) {
  EXPECT_EQ(words_of(plan_of(GetParam().octets(GetParam().seed))), GetParam().words);
}

TEST_P(OldFormats, StandForThePlansThatTheyStoodFor) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (std::uint32_t seed = 1; seed <= 2000; ++seed) {
    for (const char c : words_of(plan_of(GetParam().octets(seed)))) {
      hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    }
  }
  EXPECT_EQ(hash, GetParam().hash);
}

TEST_P(OldFormats, AreWrittenAnewAsThisVersion) {
  for (std::uint32_t seed = 1; seed <= 100; ++seed) {
    const OctetVector old = GetParam().octets(seed);
    const OctetVector octets = in_this_version(old);
    ASSERT_EQ(octets.front(), kFormatVersion);
    ASSERT_EQ((octets.size() - kHeaderOctets) % kStepOctets, 0U);
    ASSERT_EQ(plan_of(octets), plan_of(old)) << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(Versions, OldFormats, ::testing::ValuesIn(kOldFormats),
                         [](const auto& tested) { return std::to_string(tested.index + 1); });

}  // namespace
}  // namespace tcprove::plan
