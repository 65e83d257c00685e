#include "harness/engine/connection_view.hpp"

#include <vector>

#include <gtest/gtest.h>

#include "harness/wire/options.hpp"

namespace tcprove::engine {
namespace {

using wire::Flag;
using wire::SeqLen;
using wire::SeqNum;

constexpr SeqNum kIss(0xfffffff0U);  // Both sides' numbers wrap in every test.
constexpr SeqNum kPeerIss(0xffffff80U);
constexpr wire::Flags kSynAck = Flag::Syn | Flag::Ack;

/// A view of a connection, and segments of both sides by relative numbers.
class View : public testing::Test {
 protected:
  struct Text {
    wire::Flags ctl = Flag::Ack;
    SeqLen seq = 1;
    SeqLen ack = 1;
    std::size_t len = 0;
    std::uint16_t wnd = 1000;
    std::vector<wire::Option> options = {};
    SeqNum iss = kIss;
    SeqNum peer_iss = kPeerIss;
  };

  View() { view_.restart(kPeerIss, std::nullopt); }

  wire::Segment segment(const Text& text, SeqNum own, SeqNum other) {
    options_.clear();
    for (const wire::Option& option : text.options) wire::append(option, options_);
    wire::Segment segment;
    segment.ctl = text.ctl;
    segment.seq = own + text.seq;
    if (text.ctl.has(Flag::Ack)) segment.ack = other + text.ack;
    segment.wnd = text.wnd;
    segment.options = options_;
    segment.payload = wire::Octets(kOctets).first(text.len);
    return segment;
  }

  void lost(const Text& text) { view_.peer_sent(segment(text, text.peer_iss, text.iss)); }
  void sent(const Text& text) {
    lost(text);
    view_.reached_stack(segment(text, text.peer_iss, text.iss));
  }
  void dropped(const Text& text) { view_.stack_emitted(segment(text, text.iss, text.peer_iss)); }
  void emitted(const Text& text) {
    dropped(text);
    view_.reached_peer(segment(text, text.iss, text.peer_iss));
  }
  bool novel(const Text& text) { return view_.is_novel(segment(text, text.iss, text.peer_iss)); }

  void establish(const std::vector<wire::Option>& options = {},
                 const std::vector<wire::Option>& peer_options = {}) {
    sent({.ctl = Flag::Syn, .seq = 0, .options = peer_options});
    emitted({.ctl = kSynAck, .seq = 0, .options = options});
    sent({});
  }

