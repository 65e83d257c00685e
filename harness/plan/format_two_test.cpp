#include "harness/plan/format_two.hpp"

#include <random>
#include <string>

#include <gtest/gtest.h>

#include "harness/plan/plan_octets.hpp"
#include "harness/plan/words.hpp"

namespace tcprove::plan {
namespace {

using OctetVector = std::vector<std::uint8_t>;

OctetVector random_octets_of_format_two(std::uint32_t seed) {
  std::mt19937 engine(seed);
  OctetVector octets(seed % 700);
  for (std::uint8_t& octet : octets) octet = static_cast<std::uint8_t>(engine());
  // No class of events is switched off.
  if (octets.size() > 8 && seed % 2 == 0) octets[7] = octets[8] = 0;
  if (!octets.empty()) octets[0] = kFormatTwo;
  return octets;
}

/// All that a plan of version 2 could say.
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

TEST(FormatTwo, IsReadAsItWasWritten) {
  EXPECT_EQ(words_of(plan_of(random_octets_of_format_two(154))),
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
            "0 send: PSH seq=RCV.NXT ack=SND.UNA+536 len=RCV.WND-1\n");
}

/// The number was taken with the program that knew versions 1 and 2 alone; FNV-1a of 64 bits.
TEST(FormatTwo, StandsForThePlansThatItStoodFor) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (std::uint32_t seed = 1; seed <= 2000; ++seed) {
    for (const char c : words_of(plan_of(random_octets_of_format_two(seed)))) {
      hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    }
  }
  EXPECT_EQ(hash, 0x95243a6359398919U);
}

TEST(FormatTwo, IsWrittenAnewAsThisVersion) {
  for (std::uint32_t seed = 1; seed <= 100; ++seed) {
    const OctetVector old = random_octets_of_format_two(seed);
    const OctetVector octets = in_this_version(old);
    ASSERT_EQ(octets.front(), kFormatVersion);
    ASSERT_EQ((octets.size() - kHeaderOctets) % kStepOctets, 0U);
    ASSERT_EQ(plan_of(octets), plan_of(old)) << seed;
  }
}

}  // namespace
}  // namespace tcprove::plan
