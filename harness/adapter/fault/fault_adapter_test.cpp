#include "harness/adapter/fault/fault_adapter.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/testing/fake_adapter.hpp"
#include "harness/wire/segment_words.hpp"

namespace tcprove::adapter::fault {
namespace {

using namespace std::chrono_literals;
using wire::Flag;
using wire::SeqNum;

/// A fault on the wire of a stack that does what the test says.
class FaultOnWire : public ::testing::Test {
 protected:
  void spoil(const WireFault& fault) {
    auto stack = std::make_unique<testing::FakeAdapter>();
    stack_ = stack.get();
    stack_->on_segment = [this](const wire::Packet& packet) {
      arrived_.push_back(to_string(packet.segment, {}));
      arrived_intact_ = packet.flaws.none();
    };
    spoiled_ = make_fault_adapter(fault, std::move(stack));
    spoiled_->reset(
        {.stack = *wire::parse_address("192.0.2.1"), .peer = *wire::parse_address("192.0.2.2")});
  }
  void spoil(const char* fault) { spoil(*find_wire_fault(fault)); }

  void send(wire::Segment segment, const wire::Lies& lies = {}) {
    segment.source_port = 40000;
    segment.destination_port = 7;
    wire::Packet packet;
    packet.source = *wire::parse_address("192.0.2.2");
    packet.destination = *wire::parse_address("192.0.2.1");
    packet.segment = segment;
    std::vector<std::uint8_t> octets;
    encode(packet, lies, octets);
    spoiled_->deliver(octets);
  }

  /// The handshake of a passive open: ISS 100 here, 500 at the peer.
  void shake_hands() {
    send({.seq = SeqNum(500), .ctl = Flag::Syn, .wnd = 9000});
    stack_->emit({.seq = SeqNum(100), .ack = SeqNum(501), .ctl = Flag::Syn | Flag::Ack});
    spoiled_->settle();
    send({.seq = SeqNum(501), .ack = SeqNum(101), .ctl = Flag::Ack, .wnd = 9000});
    spoiled_->outbox().clear();
    arrived_.clear();
  }

  /// What has left since the last call, each with its instant.
  std::vector<std::string> left() {
    spoiled_->settle();
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < spoiled_->outbox().size(); ++i) {
      const wire::Packet packet = wire::decode(spoiled_->outbox().packet(i));
      std::string line =
          fmt::format("{} {}", base::to_string(spoiled_->outbox().at(i).time_since_epoch()),
                      to_string(packet.segment, {}));
      lines.push_back(line);
    }
    spoiled_->outbox().clear();
    return lines;
  }

