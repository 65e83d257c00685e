#include "harness/engine/batch.hpp"

#include "harness/testing/played.hpp"

namespace tcprove::engine {
namespace {

using trace::EventKind;

class Batch : public testing::Played {
 protected:
  static constexpr const char* kSilence = "\n- expect: nothing for 1ms\n";

  /// Past the batch that begins with the first of `steps`, behind which a state is looked at.
  static std::size_t end_of(const std::string& steps) {
    return batch_end(plan_of("steps:" + steps + "- state: ESTABLISHED\n"), 0);
  }
};

TEST_F(Batch, HasTheSegmentsThatFollowOnEachOther) {
  EXPECT_EQ(end_of("\n- send: ACK seq=1 ack=1 len=5\n- send: FIN,ACK seq=6 ack=1\n"), 2U);
  EXPECT_EQ(end_of("\n- send: ACK seq=1 ack=1 len=5\n- send: RST\n- send: ACK ack=1\n"), 3U);
  EXPECT_EQ(end_of("\n- send: ACK seq=1 ack=1\n- wait: 1ms\n- send: ACK seq=1 ack=1\n"), 1U);
  EXPECT_EQ(end_of("\n- send: ACK seq=1 ack=1\n- call: close\n- send: ACK seq=1 ack=1\n"), 1U);
}

TEST_F(Batch, EndsWhereASegmentCountsFromAnAnswer) {
  const std::string first = "\n- send: ACK seq=1 ack=1 len=5\n";
  EXPECT_EQ(end_of(first + "- send: FIN,ACK seq=6\n"), 1U) << "it acknowledges what came";
  EXPECT_EQ(end_of(first + "- send: ACK seq=RCV.NXT ack=1\n"), 1U);
  EXPECT_EQ(end_of(first + "- send: ACK seq=PEER.NXT ack=1\n"), 2U);
  EXPECT_EQ(end_of(first + "- send: ACK seq=6 ack=SND.UNA\n"), 1U);
  EXPECT_EQ(end_of(first + "- send: ACK seq=6 ack=1 wnd=RCV.WND\n"), 1U);
  EXPECT_EQ(end_of(first + "- send: ACK seq=6 ack=1 options=<ts 1 echo>\n"), 1U);
  EXPECT_EQ(end_of(first + "- send: ACK seq=6 ack=1 options=<ts 1 1>\n"), 2U);
  EXPECT_EQ(end_of("\n- send: SYN seq=0\n- send: ACK seq=1 ack=1\n"), 1U);
}

TEST_F(Batch, LeavesASegmentAloneThatDrawsSilence) {
  const std::string three = "\n- send: RST seq=1\n- send: RST seq=2\n- send: RST seq=3";
  const plan::Plan plan = plan_of("steps:" + three + kSilence);
  EXPECT_EQ(batch_end(plan, 0), 2U);
  EXPECT_EQ(batch_end(plan, 2), 3U);
}

TEST_F(Batch, IsFoundInAPlan) {
  using Steps = std::vector<bool>;
  const auto of = [](const std::string& steps) {
    return steps_in_batches(plan_of("steps:" + steps + kSilence));
  };
  EXPECT_EQ(of("\n- send: RST seq=1"), (Steps{false, false}));
  EXPECT_EQ(of("\n- duplicate: RST seq=1"), (Steps{true, false}));
  EXPECT_EQ(of("\n- send: RST seq=1\n- send: RST seq=2\n- wait: 1ms"),
            (Steps{true, true, false, false}));
  EXPECT_EQ(of("\n- send: RST seq=1\n- send: RST seq=2\n- send: RST seq=2"),
            (Steps{true, true, false, false}));
}

TEST_F(Batch, IsDeliveredBeforeAnAnswerIsRead) {
  const plan::Plan plan = plan_of(
      "steps:\n- send: ACK seq=1 ack=1 len=5\n- duplicate: ACK seq=6 ack=1 len=5\n"
      "- expect: ACK ack=11\n");
  std::vector<std::size_t> unread;
  stack_.on_segment = [&](const wire::Packet& packet) {
    unread.push_back(stack_.outbox().size());
    say({.ack = distance(kPeerIss, packet.segment.seq) + 5});
  };
  EXPECT_EQ(player_.play(plan, 1, {.batch = true}).kind, Outcome::Kind::Held);
  EXPECT_EQ(unread, (std::vector<std::size_t>{0, 1, 2}));
  unread.clear();
  EXPECT_EQ(player_.play(plan, 1).kind, Outcome::Kind::Held);
  EXPECT_EQ(unread, (std::vector<std::size_t>{0, 0, 0}));
}

TEST_F(Batch, IsReadBeforeTheNextStep) {
  const plan::Plan plan = plan_of(
      "steps:\n- send: ACK seq=1 ack=1 len=5\n- send: ACK seq=6 ack=1 len=5\n- wait: 1ms\n"
      "- expect: ACK ack=6 within 0s..0s\n");
  answer({{.ack = 6}});
  EXPECT_EQ(player_.play(plan, 1, {.batch = true}).kind, Outcome::Kind::Held);
  std::vector<EventKind> kinds;
  for (const trace::Event& event : player_.trace().events()) kinds.push_back(event.kind);
  EXPECT_EQ(kinds, (std::vector<EventKind>{EventKind::Sent, EventKind::Sent, EventKind::Emitted,
                                           EventKind::Waited}));
}

TEST_F(Batch, ConditionsReachTheStackAtItsReset) {
  const plan::Plan plan = plan_of(std::string("steps:\n- send: RST seq=1") + kSilence);
  player_.play(plan, 1, {.clock = std::chrono::hours(1)});
  player_.play(plan, 1);
  ASSERT_EQ(stack_.resets.size(), 2U);
  EXPECT_EQ(stack_.resets[0].clock, std::chrono::hours(1));
  EXPECT_EQ(stack_.resets[1].clock, base::Duration::zero());
}

}  // namespace
}  // namespace tcprove::engine
