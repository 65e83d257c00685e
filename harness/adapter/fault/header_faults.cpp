#include <array>

#include "harness/adapter/fault/wire_fault.hpp"

namespace tcprove::adapter::fault {
namespace {

using wire::Flag;

void wrong_checksum(Passage& p) {
  if (p.segment().payload.empty()) return;
  p.change();
  p.lies.checksum_bad = true;
}

void wrong_ipv6_checksum(Passage& p) {
  if (p.packet().source.version != wire::IpVersion::V6) return;
  p.change();
  p.lies.checksum_bad = true;
}

/// To write a segment anew is to make its checksum right.
void mended_checksum(Passage& p) {
  if (p.packet().flaws.has(wire::Flaw::TcpChecksum)) p.change();
}

void reserved_bit(Passage& p) { p.change().reserved |= 1U; }

void data_offset_of_options(Passage& p) {
  if (p.segment().options.empty()) return;
  p.change();
  p.lies.data_offset = static_cast<std::uint8_t>(p.segment().data_offset - 1);
}

void no_ack_bit(Passage& p) {
  if (!p.flow.synchronized() || p.segment().payload.empty()) return;
  wire::Segment& segment = p.change();
  segment.ctl = segment.ctl.without(Flag::Ack);
  segment.ack = wire::SeqNum();
}

void syn_ack_without_ack(Passage& p) {
  if (!p.segment().ctl.has(Flag::Syn)) return;
  p.change().ctl = Flag::Syn;
}

void no_push(Passage& p) {
  if (p.segment().ctl.has(Flag::Psh)) p.change().ctl = p.segment().ctl.without(Flag::Psh);
}

void urgent_pointer_one_short(Passage& p) {
  if (p.segment().ctl.has(Flag::Urg)) --p.change().up;
}

void last_octet_differs(Passage& p) {
  if (!p.segment().payload.empty()) p.flip_last_octet(1);
}

constexpr auto kFaults = std::to_array<WireFault>({
    {.named = {"checksum-wrong", "MUST-2", "The checksum of every segment with text is wrong."},
     .emission = wrong_checksum},
    {.named = {"checksum-wrong-over-ipv6", "MUST-2",
               "The checksum of every segment over IPv6 is wrong."},
     .emission = wrong_ipv6_checksum},
    {.named = {"checksum-unverified", "MUST-3", "A segment with a wrong checksum is taken."},
     .arrival = mended_checksum,
     .broken_arrivals = true},
    {.named = {"reserved-bits-set", "3.1-reserved-bits-are-zero",
               "Every segment has a reserved bit set."},
     .emission = reserved_bit},
    {.named = {"data-offset-short", "3.1-data-offset-is-true",
               "The data offset leaves out the last four octets of the options."},
     .emission = data_offset_of_options},
    {.named = {"ack-bit-missing", "3.1-ack-bit-is-set", "Segments with text carry no ACK."},
     .emission = no_ack_bit},
    {.named = {"syn-ack-without-ack", "3.10.7.2-syn-draws-syn-ack",
               "A SYN is answered with a SYN alone."},
     .emission = syn_ack_without_ack},
    {.named = {"push-missing", "MUST-61", "No segment carries PSH."}, .emission = no_push},
    {.named = {"urgent-pointer-moved", "MUST-30",
               "The urgent pointer is taken for the last urgent octet."},
     .emission = urgent_pointer_one_short,
     .arrival = urgent_pointer_one_short},
    {.named = {"arriving-octet-differs", "3.10.7.4-data-delivered-in-order",
               "The last octet of each segment reaches the user changed."},
     .arrival = last_octet_differs},
});

}  // namespace

std::span<const WireFault> header_faults() { return kFaults; }

}  // namespace tcprove::adapter::fault
