#include "harness/report/segment_line.hpp"

#include <array>

#include <gtest/gtest.h>

#include "harness/testing/trace_builder.hpp"

namespace tcprove::report {
namespace {

using enum wire::Flag;
using testing::TestSegment;
using testing::TraceBuilder;

/// The last packet of `builder`'s trace.
std::string last_line(TraceBuilder& builder, Side sender,
                      std::optional<wire::SeqNum> peer_iss = std::nullopt) {
  const trace::Trace trace = builder.build();
  const trace::Event& last = trace.events().back();
  return segment_line(wire::decode(trace.octets_of(last)), Numbering(trace, peer_iss),
                      last.connection, sender);
}

/// A segment of the peer on an established connection.
std::string sent(const TestSegment& segment) {
  TraceBuilder builder;
  return last_line(builder.established().sent(segment), Side::Peer);
}

TEST(SegmentLine, CountsFromEachSidesSynAcrossTheWrap) {
  TraceBuilder builder;
  builder.established().emitted({.ctl = Fin | Ack, .seq = 1001, .ack = 1, .len = 100, .wnd = 5840});
  EXPECT_EQ(last_line(builder, Side::Stack), "FIN,ACK seq=1001 ack=1 len=100 wnd=5840");
}

TEST(SegmentLine, IsNegativeShortlyBeforeTheSyn) {
  EXPECT_EQ(sent({.ctl = Ack, .seq = 0U - 5U, .ack = 1}), "ACK seq=-5 ack=1 wnd=65535");
}

TEST(SegmentLine, NamesTheAckOnlyWhereItStands) {
  EXPECT_EQ(sent({.ctl = Rst, .seq = 1, .wnd = 0}), "RST seq=1 wnd=0");
}

TEST(SegmentLine, ShowsTheUrgentPointer) {
  EXPECT_EQ(sent({.ctl = Urg | Ack, .seq = 1, .ack = 1, .len = 1, .up = 1}),
            "ACK,URG seq=1 ack=1 len=1 wnd=65535 up=1");
}

TEST(SegmentLine, IsRawWhereTheSideSentNoSyn) {
  TraceBuilder builder;
  EXPECT_EQ(last_line(builder.sent({.ctl = Ack, .seq = 1, .ack = 2}), Side::Peer),
            "ACK seq=1000001 ack=1 wnd=65535");
}

TEST(SegmentLine, CountsFromThePlannedNumberOfAPeerWithoutSyn) {
  TraceBuilder builder;
  EXPECT_EQ(
      last_line(builder.sent({.ctl = Ack, .seq = 1, .ack = 2}), Side::Peer, TraceBuilder::kPeerIss),
      "ACK seq=1 ack=1 wnd=65535");
}

TEST(SegmentLine, LearnsTheNumberFromALostSyn) {
  TraceBuilder builder;
  builder.lost({.ctl = Syn}).sent({.ctl = Rst, .seq = 3, .wnd = 0});
  EXPECT_EQ(last_line(builder, Side::Peer), "RST seq=3 wnd=0");
}

TEST(SegmentLine, KeepsConnectionsApart) {
  TraceBuilder builder(2);
  builder.on(0).established().on(1).sent({.ctl = Ack, .seq = 7, .ack = 2});
  EXPECT_EQ(last_line(builder, Side::Peer), "ACK seq=1000007 ack=1 wnd=65535");
}

TEST(SegmentLine, CountsSackBlocksAsTheReceiversNumbers) {
  wire::Sack sack;
  sack.blocks.front() = {.left = TraceBuilder::kStackIss + 101,
                         .right = TraceBuilder::kStackIss + 201};
  sack.count = 1;
  EXPECT_EQ(sent({.ctl = Ack, .seq = 1, .ack = 1, .options = {sack}}),
            "ACK seq=1 ack=1 wnd=65535 options=<sack 101:201>");
}

TEST(SegmentLine, HidesTimestampsAndPaddingExceptOnSyns) {
  const std::vector<wire::Option> options{wire::NoOperation{}, wire::NoOperation{},
                                          wire::Timestamps{.tsval = 1, .tsecr = 2}};
  EXPECT_EQ(sent({.ctl = Ack, .seq = 1, .ack = 1, .options = options}),
            "ACK seq=1 ack=1 wnd=65535");
  EXPECT_EQ(sent({.ctl = Syn, .seq = 1, .options = options}),
            "SYN seq=1 wnd=65535 options=<nop,nop,ts 1 2>");
}

TEST(SegmentLine, SaysWhereThereIsNoSegment) {
  const std::array<std::uint8_t, 1> nonsense{0};
  EXPECT_EQ(segment_line(wire::decode(nonsense), Numbering(), 0, Side::Stack), "not a TCP segment");
}

}  // namespace
}  // namespace tcprove::report
