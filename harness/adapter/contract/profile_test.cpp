// What a stack's profile says of it, seen on the wire.

#include "harness/adapter/contract/contract_fixture.hpp"
#include "harness/wire/options.hpp"

namespace tcprove::adapter {
namespace {

using namespace std::chrono_literals;
using enum wire::Flag;

class ProfileContract : public Contract {};
TCPROVE_ON_STACKS(ProfileContract);

TEST_P(ProfileContract, TellsTheOptionsOfASyn) {
  peer.open_actively();
  ASSERT_EQ(answer(), "SYN seq=0");
  const wire::Octets options = peer.segment().options;
  using enum tcp::Capability;
  EXPECT_EQ(wire::find_option<wire::WindowScale>(options).has_value(), offers(WindowScale));
  EXPECT_EQ(wire::find_option<wire::Timestamps>(options).has_value(), offers(Timestamps));
  EXPECT_EQ(wire::find_option<wire::SackPermitted>(options).has_value(), offers(SackPermitted));
  EXPECT_TRUE(wire::find_option<wire::MaximumSegmentSize>(options)) << "RFC 9293 SHLD-5";
}

class PlannedNumbersContract : public Contract {};
TCPROVE_ON_STACKS(PlannedNumbersContract, tcp::Capability::SetIss);

TEST_P(PlannedNumbersContract, AreTheFirstOfBothRoles) {
  stack->set_iss(wire::SeqNum(0xfffffff0));
  peer.listen();
  peer.send(Syn, {});
  ASSERT_EQ(answer(), "SYN,ACK seq=0 ack=1");
  EXPECT_EQ(peer.segment().seq, wire::SeqNum(0xfffffff0));

  TestPeer other = another_peer(1);
  stack->set_iss(wire::SeqNum(5));
  stack->call({.kind = tcp::CallKind::Connect, .peer = other.tuple().peer});
  answer();
  EXPECT_EQ(peer.segment().seq, wire::SeqNum(5));
}

TEST_P(ProfileContract, TellsWhetherItsClockRunsByItself) {
  EXPECT_EQ(stack->clock().has_value(), !offers(tcp::Capability::VirtualTime));
}

class VirtualTimeContract : public Contract {};
TCPROVE_ON_STACKS(VirtualTimeContract, tcp::Capability::VirtualTime);

TEST_P(VirtualTimeContract, FiresATimerAtItsDeadlineAndNotBefore) {
  peer.listen();
  EXPECT_EQ(stack->next_deadline(), std::nullopt);
  peer.send(Syn, {});
  ASSERT_EQ(peer.next(), "SYN,ACK seq=0 ack=1");
  while (peer.next() == "nothing") {
    const auto deadline = stack->next_deadline();
    ASSERT_TRUE(deadline);
    if (*deadline > 1ns) stack->advance(*deadline - 1ns);
    ASSERT_EQ(peer.next(), "nothing");
    stack->advance(1ns);
  }
  EXPECT_LE(peer.at(), stack->profile().initial_rto) << "the SYN,ACK comes again";
}

TEST_P(VirtualTimeContract, StampsWhatIsEmittedOnTheWayWithItsOwnInstant) {
  stack->advance(1h + 7ns);
  EXPECT_EQ(peer.next(), "nothing");
  peer.listen();
  peer.send(Syn, {});
  ASSERT_EQ(peer.next(), "SYN,ACK seq=0 ack=1");
  EXPECT_EQ(peer.at(), 1h + 7ns);
  const auto first = stack->next_deadline();
  stack->advance(30s);
  ASSERT_EQ(peer.next(), "SYN,ACK seq=0 ack=1");
  EXPECT_GE(peer.at(), 1h + 7ns + *first);
  EXPECT_LE(peer.at(), 1h + 7ns + stack->profile().initial_rto);
}

}  // namespace
}  // namespace tcprove::adapter
