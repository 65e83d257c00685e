#include "harness/engine/expectation.hpp"

#include <deque>

#include <gtest/gtest.h>

#include "harness/plan/stream.hpp"

namespace tcprove::engine {
namespace {

using namespace std::chrono_literals;
using wire::Flag;
using wire::Flags;
using wire::SeqLen;
using wire::SeqNum;
using Kind = Standing::Kind;

constexpr SeqNum kIss(0xfffffff0U);  // The stack's numbers wrap in every test.
constexpr SeqNum kPeerIss(0x7ffffff0U);

class NoSymbols : public plan::SymbolValues {
 public:
  [[nodiscard]] std::int64_t value(plan::Symbol) const override { return 0; }
};

/// What the stack emitted, oldest first, and what a step wants of it.
class Judged : public testing::Test {
 protected:
  Judged() {
    for (std::uint32_t i = 0; i < 4096; ++i) {
      user_.push_back(plan::stream_octet(plan::Sender::Stack, 0, i));
    }
    wanted_.text = &text_;
    wanted_.to = base::Instant(500ms);
  }

  struct Emitted {
    Flags ctl;
    SeqLen seq = 1;
    SeqLen ack = 1;
    SeqLen len = 0;
    bool novel = true;
    base::Duration at = 0ms;
  };

  Pending& emit(const Emitted& e) {
    auto& payload = payloads_.emplace_back();
    for (SeqLen i = 0; i < e.len; ++i) payload.push_back(user_[e.seq - 1 + i]);
    Pending pending{.at = base::Instant(e.at), .novel = e.novel};
    pending.packet.segment.ctl = e.ctl;
    pending.packet.segment.seq = kIss + e.seq;
    pending.packet.segment.ack = kPeerIss + e.ack;
    pending.packet.segment.payload = payload;
    pending.packet.segment.wnd = 1000;
    return queue_.emplace_back(pending);
  }

  Standing want(Flags ctl, std::optional<SeqLen> seq = {}, std::optional<SeqLen> ack = {},
                std::optional<std::int64_t> len = {}) {
    text_.ctl = ctl;
    wanted_.seq = seq;
    wanted_.ack = ack;
    wanted_.len = len;
    return standing();
  }

  Standing standing() {
    Standing standing;
    judge(wanted_, queue_,
          {.stack_base = kIss,
           .peer_base = kPeerIss,
           .first_octet = kIss + 1,
           .user_octets = user_,
           .values = values_},
          standing);
    return standing;
  }

  std::vector<std::string> differences() { return standing().fields.names(); }

