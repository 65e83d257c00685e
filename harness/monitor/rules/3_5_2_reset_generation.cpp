#include <fmt/format.h>

#include "harness/monitor/half_circle.hpp"
#include "harness/monitor/rules/sections.hpp"
#include "harness/monitor/rules/silent_reset.hpp"

namespace tcprove::monitor::rules {
namespace {

using wire::Flag;

/// How a RST's numbers come about.
enum class Form : std::uint8_t {
  Unknown,            ///< As nothing in sight explains.
  Unjudged,           ///< Not enough is known.
  FromSegAck,         ///< <SEQ=SEG.ACK><CTL=RST>
  FromSegAckWithAck,  ///< The same with an ACK bit that the RFC does not have there.
  AcksSegment,        ///< <SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK>
  OfConnection,       ///< <SEQ=SND.NXT>: the stack aborts a connection that it has.
};

Form form_beside(const wire::Segment& rst, const Arrival& a) {
  const bool ack = rst.ctl.has(Flag::Ack);
  if (a.has(Flag::Ack)) {
    if (rst.seq != a.ack) return Form::Unknown;
    return ack ? Form::FromSegAckWithAck : Form::FromSegAck;
  }
  const bool acks = ack && rst.seq == wire::SeqNum() && rst.ack == a.end();
  return acks ? Form::AcksSegment : Form::Unknown;
}

bool is_of_connection(const ShadowTcb& tcb, const wire::Segment& rst) {
  if (!tcb.snd.known || tcb.only(tcp::State::Closed)) return false;
  // A sender that was told a smaller window may go on from there: SND.UNA+SND.WND (section 3.8.6).
  return wire::distance(tcb.snd.una, rst.seq) <= wire::distance(tcb.snd.una, tcb.snd.nxt);
}

Form form_of(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const wire::Segment& rst = scene.emission->segment();
  if (!scene.facts.complete || !tcb.followed) return Form::Unjudged;
  if (is_of_connection(tcb, rst)) return Form::OfConnection;
  Form best = Form::Unknown;
  for (std::size_t back = 0; const Arrival* a = tcb.arrival(back); ++back) {
    if (!a->plain) return Form::Unjudged;
    const Form form = form_beside(rst, *a);
    // A RST draws none, so whatever else a RST may answer explains it better.
    if (a->has(Flag::Rst)) {
      if (best == Form::Unknown) best = form;
      continue;
    }
    // Numbers may be those of an older SYN by chance, as where SEG.ACK is 0; what has just come is
    // what is answered.
    if (form != Form::Unknown && a->at == scene.now) return form;
    if (form == Form::FromSegAck || form == Form::AcksSegment) return form;
    if (form != Form::Unknown) best = form;
  }
  return best;
}

/// The segment that a RST of no known form most likely answers.
const Arrival* answered(const ShadowTcb& tcb) {
  for (std::size_t back = 0; const Arrival* a = tcb.arrival(back); ++back) {
    if (!a->has(Flag::Rst)) return a;
  }
  return nullptr;
}

Verdict reset_draws_no_reset(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const Arrival* last = tcb.arrival(0);
  if (!scene.emission->has(Flag::Rst) || !scene.facts.complete || last == nullptr) return {};
  const bool just_came = last->has(Flag::Rst) && last->at == scene.now && tcb.answers_arrival &&
                         tcb.last_stimulus == scene.now && !tcb.user.closed && !tcb.user.aborted;
  if (!just_came || form_beside(scene.emission->segment(), *last) == Form::Unknown) return {};
  for (std::size_t back = 1; const Arrival* a = tcb.arrival(back); ++back) {
    const bool other_cause = a->at == scene.now && !a->has(Flag::Rst);
    if (other_cause) return {};
  }
  return Complaint{"a RST is answered with a RST"};
}

Verdict reset_takes_seg_ack(const Scene& scene) {
  if (!scene.emission->has(Flag::Rst) || form_of(scene) != Form::Unknown) return {};
  const Arrival* a = answered(scene.tcb);
  if (a == nullptr || !a->has(Flag::Ack)) return {};
  return Complaint{
      fmt::format("its sequence number is {} raw; the ACK field of the segment that it "
                  "answers is {}",
                  scene.emission->segment().seq.raw(), a->ack.raw())};
}

Verdict reset_acknowledges_segment(const Scene& scene) {
  if (!scene.emission->has(Flag::Rst) || form_of(scene) != Form::Unknown) return {};
  const Arrival* a = answered(scene.tcb);
  if (a == nullptr || a->has(Flag::Ack)) return {};
  const wire::Segment& rst = scene.emission->segment();
  return Complaint{
      fmt::format("it answers a segment without ACK with SEQ {} and ACK {} raw, not "
                  "with 0 and {}",
                  rst.seq.raw(), rst.ack.raw(), a->end().raw())};
}

/// Every field is right but for a bit that the receiver of a RST does not need: deployed stacks do
/// it, and it breaks nobody.
Verdict reset_without_ack_bit(const Scene& scene) {
  if (!scene.emission->has(Flag::Rst) || form_of(scene) != Form::FromSegAckWithAck) return {};
  return Complaint{"it answers a segment with ACK and carries an ACK itself"};
}

/// Group 3: in a synchronized state a segment may draw an empty ACK and nothing else, so a RST
/// needs another cause: ABORT, CLOSE with data unread, a time-out, or a connection ended before.
Verdict reset_only_when_due(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  if (!scene.emission->has(Flag::Rst) || !scene.facts.complete) return {};
  if (!tcb.surely_synchronized(scene.now, scene.facts)) return {};
  const Arrival* last = tcb.arrival(0);
  const bool drawn_by_reset = last != nullptr && last->has(Flag::Rst) && last->at == scene.now;
  if (drawn_by_reset || (last != nullptr && !last->plain)) return {};
  return Complaint{"a RST ends a synchronized connection that nothing allowed to end"};
}

Verdict only_resets_without_connection(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowTcb& tcb = scene.tcb;
  if (!scene.facts.complete || !tcb.followed || e.has(Flag::Rst) || e.has(Flag::Syn)) return {};
  if (!tcb.only(tcp::State::Closed) || answers_silent_reset(scene)) return {};
  return Complaint{"there is no connection that may send anything but a RST"};
}

constexpr Rule kRules[] = {
    {"reset-draws-no-reset", "3.5.2-reset-draws-no-reset", Must, "3.5.2", EmitsReset,
     reset_draws_no_reset, "A RST is never answered with a RST."},
    {"reset-takes-seg-ack", "3.5.2-reset-seq-is-seg-ack", Must, "3.5.2", EmitsReset,
     reset_takes_seg_ack, "A RST that answers a segment with ACK has SEQ=SEG.ACK."},
    {"reset-acknowledges-segment", "3.5.2-reset-acks-seg-len", Must, "3.5.2", EmitsReset,
     reset_acknowledges_segment,
     "A RST that answers a segment without ACK has SEQ=0 and ACK=SEG.SEQ+SEG.LEN."},
    {"reset-has-no-ack-bit", "3.5.2-reset-seq-is-seg-ack", Should, "3.5.2", EmitsReset,
     reset_without_ack_bit, "A RST that answers a segment with ACK has no ACK bit."},
    {"reset-only-when-due", "3.5.2-synchronized-unacceptable-draws-ack-only", Must, "3.5.2",
     EmitsReset, reset_only_when_due,
     "Nothing but a RST, the user or a time-out ends a synchronized connection."},
    {"only-resets-without-connection", "3.5.2-no-connection-draws-reset", Must, "3.5.2", Emits,
     only_resets_without_connection, "A stack without the connection sends nothing but a RST."},
};

}  // namespace

std::span<const Rule> section_3_5_2_reset_generation() { return kRules; }

}  // namespace tcprove::monitor::rules
