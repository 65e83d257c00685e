// RFC 2018 section 4, "Generating Sack Options: Data Receiver Behavior", and RFC 2883 section 4.

#include "harness/adapter/reference/sack_rfc2018.hpp"

#include <algorithm>

#include "harness/adapter/reference/host.hpp"

namespace tcprove::adapter::reference {

using wire::distance;
using wire::SeqLen;
using wire::SeqNum;
using Block = wire::Sack::Block;

namespace {

std::optional<Block> run_with(const Tcb& tcb, SeqNum number) {
  for (const Block& run : tcb.reassembly.runs()) {
    if (distance(run.left, number) < distance(run.left, run.right)) return run;
  }
  return std::nullopt;
}

/// What of [begin, end), which lies past RCV.NXT, waits behind a gap already.
std::optional<Block> first_overlap(const Tcb& tcb, SeqNum begin, SeqNum end) {
  const auto offset = [&tcb](SeqNum number) { return distance(tcb.rcv_nxt, number); };
  for (const Block& run : tcb.reassembly.runs()) {
    const SeqLen left = std::max(offset(begin), offset(run.left));
    const SeqLen right = std::min(offset(end), offset(run.right));
    if (left < right) return Block{.left = tcb.rcv_nxt + left, .right = tcb.rcv_nxt + right};
  }
  return std::nullopt;
}

}  // namespace

void note_arrival_beyond_gap(Tcb& tcb, SeqNum begin) {
  const auto run = run_with(tcb, begin);
  // "The first SACK block MUST specify the contiguous block of data containing the segment which
  // triggered this ACK": so its run comes to the front.
  std::erase_if(tcb.sack.arrivals, [&](SeqNum number) {
    const auto other = run_with(tcb, number);
    return !other || other == run;
  });
  if (run) tcb.sack.arrivals.insert(tcb.sack.arrivals.begin(), begin);
}

bool note_duplicate(const Host& host, Tcb& tcb, const wire::Segment& seg) {
  if (!tcb.sack.agreed || host.defect(Fault::DuplicateNotReported)) return false;
  const SeqNum begin = seg.seq + (seg.ctl.has(wire::Flag::Syn) ? 1U : 0U);
  const auto size = static_cast<SeqLen>(seg.payload.size());
  const SeqLen old = distance(begin, tcb.rcv_nxt);
  std::optional<Block> duplicate;
  if (size > 0 && old > 0 && old < 0x8000'0000U) {
    duplicate = Block{.left = begin, .right = begin + std::min(size, old)};
  } else if (size > 0) {
    duplicate = first_overlap(tcb, begin, begin + size);
  }
  if (duplicate) tcb.sack.duplicate = duplicate;
  return duplicate.has_value();
}

void append_sack(const Host& host, const Tcb& tcb, std::size_t room,
                 std::vector<std::uint8_t>& out) {
  constexpr std::size_t kHead = 4;  // With the two NOPs in front that align the blocks.
  constexpr std::size_t kBlock = 8;
  if (!tcb.sack.agreed && !host.defect(Fault::SackUnasked)) return;
  if (host.defect(Fault::SackMissing) || room < kHead + kBlock) return;
  wire::Sack sack;
  std::size_t most = std::min(sack.blocks.size(), (room - kHead) / kBlock);
  if (host.defect(Fault::SackOneBlock)) most = 1;
  const auto add = [&](const Block& block) {
    if (sack.count < most) sack.blocks.at(sack.count++) = block;
  };
  if (tcb.sack.duplicate) add(*tcb.sack.duplicate);
  std::vector<SeqNum> arrivals = tcb.sack.arrivals;
  if (host.defect(Fault::SackOldestFirst)) std::ranges::reverse(arrivals);
  for (const SeqNum number : arrivals) {
    if (const auto run = run_with(tcb, number)) add(*run);
  }
  if (sack.count == 0) return;
  wire::append(wire::NoOperation{}, out);
  wire::append(wire::NoOperation{}, out);
  wire::append(sack, out);
}

}  // namespace tcprove::adapter::reference
