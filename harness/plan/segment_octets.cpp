#include "harness/plan/segment_octets.hpp"

#include <algorithm>

#include "harness/plan/octet_fields.hpp"
#include "harness/plan/record_layout.hpp"
#include "harness/plan/words.hpp"

namespace tcprove::plan {
namespace {

using namespace record;
using wire::Flag;

constexpr std::uint8_t kJoinedBits = 0xc0;  ///< All of them.

/// A first arrival is in order below, lost up to the next, and by its lower three bits from there.
constexpr std::uint8_t kLostFrom = 0xb8;
constexpr std::uint8_t kKeyedFrom = 0xd0;
constexpr std::uint8_t kKeyMask = 7;

std::optional<std::uint8_t> first_arrival(std::uint8_t octet) {
  if (octet < kLostFrom) return 0;
  if (octet < kKeyedFrom) return std::nullopt;
  return octet & kKeyMask;
}

std::optional<std::uint8_t> second_arrival(std::uint8_t octet) {
  if (octet < kKeyedFrom) return std::nullopt;
  return octet & kKeyMask;
}

NumberOctets up_at(const StepOctets& octets) {
  return {.choice = octets[kUpAt], .low = octets[kUpNumberAt], .high = octets[kUpNumberAt + 1]};
}

OptionOctets options_at(const StepOctets& octets) {
  OptionOctets options{.list = octets[kOptionsAt], .broken = octets[kBrokenAt]};
  std::copy_n(octets.begin() + kPiecesAt, options.pieces.size(), options.pieces.begin());
  return options;
}

/// A second lie is as rare as two coincidences.
void make_lies(std::uint8_t first, std::uint8_t second, SegmentText& text) {
  constexpr std::uint8_t kSecondFrom = 0xf0;
  static_assert(kSecondFrom + kLieCount == 0x100 && (kSecondFrom - kLiesFrom) % kLieCount == 0);
  make_lie(first, text);
  if (second >= kSecondFrom) make_lie(second, text);
}

bool same_lies(const SegmentText& a, const SegmentText& b) {
  return a.checksum_bad == b.checksum_bad && a.checksum == b.checksum &&
         a.data_offset == b.data_offset && a.reserved == b.reserved && a.ip_length == b.ip_length &&
         a.truncate_tcp == b.truncate_tcp;
}

bool put_lies(const SegmentText& text, StepOctets& octets) {
  const auto with = [&](std::uint8_t second) {
    octets[kSecondLieAt] = second;
    return put_octet(kLieAt, octets, [&](std::uint8_t first) {
      SegmentText lying;
      make_lies(first, second, lying);
      return same_lies(lying, text);
    });
  };
  if (with(0)) return true;
  for (unsigned second = 0x100 - kLieCount; second <= 0xff; ++second) {
    if (with(static_cast<std::uint8_t>(second))) return true;
  }
  return false;
}

bool put_ip_header(const SegmentText& text, wire::IpVersion ip, StepOctets& octets) {
  const wire::Flags ecn_bits = Flag::Ece | Flag::Cwr;
  return put_octet(kEcnAt, octets,
                   [&](std::uint8_t octet) {
                     SegmentText other;
                     set_ecn(octet, other);
                     return other.ecn == text.ecn &&
                            (other.ctl | text.ctl.without(ecn_bits)) == text.ctl;
                   }) &&
         put_octet(kIpFieldsAt, octets, [&](std::uint8_t octet) {
           SegmentText other;
           set_ip_fields(octet, ip, other);
           return other.from == text.from && other.to == text.to && other.ttl == text.ttl &&
                  other.dscp == text.dscp && other.ip_options == text.ip_options;
         });
}

bool put_options(const SegmentText& text, StepOctets& octets) {
  const std::optional<OptionOctets> options = octets_of(text.options);
  if (!options) return false;
  octets[kOptionsAt] = options->list;
  octets[kBrokenAt] = options->broken;
  std::ranges::copy(options->pieces, octets.begin() + kPiecesAt);
  return true;
}

bool put_numbers(const SegmentText& text, StepOctets& octets) {
  const std::optional<NumberOctets> up = octets_of(NumberField::Up, text.up);
  if (!up) return false;
  octets[kUpAt] = up->choice;
  octets[kUpNumberAt] = up->low;
  octets[kUpNumberAt + 1] = up->high;
  return put_number(NumberField::Seq, text.seq, kSeqAt, octets) &&
         put_number(NumberField::Ack, text.ack, kAckAt, octets) &&
         put_number(NumberField::Len, text.len, kLenAt, octets) &&
         put_number(NumberField::Wnd, text.wnd, kWndAt, octets);
}

}  // namespace

StepRecord::Segment segment_of(const StepOctets& octets, const RecordContext& context) {
  const Swarm swarm = context.swarm;
  const bool tame = !swarm.has(Swarm::Wild);
  SegmentText text{.ctl = flags_of(octets[kFlagsAt])};
  if (!swarm.has(Swarm::Resets)) text.ctl = text.ctl.without(Flag::Rst);
  if (!swarm.has(Swarm::Syns)) text.ctl = text.ctl.without(Flag::Syn);
  if (!swarm.has(Swarm::Fins)) text.ctl = text.ctl.without(Flag::Fin);
  text.psh_named = text.ctl.has(Flag::Psh);
  text.seq = number_of(NumberField::Seq, number_at(octets, kSeqAt), tame);
  text.ack = number_of(NumberField::Ack, number_at(octets, kAckAt), tame);
  text.len = number_of(NumberField::Len, number_at(octets, kLenAt), tame);
  text.wnd = number_of(NumberField::Wnd, number_at(octets, kWndAt), tame);
  text.up = number_of(NumberField::Up, up_at(octets), tame);
  const bool whole = !swarm.has(Swarm::Broken);
  if (swarm.has(Swarm::Options)) text.options = options_of(options_at(octets), whole);
  if (!whole) make_lies(octets[kLieAt], octets[kSecondLieAt], text);
  if (swarm.has(Swarm::Ecn)) set_ecn(octets[kEcnAt], text);
  if (swarm.has(Swarm::IpFields)) set_ip_fields(octets[kIpFieldsAt], context.ip, text);
  text.text = to_string(text);
  StepRecord::Segment segment{.text = std::move(text), .first_arrival = 0};
  if (swarm.has(Swarm::Disorder)) {
    segment.joined = (octets[kPlaceAt] & kJoinedBits) == kJoinedBits;
    segment.first_arrival = first_arrival(octets[kFirstArrivalAt]);
    segment.second_arrival = second_arrival(octets[kSecondArrivalAt]);
  }
  return segment;
}

bool put_segment(const StepRecord::Segment& segment, wire::IpVersion ip, StepOctets& octets) {
  const SegmentText& text = segment.text;
  if (text.data) return false;
  if (segment.joined) octets[kPlaceAt] |= kJoinedBits;
  const wire::Flags plain = text.ctl.without(Flag::Ece | Flag::Cwr);
  return put_octet(kFlagsAt, octets, [&](auto octet) { return flags_of(octet) == plain; }) &&
         put_numbers(text, octets) && put_options(text, octets) && put_lies(text, octets) &&
         put_ip_header(text, ip, octets) &&
         put_octet(kFirstArrivalAt, octets,
                   [&](auto octet) { return first_arrival(octet) == segment.first_arrival; }) &&
         put_octet(kSecondArrivalAt, octets,
                   [&](auto octet) { return second_arrival(octet) == segment.second_arrival; });
}

}  // namespace tcprove::plan
