#include <fmt/format.h>

#include "harness/monitor/follow.hpp"
#include "harness/monitor/half_circle.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

using wire::SeqNum;
using Block = wire::Sack::Block;

/// The blocks of a segment where the peer permitted any.
std::optional<wire::Sack> blocks_of(const Scene& scene) {
  const Emission& e = *scene.emission;
  const bool judged = e.in_connection && scene.facts.complete && e.has(wire::Flag::Ack) &&
                      !e.segment().options.empty() && scene.tcb.rcv.options.sack_permitted;
  return judged ? wire::find_option<wire::Sack>(e.segment().options) : std::nullopt;
}

bool contains(const Block& block, SeqNum number) {
  return wire::distance(block.left, number) < wire::distance(block.left, block.right);
}

/// The first block may tell of something that came twice and lies before the ACK (RFC 2883).
bool is_well_formed(const Scene& scene, const Block& block, bool first) {
  const SeqNum ack = scene.emission->segment().ack;
  if (!ahead(block.right, block.left)) return false;
  // What lies left of all that was ever sent may be taken for old, as it came.
  const Arrival* last = scene.tcb.arrival(0);
  const bool as_it_came = last != nullptr && last->seq == block.left;
  const bool duplicate =
      first && !ahead(block.right, ack) && (as_it_came || ahead(block.left, scene.tcb.rcv.irs));
  if (!ahead(block.left, ack) && !duplicate) return false;
  return duplicate || scene.tcb.rcv.arrived.holds(block.left, block.right);
}

Verdict sack_blocks_tell_what_came(const Scene& scene) {
  const std::optional<wire::Sack> sack = blocks_of(scene);
  for (std::size_t i = 0; sack && i < sack->count; ++i) {
    const Block& block = sack->blocks.at(i);
    if (is_well_formed(scene, block, i == 0)) continue;
    return Complaint{fmt::format("its block {}:{} is not of what came beyond {}",
                                 words_of_peer_number(scene, block.left),
                                 words_of_peer_number(scene, block.right),
                                 words_of_peer_number(scene, scene.emission->segment().ack))};
  }
  return {};
}

/// Judged where it is certain which segment the ACK answers, and that the stack kept it: of one
/// that is challenged nothing is.
Verdict first_sack_block_holds_trigger(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const Arrival* last = tcb.arrival(0);
  const bool answers = last != nullptr && last->plain && last->payload > 0 &&
                       !last->has(wire::Flag::Syn) && !last->has(wire::Flag::Rst) &&
                       tcb.ack_is_in_range(*last) && last->at == scene.now &&
                       tcb.last_stimulus == scene.now && tcb.sack.unanswered == 1 &&
                       scene.emission->segment().len() == 0;
  if (!answers || !ahead(last->seq, scene.emission->segment().ack)) return {};
  const std::optional<wire::Sack> sack = blocks_of(scene);
  if (!sack || sack->count < 2) return {};
  const Block& first = sack->blocks.front();
  const bool holds =
      contains(first, last->seq) || wire::distance(last->seq, first.left) < last->payload;
  if (holds) return {};
  for (std::size_t i = 1; i < sack->count; ++i) {
    if (!contains(sack->blocks.at(i), last->seq)) continue;
    return Complaint{fmt::format(
        "{} drew it, and its first block is {}:{}", words_of_peer_number(scene, last->seq),
        words_of_peer_number(scene, first.left), words_of_peer_number(scene, first.right))};
  }
  return {};
}

/// "The SACK option SHOULD be filled out by repeating the most recently reported SACK blocks":
/// there is always room for a second one.
Verdict sack_repeated(const Scene& scene) {
  const auto& before = scene.tcb.sack.first;
  const std::optional<wire::Sack> sack = before ? blocks_of(scene) : std::nullopt;
  if (!sack || sack->count != 1 || scene.tcb.fin_possibly_received()) return {};
  if (peer_mss(scene.tcb) < kLeastMssJudged) return {};  // There may be no room.
  const Block& block = sack->blocks.front();
  const SeqNum ack = scene.emission->segment().ack;
  const bool apart = ahead(before->left, block.right) || ahead(block.left, before->right);
  if (!ahead(before->left, ack) || !ahead(block.left, ack) || !apart) return {};
  return Complaint{fmt::format("it has one block, and {}:{} was reported before it",
                               words_of_peer_number(scene, before->left),
                               words_of_peer_number(scene, before->right))};
}

/// "If sent at all, SACK options SHOULD be included in all ACKs which do not ACK the highest
/// sequence number in the data receiver's queue."
Verdict sack_on_every_ack(const Scene& scene) {
  const Emission& e = *scene.emission;
  const auto& told = scene.tcb.sack.told_up_to;
  // What came past a FIN is no text of the connection's.
  const bool judged = e.in_connection && scene.facts.complete && told && !e.has(wire::Flag::Syn) &&
                      e.segment().len() == 0 && e.has(wire::Flag::Ack) &&
                      !scene.tcb.fin_possibly_received();
  if (!judged || !ahead(*told, e.segment().ack) || blocks_of(scene)) return {};
  if (peer_mss(scene.tcb) < kLeastMssJudged) return {};  // There may be no room.
  return Complaint{fmt::format("it has no SACK blocks although what came up to {} waits",
                               words_of_peer_number(scene, *told))};
}

constexpr Rule kRules[] = {
    {"sack-blocks-tell-what-came", "RFC2018-8", Must, "3", EmitsOptions, sack_blocks_tell_what_came,
     "A SACK block is of what came beyond the ACK; the first may be of what came twice."},
    {"first-sack-block-holds-the-trigger", "RFC2018-4", Must, "4", EmitsOptions,
     first_sack_block_holds_trigger, "The first SACK block holds the segment that drew the ACK."},
    {"sack-blocks-are-repeated", "RFC2018-5", Should, "4", EmitsOptions, sack_repeated,
     "Where there is room the blocks that were reported before are repeated."},
    {"sack-blocks-on-every-ack", "RFC2018-3", Should, "4", Emits, sack_on_every_ack,
     "Once SACK blocks were sent, every ACK of less than what they told of has some."},
};

}  // namespace

std::span<const Rule> rfc2018_blocks() { return kRules; }

}  // namespace tcprove::monitor::rules
