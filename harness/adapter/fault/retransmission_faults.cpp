#include <array>
#include <chrono>

#include "harness/adapter/fault/wire_fault.hpp"

namespace tcprove::adapter::fault {
namespace {

using wire::Flag;
using namespace std::chrono_literals;

bool is_text_again(const Passage& p) {
  return p.flow.is_again(p.segment()) && !p.segment().payload.empty();
}

void text_once(Passage& p) { p.dropped = is_text_again(p); }

void syn_once(Passage& p) {
  p.dropped = p.flow.is_again(p.segment()) && p.segment().ctl.has(Flag::Syn);
}

void fin_once(Passage& p) {
  p.dropped = p.flow.is_again(p.segment()) && p.segment().ctl.has(Flag::Fin);
}

void octet_flipped(Passage& p) {
  if (is_text_again(p)) p.flip_last_octet(1);
}

void at_snd_nxt(Passage& p) {
  if (is_text_again(p)) p.change().seq = p.flow.snd_nxt;
}

void doubled(Passage& p) {
  if (!p.segment().payload.empty()) p.extra = {.packet = p.packet()};
}

void early(Passage& p) {
  if (!p.segment().payload.empty() && !p.flow.is_again(p.segment())) {
    p.extra = {.packet = p.packet(), .delay = 200ms};
  }
}

constexpr auto kFaults = std::to_array<WireFault>({
    {.named = {"text-sent-once", "3.8.1-lost-segment-retransmitted",
               "Text that is not acknowledged is never sent again."},
     .emission = text_once},
    {.named = {"syn-sent-once", "MUST-22", "A SYN that is not acknowledged is never sent again."},
     .emission = syn_once},
    {.named = {"fin-sent-once", "3.6-fin-retransmitted",
               "A FIN that is not acknowledged is never sent again."},
     .emission = fin_once},
    {.named = {"retransmission-octet-differs", "3.8.1-lost-segment-retransmitted",
               "The last octet of a segment that is sent again is another."},
     .emission = octet_flipped},
    {.named = {"retransmission-at-snd-nxt", "3.10.8-retransmission-timeout-resends-front",
               "Text that is sent again carries SND.NXT."},
     .emission = at_snd_nxt},
    {.named = {"text-sent-twice", "RFC6298-6", "Every segment with text is sent twice at once."},
     .emission = doubled},
    {.named = {"retransmission-early", "RFC6298-6", "Text is sent again after 200 ms."},
     .emission = early},
});

}  // namespace

std::span<const WireFault> retransmission_faults() { return kFaults; }

}  // namespace tcprove::adapter::fault