  static inline const std::vector<std::uint8_t> kOctets = std::vector<std::uint8_t>(2000);
  std::vector<std::uint8_t> options_;
  ConnectionView view_;
};

TEST_F(View, KnowsThePlannedNumbersBeforeTheFirstSegment) {
  view_.restart(kPeerIss, kIss);
  EXPECT_EQ(view_.iss(), kIss);
  EXPECT_EQ(view_.irs(), kPeerIss);
  EXPECT_EQ(view_.snd_nxt(), kIss);
  EXPECT_EQ(view_.peer_nxt(), kPeerIss);
  EXPECT_EQ(view_.rcv_wnd(), 0U);
}

TEST_F(View, FollowsTheHandshake) {
  establish();
  EXPECT_EQ(view_.iss(), kIss);
  EXPECT_EQ(view_.irs(), kPeerIss);
  EXPECT_EQ(view_.snd_una(), kIss + 1);
  EXPECT_EQ(view_.snd_nxt(), kIss + 1);
  EXPECT_EQ(view_.rcv_nxt(), kPeerIss + 1);
  EXPECT_EQ(view_.peer_nxt(), kPeerIss + 1);
  EXPECT_EQ(view_.peer_rcv_nxt(), kIss + 1);
}

TEST_F(View, MovesSndNxtPastAllThatTheStackEmittedAlsoWhatWasLost) {
  establish();
  dropped({.len = 100});
  emitted({.seq = 101, .len = 50});
  emitted({.len = 100});
  EXPECT_EQ(view_.snd_nxt(), kIss + 151);
  EXPECT_EQ(view_.peer_rcv_nxt(), kIss + 151);
  emitted({.ctl = Flag::Fin | Flag::Ack, .seq = 151});
  EXPECT_EQ(view_.snd_nxt(), kIss + 152);
}

TEST_F(View, AcknowledgesNothingPastAGap) {
  establish();
  emitted({.seq = 101, .len = 50});
  EXPECT_EQ(view_.peer_rcv_nxt(), kIss + 1);
}

TEST_F(View, MovesSndUnaForwardWithinWhatTheStackEmitted) {
  establish();
  emitted({.len = 100});
  sent({.ack = 51});
  EXPECT_EQ(view_.snd_una(), kIss + 51);
  sent({.ack = 21});
  EXPECT_EQ(view_.snd_una(), kIss + 51) << "an old ACK";
  sent({.ack = 102});
  EXPECT_EQ(view_.snd_una(), kIss + 51) << "an ACK of what was never sent";
  lost({.ack = 101});
  EXPECT_EQ(view_.snd_una(), kIss + 51) << "an ACK that never came";
  sent({.ctl = Flag::Rst | Flag::Ack, .ack = 101});
  EXPECT_EQ(view_.snd_una(), kIss + 51) << "a RST";
}

TEST_F(View, MovesPeerNxtWhetherLostOrNot) {
  establish();
  lost({.len = 100});
  sent({.seq = 101, .len = 100});
  sent({.len = 100});
  EXPECT_EQ(view_.peer_nxt(), kPeerIss + 201);
}

TEST_F(View, MovesPeerNxtPastSegmentsSentInAnyOrder) {
  establish();
  sent({.seq = 201, .len = 100});
  sent({.seq = 101, .len = 100});
  EXPECT_EQ(view_.peer_nxt(), kPeerIss + 1) << "octets that nobody sent lie before";
  sent({.len = 100});
  EXPECT_EQ(view_.peer_nxt(), kPeerIss + 301);
}

TEST_F(View, ScalesWindowsOnlyWhereBothOffered) {
  const std::vector<wire::Option> seven{wire::WindowScale{.shift = 7}};
  const std::vector<wire::Option> three{wire::WindowScale{.shift = 3}};
  establish(seven, three);
  EXPECT_EQ(view_.snd_wnd(), 1000U << 3U);
  EXPECT_EQ(view_.rcv_wnd(), 1000U) << "a SYN's window is not scaled";
  emitted({});
  EXPECT_EQ(view_.rcv_wnd(), 1000U << 7U);
  view_.restart(kPeerIss, std::nullopt);
  establish(seven, {});
  emitted({});
  EXPECT_EQ(view_.rcv_wnd(), 1000U);
  EXPECT_EQ(view_.snd_wnd(), 1000U);
}

TEST_F(View, UsesNoShiftAbove14) {
  const std::vector<wire::Option> fifteen{wire::WindowScale{.shift = 15}};
  establish(fifteen, fifteen);
  emitted({});
  EXPECT_EQ(view_.rcv_wnd(), 1000U << 14U);
}

TEST_F(View, FindsNovelOnlyWhatTheStackNeverUsed) {
  EXPECT_TRUE(novel({.ctl = kSynAck, .seq = 0}));
  establish();
  EXPECT_FALSE(novel({.ctl = kSynAck, .seq = 0})) << "its SYN again";
  EXPECT_TRUE(novel({.ctl = kSynAck, .seq = 500})) << "another SYN";
  EXPECT_FALSE(novel({}));
  EXPECT_TRUE(novel({.len = 1}));
  emitted({.len = 100});
  EXPECT_FALSE(novel({.len = 100}));
  EXPECT_TRUE(novel({.len = 101}));
  EXPECT_TRUE(novel({.ctl = Flag::Fin | Flag::Ack, .seq = 101}));
  EXPECT_FALSE(novel({.seq = 0, .len = 1})) << "a keep-alive";
}

TEST_F(View, TakesAnotherSynOfThePeerForANewConnectionOnlyWhenAnswered) {
  establish();
  constexpr SeqNum kNewPeerIss(77);
  constexpr SeqNum kNewIss(99);
  sent({.ctl = Flag::Syn, .seq = 0, .peer_iss = kNewPeerIss});
  EXPECT_EQ(view_.irs(), kPeerIss);
  emitted({});
  EXPECT_EQ(view_.peer_nxt(), kPeerIss + 1) << "a challenge ACK changes nothing";
  emitted({.ctl = kSynAck, .seq = 0, .iss = kNewIss, .peer_iss = kNewPeerIss});
  EXPECT_EQ(view_.irs(), kNewPeerIss);
  EXPECT_EQ(view_.iss(), kNewIss);
  EXPECT_EQ(view_.peer_nxt(), kNewPeerIss + 1);
  EXPECT_EQ(view_.peer_rcv_nxt(), kNewIss + 1);
}

TEST_F(View, RemembersTheStacksLatestTimestamp) {
  EXPECT_EQ(view_.stack_tsval(), 0U);
  emitted({.ctl = kSynAck, .seq = 0, .options = {wire::Timestamps{.tsval = 7, .tsecr = 1}}});
  emitted({.ctl = Flag::Ack});
  EXPECT_EQ(view_.stack_tsval(), 7U) << "a segment without the option takes nothing back";
  dropped({.ctl = Flag::Ack, .options = {wire::Timestamps{.tsval = 8, .tsecr = 1}}});
  EXPECT_EQ(view_.stack_tsval(), 8U);
}

TEST_F(View, LearnsNothingFromARst) {
  establish();
  emitted({.ctl = Flag::Rst | Flag::Ack, .seq = 700, .ack = 900, .wnd = 0});
  EXPECT_EQ(view_.snd_nxt(), kIss + 1);
  EXPECT_EQ(view_.rcv_nxt(), kPeerIss + 1);
  EXPECT_EQ(view_.rcv_wnd(), 1000U);
  EXPECT_EQ(view_.peer_rcv_nxt(), kIss + 1);
}

}  // namespace
}  // namespace tcprove::engine
