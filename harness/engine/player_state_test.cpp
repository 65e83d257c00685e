#include "harness/testing/played.hpp"

namespace tcprove::engine {
namespace {

using namespace std::chrono_literals;
using tcp::State;
using testing::Played;
using trace::EventKind;
using wire::Flag;
using Kind = Outcome::Kind;

/// A stack whose states are what the test says.
class PlayStates : public Played {
 protected:
  PlayStates() {
    stack_.on_state = [this](const wire::FourTuple& tuple) {
      return tuple.peer.port == 0 ? listener_ : connection_;
    };
  }

  [[nodiscard]] std::vector<State> states_seen() const {
    std::vector<State> states;
    for (const trace::Event& event : player_.trace().events()) {
      if (event.kind == EventKind::State) states.push_back(event.state);
    }
    return states;
  }

  std::optional<State> connection_ = State::Closed;
  State listener_ = State::Closed;
};

TEST_F(PlayStates, HoldInOneOfTheListed) {
  connection_ = State::FinWait2;
  play_steps("\n- state: [FIN-WAIT-1, FIN-WAIT-2]\n");
  EXPECT_EQ(why(), "");
  play_steps("\n- state: [FIN-WAIT-1, CLOSING]\n");
  ASSERT_EQ(outcome_.kind, Kind::Failed);
  EXPECT_EQ(why(), "expected FIN-WAIT-1 or CLOSING, actual FIN-WAIT-2");
}

TEST_F(PlayStates, ListenIsAListenerWithoutAConnection) {
  play_steps("\n- call: listen\n- state: LISTEN\n");
  EXPECT_EQ(why(), "expected LISTEN, actual CLOSED, and nobody listens");
  listener_ = State::Listen;
  play_steps("\n- call: listen\n- state: LISTEN\n- state: CLOSED\n");
  EXPECT_EQ(why(), "");
  connection_ = State::SynReceived;
  play_steps("\n- call: listen\n- state: LISTEN\n");
  EXPECT_EQ(why(), "expected LISTEN, actual SYN-RECEIVED");
}

TEST_F(PlayStates, OfAnActiveOpenerWithoutAPortIsClosed) {
  connection_ = State::Established;  // Of a connection that is another's.
  play("role: active\nsteps:\n- state: CLOSED\n");
  EXPECT_EQ(why(), "");
}

TEST_F(PlayStates, AreToldUncheckedWhereTheStackHidesThem) {
  connection_ = std::nullopt;
  play_steps("\n- state: ESTABLISHED\n- state: LISTEN\n");
  EXPECT_EQ(outcome_.kind, Kind::Held);
  EXPECT_EQ(outcome_.reason, "2 state step(s) not checked: fake does not offer introspection");
  EXPECT_TRUE(states_seen().empty());
}

TEST_F(PlayStates, StandInTheTraceWhenTheyAreFirstSeen) {
  stack_.on_segment = [this](const wire::Packet& packet) {
    connection_ = packet.segment.ctl.has(Flag::Syn) ? State::SynReceived : State::Established;
  };
  stack_.on_call = [this](const tcp::UserCall&) {
    listener_ = State::Listen;
    return tcp::CallResult{.handle = 1};
  };
  play_steps("\n- call: listen\n- send: SYN\n- send: ACK\n- send: ACK\n- state: ESTABLISHED\n");
  EXPECT_EQ(why(), "");
  EXPECT_EQ(states_seen(),
            (std::vector<State>{State::Listen, State::SynReceived, State::Established}));
}

TEST_F(PlayStates, ReturnToListenFromSynReceivedOnly) {
  listener_ = State::Listen;
  const std::string steps = "\n- call: listen\n- send: SYN\n- send: RST seq=1\n- state: LISTEN\n";
  for (const State before : {State::SynReceived, State::Established}) {
    connection_ = State::Closed;
    stack_.on_segment = [&](const wire::Packet& packet) {
      connection_ = packet.segment.ctl.has(Flag::Syn) ? before : State::Closed;
    };
    play_steps(steps);
    EXPECT_EQ(why(), "");
    const State after = before == State::SynReceived ? State::Listen : State::Closed;
    EXPECT_EQ(states_seen(), (std::vector<State>{State::Listen, before, after}));
  }
}

TEST_F(PlayStates, AreThoseOfTheStepsConnection) {
  stack_.on_state = [](const wire::FourTuple& tuple) {
    return tuple.peer.port == 40001 ? State::SynSent : State::Established;
  };
  play(R"(
connections: {a: {}, b: {}}
steps:
- state: ESTABLISHED
- on: b
  state: SYN-SENT
)");
  EXPECT_EQ(why(), "");
}

}  // namespace
}  // namespace tcprove::engine
