#include "harness/testing/played.hpp"

namespace tcprove::engine {
namespace {

using testing::Played;
using wire::Flag;
using Kind = Outcome::Kind;

/// The stack's user is a program, and where the stack is nobody asks us.
class PlayBesideAService : public Played {
 protected:
  PlayBesideAService() { stack_.profile_data.service = adapter::Service::Echo; }

  const std::string asked_twice =
      "\n- send: ACK len=10\n- expect: ACK seq=1 ack=11\n"
      "- send: ACK len=10\n- expect: ACK seq=1 ack=21\n";
};

TEST_F(PlayBesideAService, HoldsNothingAgainstTheStackThatItsServiceDid) {
  answer({{.ack = 11}, {.ack = 11, .len = 10}});
  answer({{.seq = 11, .ack = 21}});
  play_established(asked_twice);
  EXPECT_EQ(outcome_.kind, Kind::Unsupported) << why();
  EXPECT_EQ(outcome_.reason, "the echo service sends by itself");
  EXPECT_TRUE(outcome_.still_judged);

  answers_.clear();
  answer({{.ack = 11, .len = 10}});
  answer({{.seq = 11, .ack = 21}});
  play_established(
      "\n- send: ACK len=10\n- {expect: ACK seq=1 ack=11, lost: true}\n"
      "- send: ACK seq=11 ack=1 len=10\n- expect: ACK seq=1 ack=21\n");
  EXPECT_EQ(outcome_.kind, Kind::Unsupported) << why();

  stack_.profile_data.service = adapter::Service::Discard;
  answers_.clear();
  answer({{.ctl = Flag::Fin | Flag::Ack, .ack = 11}});
  EXPECT_EQ(play_established("\n- send: FIN,ACK len=10\n- expect: ACK seq=1 ack=12\n").reason,
            "the discard service closes by itself");
}

TEST_F(PlayBesideAService, StillFailsWhereTheServiceDidNothing) {
  answer({{.ack = 11}});
  answer({{.ack = 11}});
  play_established(asked_twice);
  EXPECT_EQ(outcome_.kind, Kind::Failed) << why();
}

TEST_F(PlayBesideAService, AnswersForWhatItsServiceReceivedAndNotForWhatItDidNot) {
  tcp::CallResult received{.octets = 10};
  stack_.on_call = [&](const tcp::UserCall& call) -> tcp::CallResult {
    if (call.kind == tcp::CallKind::Receive) return received;
    return {.handle = 1, .peer = {.address = {}, .port = 40000}};
  };
  const std::string asked = "\n- send: ACK len=10\n- expect: ACK ack=11\n- receive: 10\n";
  answer({{.ack = 11, .len = 10}});
  EXPECT_EQ(play_established(asked).kind, Kind::Failed) << why();
  received = {.status = tcp::CallStatus::EndOfStream};
  answers_.clear();
  answer({{.ack = 11, .len = 10}});
  EXPECT_EQ(play_established(asked).kind, Kind::Unsupported) << why();
}

TEST_F(PlayBesideAService, StillHoldsWhereNoStepMindsTheService) {
  answer({{.ack = 11}, {.ack = 11, .len = 10}});
  play_established("\n- send: ACK len=10\n- expect: ACK ack=11\n");
  EXPECT_EQ(outcome_.kind, Kind::Held) << why();
}

TEST_F(PlayBesideAService, FindsConnectionsWhereTheAdapterHasPutThem) {
  stack_.on_place = [](wire::FourTuple planned) {
    planned.peer.port = 1234;
    planned.stack.port = 99;
    return planned;
  };
  play_steps("\n- call: listen\n- send: SYN\n- wait: 1ms\n- expect: nothing for 1ms\n");
  EXPECT_EQ(outcome_.kind, Kind::Held) << why();
  EXPECT_EQ(last(trace::EventKind::Sent).source_port, 1234);
  EXPECT_EQ(last(trace::EventKind::Sent).destination_port, 99);
}

TEST_F(PlayBesideAService, TakesLeaveHoweverAPlayEnds) {
  play_steps("\n- call: listen\n- expect: nothing for 1ms\n");
  EXPECT_EQ(stack_.leaves, 1);
  play_steps("\n- call: listen\n- expect: ACK\n");
  EXPECT_EQ(outcome_.kind, Kind::Failed);
  EXPECT_EQ(stack_.leaves, 2);
}

TEST_F(PlayBesideAService, IsUnsupportedWhereTheAdapterSaysWhatIsOutOfItsReach) {
  stack_.failed = adapter::AdapterError{.message = "too long", .out_of_reach = true};
  play_steps("\n- call: listen\n- expect: nothing for 1ms\n");
  EXPECT_EQ(outcome_.kind, Kind::Unsupported);
  EXPECT_EQ(outcome_.reason, "too long");
  EXPECT_FALSE(outcome_.still_judged);
  stack_.failed->out_of_reach = false;
  EXPECT_EQ(play_steps("\n- call: listen\n- expect: nothing for 1ms\n").kind, Kind::Error);
}

}  // namespace
}  // namespace tcprove::engine
