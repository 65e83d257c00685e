#include <fmt/format.h>

#include "harness/monitor/follow.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

using wire::Flag;
using wire::Flaw;

Verdict checksum(const Scene& scene) {
  if (!scene.emission->packet->flaws.has(Flaw::TcpChecksum)) return {};
  return Complaint{
      fmt::format("its checksum 0x{:04x} does not verify", scene.emission->segment().checksum)};
}

Verdict data_offset(const Scene& scene) {
  if (!scene.emission->packet->flaws.has(Flaw::DataOffsetLies)) return {};
  return Complaint{fmt::format("its data offset is {} words, which is no header of this segment",
                               scene.emission->segment().data_offset)};
}

Verdict reserved_bits(const Scene& scene) {
  const std::uint8_t reserved = scene.emission->segment().reserved;
  if (reserved == 0 || may_be_accurate_ecn(scene.tcb, *scene.emission, scene.facts)) return {};
  return Complaint{fmt::format("its reserved bits are {}, not zero", reserved)};
}

/// "Once a connection is established, this is always sent": only the first SYN of an active open
/// has nothing to acknowledge. A RST may do without (section 3.5.2).
Verdict ack_bit(const Scene& scene) {
  const Emission& e = *scene.emission;
  if (e.has(Flag::Ack) || e.has(Flag::Rst)) return {};
  if (!e.has(Flag::Syn)) return Complaint{"it has neither ACK nor SYN nor RST"};
  const bool opened = scene.facts.complete && e.syn == SynKind::Repeat && scene.tcb.rcv.known &&
                      scene.tcb.only(tcp::State::Established);
  if (!opened) return {};
  return Complaint{"it is a SYN without ACK although the peer's SYN was acknowledged"};
}

constexpr Rule kRules[] = {
    {"checksum-verifies", "MUST-2", Must, "3.1", Emits, checksum,
     "Every segment carries the right checksum over pseudo-header, header and data."},
    {"data-offset-is-true", "3.1-data-offset-is-true", Must, "3.1", Emits, data_offset,
     "The data offset is the length of the header, at least 5 words, within the segment."},
    {"reserved-bits-are-zero", "3.1-reserved-bits-are-zero", Must, "3.1", Emits, reserved_bits,
     "The reserved bits are zero."},
    {"ack-bit-is-set", "3.1-ack-bit-is-set", Must, "3.1", Emits, ack_bit,
     "Every segment but the first SYN of an active open, and some RSTs, carries an ACK."},
};

}  // namespace

std::span<const Rule> section_3_1_header() { return kRules; }

}  // namespace tcprove::monitor::rules
