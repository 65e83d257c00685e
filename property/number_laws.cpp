#include <optional>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/plan/plan_octets.hpp"
#include "harness/wire/options.hpp"
#include "harness/wire/packet.hpp"
#include "property/target_law.hpp"

// SND.UNA and SND.NXT as the wire tells them: what was acknowledged, and the number after all that
// was sent (RFC 9293 section 3.3.1). SND.UNA =< SND.NXT, and neither ever goes back.

namespace tcprove::property {
namespace {

using trace::EventKind;
using wire::Flag;
using wire::SeqNum;

/// One connection's send sequence space, and which ACK of the peer's must count.
class SendSpace {
 public:
  /// `una_counts`: that nothing is sent again once it is acknowledged.
  explicit SendSpace(bool una_counts) : una_counts_(una_counts) {}

  /// What is wrong with a segment of the stack's; empty where nothing is.
  std::string emitted(const wire::Segment& s) {
    if (over_) return {};
    if (s.ctl.has(Flag::Rst)) {  // Its number may be the peer's word, and then all may be over.
      known_ = false;
      return {};
    }
    if (s.ctl.has(Flag::Syn)) {
      over_ = known_ && s.seq != iss_;  // MAY-2: out of TIME-WAIT, and an old SYN may lead back.
      if (!known_) begin(s);
    } else if (known_) {
      if (const std::string wrong = out_of_place(s); !wrong.empty()) return wrong;
    }
    const SeqNum end = s.seq + s.len();
    if (known_ && after(nxt_, end)) nxt_ = end;
    if (s.ctl.has(Flag::Ack)) {
      told_ = s.ack;
      all_told_ = true;
    }
    return {};
  }

  /// An ACK surely counts that begins where the stack has just said that it expects more.
  void arrived(const wire::Packet& packet, bool synchronized) {
    const wire::Segment& s = packet.segment;
    if (s.len() > 0 || s.ctl.has(Flag::Rst)) all_told_ = false;
    // Without a timestamp it is dropped where both sides use them (RFC 7323 section 3.2).
    if (wire::find_option<wire::Timestamps>(s.options)) una_counts_ = false;
    const bool plain = packet.flaws.none() && s.ctl == Flag::Ack && s.options.empty();
    if (!known_ || !synchronized || !plain || !all_told_ || s.seq != told_) return;
    if (wire::after_up_to(una_, s.ack, nxt_)) una_ = s.ack;
  }

 private:
  void begin(const wire::Segment& syn) {
    known_ = true;
    iss_ = una_ = syn.seq;
    nxt_ = syn.seq + 1;
  }

  static bool after(SeqNum a, SeqNum b) { return a != b && wire::distance(a, b) < 0x8000'0000U; }

  [[nodiscard]] std::string out_of_place(const wire::Segment& s) const {
    const SeqNum end = s.seq + s.len();
    const auto at = [this](SeqNum number) { return wire::distance(iss_, number); };
    // A keep-alive repeats the number before SND.NXT, a probe of a closed window that before
    // SND.UNA.
    const bool before = s.seq + 1 == una_ || s.seq + 1 == nxt_;
    if (before && s.payload.size() <= 1) return {};
    if (s.len() == 0 && s.seq != nxt_) {
      return fmt::format("an ACK carries {}, and SND.NXT is {}", at(s.seq), at(nxt_));
    }
    if (after(nxt_, s.seq)) {
      return fmt::format("SND.NXT is {}, and what is sent begins at {}", at(nxt_), at(s.seq));
    }
    if (una_counts_ && s.len() > 0 && !after(una_, end)) {
      return fmt::format("all up to {} is acknowledged, and what ends at {} is sent", at(una_),
                         at(end));
    }
    return {};
  }

  bool una_counts_;
  bool known_ = false;
  bool over_ = false;
  SeqNum iss_, una_, nxt_;
  SeqNum told_;            ///< The latest ACK field of the stack's.
  bool all_told_ = false;  ///< And nothing that takes numbers arrived since.
};

bool is_synchronized(tcp::State state) {
  using enum tcp::State;
  return state != Closed && state != Listen && state != SynSent && state != SynReceived;
}

std::string number_that_goes_back(JudgedPlay& play, wire::Octets octets, bool una_counts) {
  const plan::Plan plan = plan::plan_of(octets);
  play.judge(plan);
  std::vector<SendSpace> spaces(plan.connections.size(), SendSpace(una_counts));
  std::vector<tcp::State> states(plan.connections.size(), tcp::State::Closed);
  for (const trace::Event& e : play.trace().events()) {
    const bool known = e.connection < spaces.size();
    if (e.kind == EventKind::State && known) states[e.connection] = e.state;
    if (e.kind != EventKind::Emitted && e.kind != EventKind::Sent) continue;
    const wire::Packet packet = wire::decode(play.trace().octets_of(e));
    // Whose numbers a fragment has nobody can tell.
    if (e.kind == EventKind::Emitted && !packet.has_segment()) return {};
    if (!known || !packet.has_segment()) continue;
    SendSpace& space = spaces[e.connection];
    if (e.kind == EventKind::Sent) {
      space.arrived(packet, is_synchronized(states[e.connection]));
    } else if (const std::string wrong = space.emitted(packet.segment); !wrong.empty()) {
      return wrong;
    }
  }
  return {};
}

TEST(NumberLaws, SndUnaIsNotPastSndNxtAndNeitherGoesBack) {
  for (const adapter::Target& target : targets_under_test()) {
    const bool repeats = known_of(target).find_rule("acknowledged-is-not-repeated") != nullptr;
    check_on_plans(target, [repeats](JudgedPlay& play, wire::Octets octets) {
      return number_that_goes_back(play, octets, !repeats);
    });
  }
}

/// What is wrong with SND.NXT, whatever is sent again.
std::string next_goes_back(JudgedPlay& play, wire::Octets octets) {
  return number_that_goes_back(play, octets, false);
}

/// What is wrong where nothing is with SND.NXT.
std::string acknowledged_goes_back(JudgedPlay& play, wire::Octets octets) {
  return next_goes_back(play, octets).empty() ? number_that_goes_back(play, octets, true) : "";
}

TEST(NumberLaws, SndNxtGoesBackWhereATimeOutRewindsIt) {
  EXPECT_TRUE(is_broken_by("ack-above-sndnxt-after-gobackn", next_goes_back));
}

TEST(NumberLaws, SndUnaGoesBackWhereWhatIsAcknowledgedIsSentAgain) {
  EXPECT_TRUE(is_broken_by("retransmission-early", acknowledged_goes_back));
}

}  // namespace
}  // namespace tcprove::property