  NoSymbols values_;
  plan::SegmentText text_;
  Wanted wanted_;
  std::vector<std::uint8_t> user_;
  std::deque<std::vector<std::uint8_t>> payloads_;
  std::vector<Pending> queue_;
};

using Names = std::vector<std::string>;
constexpr Flags kAck = Flag::Ack;
constexpr Flags kFinAck = Flag::Fin | Flag::Ack;
constexpr Flags kSynAck = Flag::Syn | Flag::Ack;
constexpr Flags kPshAck = Flag::Psh | Flag::Ack;

TEST_F(Judged, WaitsWhileNothingCame) { EXPECT_EQ(want(kAck).kind, Kind::Waiting); }

TEST_F(Judged, TakesTheSegmentThatItNames) {
  emit({.ctl = kSynAck, .seq = 0, .ack = 1});
  EXPECT_EQ(want(kSynAck, 0, 1).kind, Kind::Met);
}

TEST_F(Judged, DoesNotCompareWhatIsLeftOut) {
  emit({.ctl = kSynAck, .seq = 0, .ack = 77});
  EXPECT_EQ(want(kSynAck).kind, Kind::Met);
}

TEST_F(Judged, NamesTheFieldsThatDiffer) {
  emit({.ctl = kFinAck, .seq = 2, .ack = 3});
  EXPECT_EQ(want(kFinAck, 1, 1).kind, Kind::Failed);
  EXPECT_EQ(differences(), (Names{"seq", "ack"}));
}

TEST_F(Judged, PassesOverPureAcks) {
  emit({.ctl = kAck, .seq = 1, .ack = 1, .novel = false});
  emit({.ctl = kFinAck, .seq = 1, .ack = 1});
  const Standing met = want(kFinAck, 1, 1);
  EXPECT_EQ(met.kind, Kind::Met);
  EXPECT_EQ(met.first_part, 1U);
}

TEST_F(Judged, PassesOverRetransmissions) {
  emit({.ctl = kAck, .seq = 1, .len = 10, .novel = false});
  emit({.ctl = kFinAck, .seq = 11});
  EXPECT_EQ(want(kFinAck, 11).kind, Kind::Met);
}

TEST_F(Judged, NeverPassesOverNewData) {
  emit({.ctl = kAck, .seq = 1, .len = 10});
  emit({.ctl = kFinAck, .seq = 11});
  EXPECT_EQ(want(kFinAck, 11).kind, Kind::Failed);
}

TEST_F(Judged, NeverPassesOverAReset) {
  emit({.ctl = Flag::Rst});
  emit({.ctl = kAck});
  EXPECT_EQ(want(kAck, 1, 1).kind, Kind::Failed);
  EXPECT_EQ(differences(), Names{"flags"});
}

TEST_F(Judged, NeverPassesOverABrokenPacket) {
  emit({.ctl = kAck, .novel = false}).packet.flaws.add(wire::Flaw::TcpChecksum);
  emit({.ctl = kAck});
  EXPECT_EQ(want(kAck).kind, Kind::Failed);
  EXPECT_EQ(differences(), Names{"broken"});
}

TEST_F(Judged, TakesAnAckThatRidesOnDataAndLeavesTheData) {
  emit({.ctl = kPshAck, .seq = 1, .ack = 5, .len = 10});
  const Standing met = want(kAck, {}, 5);
  EXPECT_EQ(met.kind, Kind::Met);
  EXPECT_TRUE(met.leaves_rest);
  EXPECT_EQ(met.rest, kIss + 1);
}

TEST_F(Judged, TakesAnAckThatRidesOnAFinThatIsSentAgain) {
  emit({.ctl = kFinAck, .seq = 1, .ack = 101, .novel = false});
  EXPECT_EQ(want(kAck, 2, 101).kind, Kind::Met);
  EXPECT_EQ(want(kAck, 1, 101).kind, Kind::Waiting) << "an ACK alone would stand behind the FIN";
  EXPECT_EQ(want(kAck, 2, 102).kind, Kind::Waiting) << "and acknowledges what it says";
  queue_.front().novel = true;
  EXPECT_EQ(want(kAck, 2, 101).kind, Kind::Failed) << "a FIN for the first time has its own number";
}

TEST_F(Judged, GivesEachAckToOneStepOnly) {
  Pending& carrier = emit({.ctl = kAck, .seq = 1, .ack = 5, .len = 10});
  carrier.taken = true;
  carrier.rest = kIss + 1;
  EXPECT_EQ(want(kAck, {}, 5).kind, Kind::Failed);
}

TEST_F(Judged, ASegmentOfNoOctetsIsWantedWhereLenIsZero) {
  emit({.ctl = kAck, .seq = 1, .ack = 5, .len = 10});
  EXPECT_EQ(want(kAck, {}, 5, 0).kind, Kind::Failed);
  EXPECT_EQ(differences(), Names{"len"});
}

TEST_F(Judged, GathersDataHoweverItIsCut) {
  emit({.ctl = kAck, .seq = 1, .len = 4});
  EXPECT_EQ(want(kAck, 1, {}, 10).kind, Kind::Waiting);
  emit({.ctl = kPshAck, .seq = 5, .len = 6});
  const Standing met = standing();
  EXPECT_EQ(met.kind, Kind::Met);
  EXPECT_EQ(met.last, 1U);
  EXPECT_FALSE(met.leaves_rest);
}

TEST_F(Judged, LeavesDataBeyondTheRange) {
  emit({.ctl = kAck, .seq = 1, .len = 30});
  const Standing met = want(kAck, 1, {}, 10);
  EXPECT_TRUE(met.leaves_rest);
  EXPECT_EQ(met.rest, kIss + 11);
  queue_[0].taken = true;
  queue_[0].rest = met.rest;
  EXPECT_EQ(want(kAck, 11, {}, 20).kind, Kind::Met);
  EXPECT_FALSE(standing().leaves_rest);
}

TEST_F(Judged, LeavesAFinThatRodeOnTheData) {
  emit({.ctl = kFinAck, .seq = 1, .len = 10});
  const Standing met = want(kAck, 1, {}, 10);
  EXPECT_EQ(met.kind, Kind::Met);
  queue_[0].taken = met.leaves_rest;
  queue_[0].rest = met.rest;
  EXPECT_EQ(want(kFinAck, 11).kind, Kind::Met);
}

TEST_F(Judged, WaitsForTheFinAfterTheData) {
  emit({.ctl = kAck, .seq = 1, .len = 10});
  EXPECT_EQ(want(kFinAck, 1, {}, 10).kind, Kind::Waiting);
  emit({.ctl = kFinAck, .seq = 11});
  EXPECT_EQ(standing().kind, Kind::Met);
}

TEST_F(Judged, SeesAHoleInTheData) {
  emit({.ctl = kAck, .seq = 5, .len = 6});
  EXPECT_EQ(want(kAck, 1, {}, 10).kind, Kind::Failed);
  EXPECT_EQ(differences(), Names{"seq"});
}

TEST_F(Judged, SeesAWrongOctet) {
  emit({.ctl = kAck, .seq = 1, .len = 10});
  payloads_.back()[9] ^= 1;
  EXPECT_EQ(want(kAck, 1, {}, 10).kind, Kind::Failed);
  EXPECT_EQ(differences(), Names{"data"});
}

TEST_F(Judged, SeesOctetsThatTheUserNeverHandedOver) {
  emit({.ctl = kAck, .seq = 1, .len = 10});
  user_.resize(9);
  EXPECT_EQ(want(kAck, 1, {}, 10).kind, Kind::Failed);
  EXPECT_EQ(differences(), Names{"data"});
}

TEST_F(Judged, ComparesDataGivenByValue) {
  emit({.ctl = kAck, .seq = 1, .len = 2});
  text_.data = {user_[0], user_[1]};
  EXPECT_EQ(want(kAck, 1).kind, Kind::Met);
  text_.data->back() ^= 1;
  EXPECT_EQ(standing().kind, Kind::Failed);
}

TEST_F(Judged, WantsEceAndCwrWhereTheyAreNamed) {
  emit({.ctl = Flag::Ack | Flag::Ece, .seq = 1, .ack = 6});
  EXPECT_EQ(want(Flag::Ack | Flag::Ece, 1, 6).kind, Kind::Met);
  EXPECT_NE(want(Flag::Ack | Flag::Cwr, 1, 6).kind, Kind::Met);
  EXPECT_EQ(want(kAck, 1, 6).kind, Kind::Met);
}

TEST_F(Judged, IsNotMetWithoutTheEceThatIsNamed) {
  emit({.ctl = kAck, .seq = 1, .ack = 5});
  EXPECT_NE(want(Flag::Ack | Flag::Ece, 1, 5).kind, Kind::Met);
  EXPECT_EQ(want(kAck, 1, 5).kind, Kind::Met);
}

TEST_F(Judged, ComparesPshOnlyWhenNamed) {
  emit({.ctl = kAck, .seq = 1, .len = 2});
  EXPECT_EQ(want(kPshAck, 1, {}, 2).kind, Kind::Met);
  text_.psh_named = true;
  EXPECT_EQ(standing().kind, Kind::Failed);
}

TEST_F(Judged, ComparesTheWindowAsAsked) {
  emit({.ctl = kAck});
  want(kAck);
  wanted_.wnd = 1000;
  EXPECT_EQ(standing().kind, Kind::Met);
  text_.wnd_comparison = plan::Comparison::AtMost;
  wanted_.wnd = 999;
  EXPECT_EQ(standing().kind, Kind::Failed);
  text_.wnd_comparison = plan::Comparison::AtLeast;
  EXPECT_EQ(standing().kind, Kind::Met);
}

TEST_F(Judged, ComparesAnOptionAsAsked) {
  const std::vector<std::uint8_t> options{2, 4, 0x05, 0xb4, 1, 1, 8, 10, 0, 0, 0, 7, 0, 0, 0, 9};
  emit({.ctl = kSynAck, .seq = 0}).packet.segment.options = options;
  const auto met = [this](const plan::OptionText& option) {
    text_.options = {option};
    return want(kSynAck).kind == Kind::Met;
  };
  EXPECT_TRUE(met({.kind = 2, .data = {0x05, 0xb4}, .at_most = true}));
  EXPECT_TRUE(met({.kind = 2, .data = {0x06, 0x00}, .at_most = true}));
  EXPECT_FALSE(met({.kind = 2, .data = {0x04, 0xff}, .at_most = true}));
  EXPECT_TRUE(met({.kind = 8, .data = {0, 0, 0, 0, 0, 0, 0, 9}, .any_octets = 4}));
  EXPECT_FALSE(met({.kind = 8, .data = {0, 0, 0, 0, 0, 0, 0, 8}, .any_octets = 4}));
  EXPECT_FALSE(met({.kind = 8, .data = {0, 0, 0, 0, 0, 0, 0, 9}}));
}

TEST_F(Judged, FailsWhatCameTooEarly) {
  emit({.ctl = kFinAck, .novel = false, .at = 100ms});
  want(kFinAck);
  wanted_.from = base::Instant(200ms);
  EXPECT_EQ(standing().kind, Kind::Failed);
  EXPECT_EQ(differences(), Names{"time"});
}

TEST_F(Judged, FailsWhatCameTooLate) {
  emit({.ctl = kFinAck, .at = 501ms});
  EXPECT_EQ(want(kFinAck).kind, Kind::Failed);
  EXPECT_EQ(differences(), Names{"time"});
}

TEST_F(Judged, ALeftoverAckSaysNothingOfTheTime) {
  emit({.ctl = kAck, .seq = 1, .len = 5, .novel = false, .at = 10ms});
  want(kAck, 1, {}, 5);
  wanted_.begin = base::Instant(100ms);
  wanted_.from = base::Instant(1100ms);
  wanted_.to = base::Instant(3s);
  EXPECT_EQ(standing().kind, Kind::Waiting);
  emit({.ctl = kAck, .seq = 1, .len = 5, .novel = false, .at = 1200ms});
  EXPECT_EQ(standing().kind, Kind::Met);
}

TEST_F(Judged, ExactlyPassesOverNothing) {
  emit({.ctl = kAck, .novel = false});
  emit({.ctl = kFinAck});
  wanted_.exactly = true;
  EXPECT_EQ(want(kFinAck).kind, Kind::Failed);
}

TEST_F(Judged, ExactlyComparesAllControlBits) {
  emit({.ctl = kPshAck, .seq = 1, .len = 5});
  wanted_.exactly = true;
  EXPECT_EQ(want(kAck, 1, {}, 5).kind, Kind::Failed);
  EXPECT_EQ(want(kPshAck, 1, {}, 5).kind, Kind::Met);
}

TEST_F(Judged, ExactlyWantsTheDataInOnePiece) {
  emit({.ctl = kAck, .seq = 1, .len = 5});
  wanted_.exactly = true;
  EXPECT_EQ(want(kAck, 1, {}, 10).kind, Kind::Failed);
  EXPECT_EQ(differences(), Names{"len"});
}

TEST_F(Judged, RemembersTheNearestOfWhatItPassedOver) {
  emit({.ctl = kAck, .seq = 9, .ack = 9, .novel = false});
  emit({.ctl = kAck, .seq = 1, .ack = 9, .novel = false});
  const Standing waiting = want(kAck, 1, 5);
  EXPECT_EQ(waiting.kind, Kind::Waiting);
  EXPECT_EQ(waiting.nearest, 1U);
  EXPECT_EQ(differences(), Names{"ack"});
}

}  // namespace
}  // namespace tcprove::engine
