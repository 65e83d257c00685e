#include "harness/monitor/rule.hpp"

#include "harness/wire/segment_words.hpp"

namespace tcprove::monitor {
namespace {

wire::NumberBase base_of(const ShadowTcb& tcb) {
  wire::NumberBase base;
  if (tcb.snd.known) base.seq = tcb.snd.iss;
  if (tcb.rcv.known) base.ack = tcb.rcv.irs;
  return base;
}

}  // namespace

bool is_looked_at(Hook hook, const Emission& emission) {
  switch (hook) {
    case Hook::Emits:
      return true;
    case Hook::EmitsSyn:
      return emission.has(wire::Flag::Syn);
    case Hook::EmitsReset:
      return emission.has(wire::Flag::Rst);
    case Hook::EmitsText:
      return !emission.segment().payload.empty();
    case Hook::EmitsOptions:
      return !emission.segment().options.empty();
    case Hook::EmitsAgain:
      return emission.repeats;
    case Hook::Overdue:
    case Hook::Quiet:
    case Hook::Answers:
    case Hook::SaysState:
      break;
  }
  return false;
}

bool Scene::overdue(const Duty& duty) const {
  if (!duty.owed || !facts.complete) return false;
  if (facts.virtual_clock) return duty.at_once || now > duty.due || (ended && now == duty.due);
  return !duty.at_once && now > duty.due + kRealClockMargin;
}

std::string words_of_segment(const Scene& scene) {
  return wire::to_string(scene.emission->segment(), base_of(scene.tcb));
}

std::string words_of_stack_number(const Scene& scene, wire::SeqNum number) {
  return wire::number_words(number, base_of(scene.tcb).seq);
}

std::string words_of_peer_number(const Scene& scene, wire::SeqNum number) {
  return wire::number_words(number, base_of(scene.tcb).ack);
}

}  // namespace tcprove::monitor
