#include <array>
#include <chrono>

#include "harness/adapter/fault/wire_fault.hpp"

namespace tcprove::adapter::fault {
namespace {

using wire::Flag;
using namespace std::chrono_literals;

/// A segment of a synchronized connection that tells what has arrived.
bool acknowledges(const Passage& p) {
  return p.flow.synchronized() && p.segment().ctl.has(Flag::Ack) &&
         !p.segment().ctl.any(Flag::Syn | Flag::Rst);
}

bool is_pure_ack(const Passage& p) { return acknowledges(p) && p.segment().len() == 0; }

bool text_has_arrived(const Passage& p) { return p.segment().ack != *p.flow.irs + 1; }

void one_ahead(Passage& p) {
  if (acknowledges(p) && text_has_arrived(p)) p.change().ack += 1;
}

void one_behind(Passage& p) {
  if (acknowledges(p) && text_has_arrived(p)) p.change().ack = p.segment().ack - 1;
}

void peers_syn_not_counted(Passage& p) {
  if (p.segment().ctl.has(Flag::Syn) && p.segment().ctl.has(Flag::Ack)) {
    p.change().ack = p.segment().ack - 1;
  }
}

void peers_fin_not_counted(Passage& p) {
  if (acknowledges(p) && p.flow.peer_fin && p.segment().ack == *p.flow.peer_fin + 1) {
    p.change().ack = *p.flow.peer_fin;
  }
}

void goes_back(Passage& p) {
  if (acknowledges(p) && !p.segment().payload.empty()) p.change().ack = *p.flow.irs + 1;
}

void never(Passage& p) { p.dropped = is_pure_ack(p); }

void late(Passage& p) {
  if (is_pure_ack(p)) p.delay = 600ms;
}

/// What the last ACK has told already, with the same window.
void not_twice(Passage& p) {
  p.dropped =
      is_pure_ack(p) && p.flow.told_ack == p.segment().ack && p.flow.told_wnd == p.segment().wnd;
}

void not_past_a_gap(Passage& p) {
  const wire::SeqLen ahead = distance(p.flow.arrived, p.segment().seq);
  constexpr wire::SeqLen kWindowMax = 1U << 30U;
  p.dropped = p.flow.synchronized() && p.segment().len() > 0 &&
              !p.segment().ctl.any(Flag::Syn | Flag::Rst) && ahead > 0 && ahead < kWindowMax;
}

void twice(Passage& p) {
  if (is_pure_ack(p)) p.extra = {.packet = p.packet()};
}

void answered(Passage& p) {
  if (is_pure_ack(p)) p.extra = {.packet = p.empty_segment(Flag::Ack)};
}

void silent(Passage& p) { p.dropped = true; }

constexpr auto kFaults = std::to_array<WireFault>({
    {.named = {"ack-one-ahead", "3.4-ack-is-cumulative", "ACKs are one past what has arrived."},
     .emission = one_ahead},
    {.named = {"ack-one-behind", "3.10.7.4-data-acknowledged",
               "ACKs leave out the last octet that has arrived."},
     .emission = one_behind},
    {.named = {"ack-leaves-out-syn", "3.4-syn-occupies-one",
               "A SYN,ACK acknowledges SEG.SEQ and not SEG.SEQ+1."},
     .emission = peers_syn_not_counted},
    {.named = {"ack-leaves-out-fin", "3.10.7.4-fin-acknowledged",
               "The peer's FIN is never acknowledged."},
     .emission = peers_fin_not_counted},
    {.named = {"ack-goes-back", "3.4-ack-is-cumulative",
               "Segments with text acknowledge the peer's SYN alone."},
     .emission = goes_back},
    {.named = {"ack-never-sent", "3.10.7.4-data-acknowledged",
               "No segment is sent for an ACK alone."},
     .emission = never},
    {.named = {"ack-too-late", "MUST-40", "Every ACK is 600 ms late."}, .emission = late},
    {.named = {"ack-not-repeated", "3.10.7.4-unacceptable-draws-ack",
               "An ACK that tells nothing new is not sent."},
     .emission = not_twice},
    {.named = {"ack-sent-twice", "RFC5681-12", "Every ACK is sent twice."}, .emission = twice},
    {.named = {"ack-answers-ack", "3.4-ack-occupies-none", "An ACK is answered with an ACK."},
     .arrival = answered},
    {.named = {"gap-drops-text", "SHLD-31", "What arrives past a gap is dropped in silence."},
     .arrival = not_past_a_gap},
    {.named = {"silent", "3.10.7.2-syn-draws-syn-ack", "Nothing that the stack sends arrives."},
     .emission = silent},
});

}  // namespace

std::span<const WireFault> acknowledgment_faults() { return kFaults; }

}  // namespace tcprove::adapter::fault
