#include "harness/adapter/reference/timer_queue.hpp"

#include <gtest/gtest.h>

namespace tcprove::adapter::reference {
namespace {

constexpr base::Instant at(int seconds) { return base::Instant(std::chrono::seconds(seconds)); }

TEST(TimerQueue, FiresTheEarliestFirst) {
  TimerQueue queue;
  queue.start({.at = at(2), .owner = 1, .kind = TimerKind::Retransmission});
  queue.start({.at = at(1), .owner = 2, .kind = TimerKind::KeepAlive});
  EXPECT_EQ(queue.next()->owner, 2U);
}

TEST(TimerQueue, BreaksATieByOwnerAndKind) {
  TimerQueue queue;
  queue.start({.at = at(1), .owner = 2, .kind = TimerKind::Retransmission});
  queue.start({.at = at(1), .owner = 1, .kind = TimerKind::DelayedAck});
  queue.start({.at = at(1), .owner = 1, .kind = TimerKind::UserTimeout});
  EXPECT_EQ(queue.next()->owner, 1U);
  EXPECT_EQ(queue.next()->kind, TimerKind::UserTimeout);
}

TEST(TimerQueue, MovesATimerThatIsStartedAgain) {
  TimerQueue queue;
  queue.start({.at = at(1), .owner = 1, .kind = TimerKind::TimeWait});
  queue.start({.at = at(5), .owner = 1, .kind = TimerKind::TimeWait});
  EXPECT_EQ(queue.next()->at, at(5));
  queue.stop(1, TimerKind::TimeWait);
  EXPECT_FALSE(queue.next());
}

TEST(TimerQueue, StopsAllOfOneOwner) {
  TimerQueue queue;
  queue.start({.at = at(1), .owner = 1, .kind = TimerKind::TimeWait});
  queue.start({.at = at(2), .owner = 1, .kind = TimerKind::DelayedAck});
  queue.start({.at = at(3), .owner = 2, .kind = TimerKind::DelayedAck});
  queue.stop_all(1);
  EXPECT_EQ(queue.next()->owner, 2U);
  EXPECT_FALSE(queue.running(1, TimerKind::DelayedAck));
}

}  // namespace
}  // namespace tcprove::adapter::reference
