#include "harness/adapter/tun/flows.hpp"

#include <gtest/gtest.h>

#include "harness/wire/flags.hpp"

namespace tcprove::adapter::tun {
namespace {

using wire::Flag;
using wire::SeqNum;

const wire::IpAddress kStack = *wire::parse_address("10.0.0.2");
const wire::IpAddress kPeer = *wire::parse_address("10.0.0.3");

wire::Packet emitted(wire::Flags ctl, std::uint32_t ack) {
  wire::Packet packet;
  packet.source = kStack;
  packet.destination = kPeer;
  packet.segment.source_port = 7;
  packet.segment.destination_port = 2000;
  packet.segment.ctl = ctl;
  packet.segment.ack = SeqNum(ack);
  return packet;
}

wire::Packet arriving(wire::Flags ctl, std::uint32_t seq) {
  wire::Packet packet;
  packet.source = kPeer;
  packet.destination = kStack;
  packet.segment.source_port = 2000;
  packet.segment.destination_port = 7;
  packet.segment.ctl = ctl;
  packet.segment.seq = SeqNum(seq);
  return packet;
}

std::vector<std::uint32_t> resets_of(const Flows& flows) {
  std::vector<std::uint32_t> numbers;
  for (const auto& octets : flows.resets()) {
    const wire::Packet packet = wire::decode(octets);
    EXPECT_TRUE(packet.flaws.none());
    EXPECT_EQ(packet.segment.ctl, wire::Flags(Flag::Rst));
    EXPECT_EQ(packet.source, kPeer);
    EXPECT_EQ(packet.segment.source_port, 2000);
    EXPECT_EQ(packet.segment.destination_port, 7);
    numbers.push_back(static_cast<std::uint32_t>(wire::distance(SeqNum(0), packet.segment.seq)));
  }
  return numbers;
}

TEST(Flows, AreResetAtWhatTheStackAcknowledgedAndPastWhatItGot) {
  Flows flows;
  flows.note_arrival(arriving(Flag::Syn, 100));
  EXPECT_TRUE(resets_of(flows).empty());  // Nobody has answered.
  flows.note_emission(emitted(Flag::Syn | Flag::Ack, 101));
  EXPECT_EQ(resets_of(flows), (std::vector<std::uint32_t>{101}));
  flows.note_arrival(arriving(Flag::Fin | Flag::Ack, 101));
  EXPECT_EQ(resets_of(flows), (std::vector<std::uint32_t>{101, 102}));
  flows.note_emission(emitted(Flag::Rst | Flag::Ack, 7));
  EXPECT_EQ(resets_of(flows), (std::vector<std::uint32_t>{101, 102}));
  flows.clear();
  EXPECT_TRUE(resets_of(flows).empty());
}

}  // namespace
}  // namespace tcprove::adapter::tun
