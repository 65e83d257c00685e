#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "property/target_law.hpp"

namespace tcprove::property {
namespace {

using tcp::CallKind;
using wire::Flag;

plan::Expr number(std::int64_t n) { return {.constant = n}; }

plan::SegmentText text(std::int64_t seq, std::int64_t len) {
  plan::SegmentText segment{.ctl = Flag::Ack};
  segment.seq = number(seq);
  segment.ack = number(1);
  segment.len = number(len);
  return segment;
}

class Builder {
 public:
  void call(CallKind kind, tcp::CallStatus result, std::optional<std::int64_t> octets = {}) {
    plan::Call call{.kind = kind, .octets = {}, .data = {}, .results = {result}};
    if (octets) call.octets = number(*octets);
    add(std::move(call));
  }
  void send(plan::SegmentText segment) {
    add(plan::Send{.sent = {std::move(segment)}, .arrive = {0}});
  }
  template <class Action>
  void add(Action action) {
    plan.steps.emplace_back().action = std::move(action);
  }

  plan::Plan plan{.connections = {{.name = "a", .stack_port = 7, .peer_port = 40'000}}};
};

/// Pieces of the stream in any order, over each other, some lost and some twice; then all of it.
plan::Plan arbitrary_delivery() {
  const auto total = *rc::gen::inRange<std::int64_t>(1, 20'000);
  Builder builder;
  builder.plan.peer_iss = *rc::gen::arbitrary<std::uint32_t>();
  builder.call(CallKind::Listen, tcp::CallStatus::Ok);
  builder.send({.ctl = Flag::Syn});
  builder.send({.ctl = Flag::Ack});
  for (int steps = *rc::gen::inRange(0, 6); steps > 0; --steps) {
    plan::Send send;
    const auto count = *rc::gen::inRange<std::uint8_t>(1, 9);
    for (std::uint8_t i = 0; i < count; ++i) {
      const auto begin = *rc::gen::inRange<std::int64_t>(0, total);
      const auto len =
          *rc::gen::inRange<std::int64_t>(1, std::min<std::int64_t>(total - begin, 1460) + 1);
      send.sent.push_back(text(1 + begin, len));
    }
    send.arrive =
        *rc::gen::container<std::vector<std::uint8_t>>(rc::gen::inRange<std::uint8_t>(0, count));
    send.arrive.resize(std::min<std::size_t>(send.arrive.size(), 16));
    builder.add(std::move(send));
  }
  constexpr std::int64_t kPiece = 1000;
  for (std::int64_t at = 0; at < total; at += kPiece) {
    builder.send(text(1 + at, std::min(kPiece, total - at)));
  }
  builder.call(CallKind::Receive, tcp::CallStatus::Ok, total);
  plan::SegmentText fin = text(1 + total, 0);
  fin.ctl = Flag::Fin | Flag::Ack;
  builder.send(std::move(fin));
  builder.call(CallKind::Receive, tcp::CallStatus::EndOfStream);
  return builder.plan;
}

RC_GTEST_PROP(DeliveryLaws, NoOrderLossOrDuplicationChangesTheOctetsDelivered, ()) {
  check_holds(arbitrary_delivery());
}

TEST(DeliveryLaws, TheyChangeThemWhereOverlapsAreMistaken) {
  EXPECT_TRUE(fails_with("overlap-delivered-twice", arbitrary_delivery));
  EXPECT_TRUE(fails_with("left-overlap-rejected", arbitrary_delivery));
}

}  // namespace
}  // namespace tcprove::property
