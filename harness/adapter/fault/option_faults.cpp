#include <array>

#include "harness/adapter/fault/wire_fault.hpp"

namespace tcprove::adapter::fault {
namespace {

using wire::Flag;

bool is_syn(const Passage& p) { return p.segment().ctl.has(Flag::Syn); }

void mss_on_text(Passage& p) {
  if (!p.segment().payload.empty()) p.add_option(wire::MaximumSegmentSize{.octets = 1460});
}

void option_of_length_zero(Passage& p) {
  constexpr std::uint8_t kExperiment = 254;  // RFC 4727.
  if (is_syn(p)) p.change_options({kExperiment, 0, 0, 0});
}

void octets_past_the_end(Passage& p) {
  if (is_syn(p)) p.change_options({0, 1, 1, 1});
}

void window_scale_unasked(Passage& p) {
  if (is_syn(p) && p.segment().ctl.has(Flag::Ack) && !p.flow.peer_syn.window_scale) {
    p.add_option(wire::WindowScale{.shift = 2});
  }
}

void window_scale_of_15(Passage& p) {
  if (is_syn(p) && !p.segment().ctl.has(Flag::Ack)) p.add_option(wire::WindowScale{.shift = 15});
}

void sack_permitted_late(Passage& p) {
  if (!is_syn(p) && p.flow.synchronized()) p.add_option(wire::SackPermitted{});
}

void sack_unasked(Passage& p) {
  if (is_syn(p) || !p.flow.synchronized() || p.flow.peer_syn.sack) return;
  if (!p.segment().payload.empty() || !p.segment().ctl.has(Flag::Ack)) return;
  wire::Sack sack;
  sack.count = 1;
  sack.blocks[0] = {.left = p.segment().ack + 1, .right = p.segment().ack + 2};
  p.add_option(sack);
}

void timestamps_unasked(Passage& p) {
  if (p.flow.peer_syn.timestamps || p.segment().ctl.has(Flag::Rst)) return;
  if (!is_syn(p) || p.segment().ctl.has(Flag::Ack)) p.add_option(wire::Timestamps{});
}

/// Applies `spoil` to the Timestamps option of a segment that has one and is no SYN.
template <class Change>
void change_timestamps(Passage& p, Change change) {
  auto timestamps = wire::find_option<wire::Timestamps>(p.segment().options);
  if (!timestamps || is_syn(p)) return;
  change(*timestamps);
  std::vector<std::uint8_t> options;
  wire::append(wire::NoOperation{}, options);
  wire::append(wire::NoOperation{}, options);
  wire::append(*timestamps, options);
  p.change_options(options);
}

void echo_off_by_one(Passage& p) {
  change_timestamps(p, [](wire::Timestamps& t) { ++t.tsecr; });
}

void clock_backwards(Passage& p) {
  change_timestamps(p, [](wire::Timestamps& t) { t.tsval = ~t.tsval; });
}

void timestamps_on_syn_alone(Passage& p) {
  if (!is_syn(p) && wire::find_option<wire::Timestamps>(p.segment().options)) {
    p.change_options({});
  }
}

/// The stack reads a larger MSS than the peer wrote.
void larger_mss(Passage& p) {
  const auto mss = wire::find_option<wire::MaximumSegmentSize>(p.segment().options);
  if (!mss || !is_syn(p)) return;
  std::vector<std::uint8_t> options;
  wire::append(wire::MaximumSegmentSize{.octets = static_cast<std::uint16_t>(mss->octets + 100)},
               options);
  p.change_options(options);
}

constexpr auto kFaults = std::to_array<WireFault>({
    {.named = {"mss-on-text", "MUST-65", "Segments with text carry the MSS option."},
     .emission = mss_on_text},
    {.named = {"mss-exceeded", "MUST-16",
               "Segments are up to 100 octets longer than the peer takes."},
     .arrival = larger_mss},
    {.named = {"option-of-length-zero", "MUST-68", "A SYN carries an option whose length is 0."},
     .emission = option_of_length_zero},
    {.named = {"padding-not-zero", "MUST-69",
               "Octets other than 0 follow the end of a SYN's options."},
     .emission = octets_past_the_end},
    {.named = {"window-scale-offered-unasked", "RFC7323-1",
               "A SYN,ACK carries a window scale although the SYN had none."},
     .emission = window_scale_unasked},
    {.named = {"window-scale-of-15", "RFC7323-17", "A SYN offers to scale windows by 2^15."},
     .emission = window_scale_of_15},
    {.named = {"sack-permitted-late", "RFC2018-1",
               "Segments after the handshake carry SACK-Permitted."},
     .emission = sack_permitted_late},
    {.named = {"sack-unasked", "RFC2018-2",
               "ACKs carry SACK blocks although the peer asked for none."},
     .emission = sack_unasked},
    {.named = {"timestamps-sent-unasked", "RFC7323-8",
               "Segments carry timestamps although the peer's SYN had none."},
     .emission = timestamps_unasked},
    {.named = {"timestamp-echo-wrong", "RFC7323-11", "The echoed timestamp is one too great."},
     .emission = echo_off_by_one},
    {.named = {"timestamp-clock-backwards", "RFC7323-20", "The timestamp clock runs backwards."},
     .emission = clock_backwards},
    {.named = {"timestamps-on-syn-alone", "RFC7323-8",
               "Timestamps were agreed on, and no segment carries them."},
     .emission = timestamps_on_syn_alone},
});

}  // namespace

std::span<const WireFault> option_faults() { return kFaults; }

}  // namespace tcprove::adapter::fault