  std::unique_ptr<Adapter> spoiled_;
  testing::FakeAdapter* stack_ = nullptr;
  std::vector<std::string> arrived_;
  bool arrived_intact_ = false;
};

using Lines = std::vector<std::string>;

TEST_F(FaultOnWire, LeavesAloneWhatItIsNotAbout) {
  const WireFault none{.named = {"none", "", ""}};
  spoil(none);
  shake_hands();
  send({.seq = SeqNum(501), .ctl = Flag::Ack, .wnd = 1}, {.checksum_bad = true});
  EXPECT_EQ(arrived_, (Lines{"ACK seq=501 ack=0 wnd=1"}));
  EXPECT_FALSE(arrived_intact_);
  stack_->emit({.seq = SeqNum(101), .ack = SeqNum(501), .ctl = Flag::Ack, .wnd = 7});
  const std::vector<std::uint8_t> noise{1, 2, 3};
  stack_->emit_octets(noise);
  spoiled_->settle();
  ASSERT_EQ(spoiled_->outbox().size(), 2U);
  EXPECT_EQ(spoiled_->outbox().packet(1).size(), noise.size());
}

TEST_F(FaultOnWire, PassesOnWhatTheStackIsAskedAndAnswers) {
  spoil("ack-too-late");
  EXPECT_EQ(spoiled_->profile().name, "fault=ack-too-late,fake");
  spoiled_->set_iss(SeqNum(9));
  EXPECT_EQ(stack_->iss, SeqNum(9));
  stack_->on_state = [](const wire::FourTuple&) { return tcp::State::Closing; };
  EXPECT_EQ(spoiled_->state({}), tcp::State::Closing);
  spoiled_->call({.kind = tcp::CallKind::Close});
  EXPECT_EQ(stack_->calls, (std::vector{tcp::CallKind::Close}));
  stack_->after(3s, [] {});
  EXPECT_EQ(spoiled_->next_deadline(), 3s);
  EXPECT_TRUE(spoiled_->knows_deadlines());
  stack_->deadlines_known = false;
  EXPECT_FALSE(spoiled_->knows_deadlines());
  stack_->reset_error = AdapterError{"no"};
  EXPECT_TRUE(spoiled_->reset({}));
}

TEST_F(FaultOnWire, DelaysInVirtualTime) {
  spoil("ack-too-late");
  shake_hands();
  spoiled_->advance(1s);
  stack_->emit({.seq = SeqNum(101), .ack = SeqNum(502), .ctl = Flag::Ack});
  EXPECT_EQ(left(), Lines{});
  EXPECT_EQ(spoiled_->next_deadline(), 600ms);
  // What the stack emits meanwhile keeps its own instant and its place in time.
  for (const auto wait : {500ms, 700ms}) {
    stack_->after(wait, [this] {
      stack_->emit({.seq = SeqNum(101),
                    .ack = SeqNum(502),
                    .ctl = Flag::Psh | Flag::Ack,
                    .payload = wire::Octets(reinterpret_cast<const std::uint8_t*>("x"), 1)});
    });
  }
  spoiled_->advance(1s);
  EXPECT_EQ(left(),
            (Lines{"1.5s PSH,ACK seq=101 ack=502 len=1 wnd=0", "1.6s ACK seq=101 ack=502 wnd=0",
                   "1.7s PSH,ACK seq=101 ack=502 len=1 wnd=0"}));
  EXPECT_EQ(spoiled_->next_deadline(), std::nullopt);
}

TEST_F(FaultOnWire, ForgetsAtReset) {
  spoil("ack-too-late");
  shake_hands();
  stack_->emit({.seq = SeqNum(101), .ack = SeqNum(502), .ctl = Flag::Ack});
  EXPECT_EQ(left(), Lines{});
  spoiled_->reset(stack_->resets.back());
  EXPECT_EQ(spoiled_->next_deadline(), std::nullopt);
  // Of an unknown connection no ACK is late.
  stack_->emit({.seq = SeqNum(101), .ack = SeqNum(502), .ctl = Flag::Ack});
  EXPECT_EQ(left().size(), 1U);
}

TEST_F(FaultOnWire, TellsThatTheStackEmittedTooMuch) {
  spoil("ack-one-ahead");
  stack_->outbox().push_room({}, Outbox::kOctetsMax + 1);
  stack_->outbox().push_room({}, Outbox::kOctetsMax + 1);
  spoiled_->settle();
  EXPECT_EQ(spoiled_->outbox().overflowed(), 2U);
}

TEST_F(FaultOnWire, WritesWhatItChangesWithARightChecksum) {
  spoil("ack-one-ahead");
  shake_hands();
  stack_->emit({.seq = SeqNum(101), .ack = SeqNum(501), .ctl = Flag::Ack});
  stack_->emit({.seq = SeqNum(101), .ack = SeqNum(601), .ctl = Flag::Ack});
  EXPECT_EQ(left(), (Lines{"0s ACK seq=101 ack=501 wnd=0", "0s ACK seq=101 ack=602 wnd=0"}));
}

TEST_F(FaultOnWire, MendsAChecksumThatTheStackShouldRefuse) {
  spoil("checksum-unverified");
  shake_hands();
  send({.seq = SeqNum(501), .ctl = Flag::Ack}, {.checksum_bad = true});
  EXPECT_EQ(arrived_.size(), 1U);
  EXPECT_TRUE(arrived_intact_);
}

TEST_F(FaultOnWire, MovesAllNumbersWithAConstantIss) {
  spoil("iss-always-one");
  send({.seq = SeqNum(500), .ctl = Flag::Syn});
  stack_->emit({.seq = SeqNum(100), .ack = SeqNum(501), .ctl = Flag::Syn | Flag::Ack});
  EXPECT_EQ(left(), (Lines{"0s SYN,ACK seq=1 ack=501 wnd=0"}));
  arrived_.clear();
  send({.seq = SeqNum(501), .ack = SeqNum(2), .ctl = Flag::Ack});
  EXPECT_EQ(arrived_, (Lines{"ACK seq=501 ack=101 wnd=0"}));
  // One that was given is the stack's own.
  spoiled_->reset(stack_->resets.back());
  spoiled_->set_iss(SeqNum(100));
  stack_->emit({.seq = SeqNum(100), .ctl = Flag::Syn});
  EXPECT_EQ(left(), (Lines{"0s SYN seq=100 wnd=0"}));
}

TEST_F(FaultOnWire, AnswersForTheStack) {
  spoil("reset-answered-with-reset");
  shake_hands();
  send({.seq = SeqNum(501), .ctl = Flag::Rst});
  EXPECT_EQ(left(), (Lines{"0s RST seq=101 wnd=0"}));
}

TEST_F(FaultOnWire, KnowsARetransmission) {
  spoil("text-sent-once");
  shake_hands();
  const std::vector<std::uint8_t> text{1, 2, 3};
  for (const std::uint32_t seq : {101, 104, 101, 104, 107}) {
    stack_->emit({.seq = SeqNum(seq), .ack = SeqNum(501), .ctl = Flag::Ack, .payload = text});
  }
  EXPECT_EQ(left(),
            (Lines{"0s ACK seq=101 ack=501 len=3 wnd=0", "0s ACK seq=104 ack=501 len=3 wnd=0",
                   "0s ACK seq=107 ack=501 len=3 wnd=0"}));
}

}  // namespace
}  // namespace tcprove::adapter::fault
