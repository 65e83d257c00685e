#include <array>

#include "harness/adapter/fault/wire_fault.hpp"

namespace tcprove::adapter::fault {
namespace {

using wire::Flag;
using wire::SeqNum;

constexpr SeqNum kConstantIss(1);

/// How far the peer's view of the stack's numbers lies from the stack's own.
wire::SeqLen moved(const Passage& p, SeqNum iss) {
  return p.iss_planned ? 0 : distance(iss, kConstantIss);
}

void iss_constant_out(Passage& p) {
  const bool syn = p.segment().ctl.has(Flag::Syn);
  if (!syn && !p.flow.iss) return;
  p.change().seq += moved(p, syn ? p.segment().seq : *p.flow.iss);
}

void iss_constant_in(Passage& p) {
  if (!p.flow.iss || !p.segment().ctl.has(Flag::Ack)) return;
  p.change().ack = p.segment().ack - moved(p, *p.flow.iss);
}

void fresh_iss(Passage& p) {
  if (p.segment().ctl.has(Flag::Syn) && p.flow.is_again(p.segment())) p.change().seq += 1;
}

void one_left_out(Passage& p) {
  if (!p.segment().payload.empty() && p.flow.iss) p.change().seq += 1;
}

/// The numbers after the wrap are one too great, so that there is no 0.
void no_zero(Passage& p) {
  constexpr std::uint32_t kHalf = 0x80000000;
  if (p.flow.iss && p.flow.iss->raw() >= kHalf && p.segment().seq.raw() < kHalf)
    p.change().seq += 1;
}

void own_syn_not_counted(Passage& p) {
  if (p.flow.synchronized() && !p.segment().ctl.any(Flag::Syn | Flag::Rst)) {
    p.change().seq = p.segment().seq - 1;
  }
}

void own_fin_not_counted(Passage& p) {
  if (p.flow.fin && p.segment().seq == *p.flow.fin + 1) p.change().seq = *p.flow.fin;
}

void ack_occupies_one(Passage& p) {
  if (p.flow.synchronized() && p.segment().len() == 0 && !p.segment().ctl.has(Flag::Rst)) {
    p.change().seq += 1;
  }
}

constexpr auto kFaults = std::to_array<WireFault>({
    {.named = {"iss-always-one", "MUST-8", "Every connection begins with the sequence number 1."},
     .emission = iss_constant_out,
     .arrival = iss_constant_in},
    {.named = {"iss-fresh-on-retransmission", "3.4.1-iss-is-kept",
               "A SYN that is sent again has another sequence number."},
     .emission = fresh_iss},
    {.named = {"number-left-out", "3.4-no-number-is-left-out",
               "Text begins one number past where it should."},
     .emission = one_left_out},
    {.named = {"zero-left-out", "3.4-sequence-numbers-wrap",
               "The sequence number 0 is left out at the wrap."},
     .emission = no_zero},
    {.named = {"own-syn-takes-no-number", "3.4-syn-occupies-one",
               "The stack's text begins with the number of its SYN."},
     .emission = own_syn_not_counted},
    {.named = {"own-fin-takes-no-number", "3.4-fin-occupies-one",
               "What follows the stack's FIN has its number."},
     .emission = own_fin_not_counted},
    {.named = {"ack-takes-a-number", "3.4-ack-occupies-none",
               "A segment that occupies no number is sent one past SND.NXT."},
     .emission = ack_occupies_one},
});

}  // namespace

std::span<const WireFault> sequence_faults() { return kFaults; }

}  // namespace tcprove::adapter::fault
