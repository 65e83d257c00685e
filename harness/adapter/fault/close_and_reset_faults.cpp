#include <array>

#include "harness/adapter/fault/wire_fault.hpp"

namespace tcprove::adapter::fault {
namespace {

using wire::Flag;

bool is_reset(const Passage& p) { return p.segment().ctl.has(Flag::Rst); }

/// The stack is told of the connection's next number whatever the RST said.
void any_reset_taken(Passage& p) {
  if (is_reset(p) && p.flow.synchronized()) p.change().seq = p.flow.arrived;
}

void reset_ignored(Passage& p) { p.dropped = is_reset(p) && p.flow.synchronized(); }

void reset_answered(Passage& p) {
  if (is_reset(p)) p.extra = {.packet = p.empty_segment(Flag::Rst)};
}

void reset_never_sent(Passage& p) { p.dropped = is_reset(p); }

void reset_one_off(Passage& p) {
  // One that answers a segment without ACK has number 0.
  if (is_reset(p) && p.segment().seq != wire::SeqNum()) p.change().seq += 1;
}

void reset_acks_one_less(Passage& p) {
  if (is_reset(p) && p.segment().ctl.has(Flag::Ack)) p.change().ack = p.segment().ack - 1;
}

void syn_ignored(Passage& p) {
  p.dropped = p.segment().ctl.has(Flag::Syn) && p.flow.synchronized() && p.flow.told_ack;
}

void fin_before_text(Passage& p) {
  if (p.segment().ctl.has(Flag::Fin) && p.flow.snd_una != p.flow.snd_nxt) {
    p.change().seq = p.flow.snd_una;
  }
}

void fin_of_its_own(Passage& p) {
  if (!p.segment().payload.empty()) p.change().ctl |= Flag::Fin;
}

void text_after_fin(Passage& p) {
  if (p.flow.fin && p.segment().len() == 0 && !is_reset(p)) p.say_one_octet();
}

void fin_dropped(Passage& p) {
  if (p.segment().ctl.has(Flag::Fin)) p.change().ctl = p.segment().ctl.without(Flag::Fin);
}

constexpr auto kFaults = std::to_array<WireFault>({
    {.named = {"reset-with-any-number-taken", "RFC5961-3",
               "A RST with any number ends a connection."},
     .arrival = any_reset_taken},
    {.named = {"reset-ignored", "RFC5961-1", "A RST ends no synchronized connection."},
     .arrival = reset_ignored},
    {.named = {"reset-answered-with-reset", "3.5.2-reset-draws-no-reset",
               "A RST is answered with a RST."},
     .arrival = reset_answered},
    {.named = {"reset-never-sent", "3.5.2-no-connection-draws-reset", "No RST is sent."},
     .emission = reset_never_sent},
    {.named = {"reset-number-off-by-one", "3.5.2-reset-seq-is-seg-ack",
               "A RST that answers an ACK carries SEG.ACK+1."},
     .emission = reset_one_off},
    {.named = {"reset-acks-one-less", "3.5.2-reset-acks-seg-len",
               "A RST that answers a segment without ACK leaves out its last number."},
     .emission = reset_acks_one_less},
    {.named = {"syn-in-connection-ignored", "RFC5961-5",
               "A SYN for a synchronized connection draws nothing."},
     .arrival = syn_ignored},
    {.named = {"fin-before-text", "3.6-close-sends-queued-data",
               "A FIN carries the number of text that is not acknowledged yet."},
     .emission = fin_before_text},
    {.named = {"fin-without-close", "3.6-fin-needs-a-close",
               "Every segment with text carries a FIN."},
     .emission = fin_of_its_own},
    {.named = {"text-after-fin", "3.6-nothing-follows-the-fin",
               "ACKs after the FIN carry an octet of text."},
     .emission = text_after_fin},
    {.named = {"fin-overlooked", "3.10.7.4-fin-acknowledged", "The peer's FIN is not seen."},
     .arrival = fin_dropped},
});

}  // namespace

std::span<const WireFault> close_and_reset_faults() { return kFaults; }

}  // namespace tcprove::adapter::fault
