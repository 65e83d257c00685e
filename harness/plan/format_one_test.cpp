#include "harness/plan/format_one.hpp"

#include <random>
#include <string>

#include <gtest/gtest.h>

#include "harness/plan/plan_octets.hpp"
#include "harness/plan/words.hpp"

namespace tcprove::plan {
namespace {

using OctetVector = std::vector<std::uint8_t>;

OctetVector random_octets_of_format_one(std::uint32_t seed) {
  std::mt19937 engine(seed);
  OctetVector octets(seed % 400);
  for (std::uint8_t& octet : octets) octet = static_cast<std::uint8_t>(engine());
  if (!octets.empty()) octets[0] = kFormatOne;
  return octets;
}

/// All that a plan of version 1 could say.
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

TEST(FormatOne, IsReadAsItWasWritten) {
  EXPECT_EQ(words_of(plan_of(random_octets_of_format_one(97))),
            "active 6 248 4294967295 32768 <nop, nop, ts 2 1> 1\n"
            "0 call: connect\n"
            "0 send: SYN,ACK\n"
            "0 call: send 10000\n"
            "0 send: PSH,ACK,URG seq=RCV.NXT-100 ack=SND.UNA wnd=2920 up=2\n"
            "0 duplicate: none seq=RCV.WND-16807 ack=SND.NXT+1818782824 wnd=1460 up=0\n"
            "0 reorder: none ack=SND.NXT+1 wnd=1 up=100 | ACK seq=IRS-1, arrive: 2 1\n");
}

/// The number was taken with the program that knew version 1 alone; FNV-1a of 64 bits.
TEST(FormatOne, StandsForThePlansThatItStoodFor) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (std::uint32_t seed = 1; seed <= 2000; ++seed) {
    for (const char c : words_of(plan_of(random_octets_of_format_one(seed)))) {
      hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    }
  }
  EXPECT_EQ(hash, 0x778660ee15f59dc9U);
}

TEST(FormatOne, IsWrittenAnewAsThisVersion) {
  for (std::uint32_t seed = 1; seed <= 100; ++seed) {
    const OctetVector old = random_octets_of_format_one(seed);
    const OctetVector octets = in_this_version(old);
    ASSERT_EQ(octets.front(), kFormatVersion);
    ASSERT_EQ((octets.size() - kHeaderOctets) % kStepOctets, 0U);
    ASSERT_EQ(plan_of(octets), plan_of(old)) << seed;
  }
}

}  // namespace
}  // namespace tcprove::plan
