#include "harness/plan/step_octets.hpp"

#include <algorithm>

#include "harness/plan/octet_tables.hpp"
#include "harness/plan/words.hpp"

namespace tcprove::plan {
namespace {

using tcp::CallKind;
using wire::Flag;

// The places of a record. Those of a call or a wait are kVerbAt, kPlaceAt and kAmountAt.
constexpr std::size_t kVerbAt = 0;
constexpr std::size_t kPlaceAt = 1;
constexpr std::size_t kFlagsAt = 2;
constexpr std::size_t kSeqAt = 3;
constexpr std::size_t kAckAt = 6;
constexpr std::size_t kLenAt = 9;
constexpr std::size_t kWndAt = 12;
constexpr std::size_t kUpAt = 15;
constexpr std::size_t kOptionsAt = 16;
constexpr std::size_t kBrokenAt = 17;
constexpr std::size_t kLieAt = 18;
constexpr std::size_t kFirstArrivalAt = 19;
constexpr std::size_t kSecondArrivalAt = 20;
constexpr std::size_t kAmountAt = kSeqAt;

/// From here on an octet is no send; each call has as many octets as it is likely.
constexpr std::uint8_t kWaitFrom = 0x90;
constexpr std::uint8_t kCallFrom = 0xc0;
constexpr std::array kCalls{
    CallKind::Send, CallKind::Receive, CallKind::Close,   CallKind::Accept,
    CallKind::Send, CallKind::Receive, CallKind::Connect, CallKind::Shutdown,
    CallKind::Send, CallKind::Receive, CallKind::Close,   CallKind::Listen,
    CallKind::Send, CallKind::Receive, CallKind::Abort,   CallKind::Accept};

constexpr std::uint8_t kSecondConnectionBit = 1;
constexpr std::uint8_t kJoinedBits = 0xc0;  ///< All of them.

/// A first arrival is in order below, lost up to the next, and by its lower three bits from there.
constexpr std::uint8_t kLostFrom = 0xb8;
constexpr std::uint8_t kKeyedFrom = 0xd0;
constexpr std::uint8_t kKeyMask = 7;

NumberOctets number_at(const StepOctets& octets, std::size_t at) {
  return {.choice = octets.at(at), .low = octets.at(at + 1), .high = octets.at(at + 2)};
}

std::optional<std::uint8_t> first_arrival(std::uint8_t octet) {
  if (octet < kLostFrom) return 0;
  if (octet < kKeyedFrom) return std::nullopt;
  return octet & kKeyMask;
}

std::optional<std::uint8_t> second_arrival(std::uint8_t octet) {
  if (octet < kKeyedFrom) return std::nullopt;
  return octet & kKeyMask;
}

SegmentText segment_of(const StepOctets& octets, Swarm swarm) {
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
  text.up = number_of(NumberField::Up, {.choice = octets[kUpAt]}, true);
  if (swarm.has(Swarm::Options)) {
    const bool whole = !swarm.has(Swarm::Broken);
    text.options = options_of(octets[kOptionsAt], whole ? 0 : octets[kBrokenAt]);
  }
  if (swarm.has(Swarm::Broken)) make_lie(octets[kLieAt], text);
  text.text = to_string(text);
  return text;
}

Call call_of(const StepOctets& octets) {
  Call call{.kind = kCalls.at((octets[kVerbAt] - kCallFrom) % kCalls.size())};
  const bool counts = call.kind == CallKind::Send || call.kind == CallKind::Receive;
  if (counts) {
    call.octets = number_of(NumberField::CallOctets, number_at(octets, kAmountAt), false);
  }
  call.at_most = call.kind == CallKind::Receive;
  return call;
}

bool put_number(NumberField field, const std::optional<Expr>& expr, std::size_t at,
                StepOctets& octets) {
  const std::optional<NumberOctets> found = octets_of(field, expr);
  if (!found) return false;
  octets.at(at) = found->choice;
  octets.at(at + 1) = found->low;
  octets.at(at + 2) = found->high;
  return true;
}

/// Sets `octets[at]` to the first octet for which `fits` holds.
template <class Fits>
bool put_octet(std::size_t at, StepOctets& octets, const Fits& fits) {
  for (unsigned octet = 0; octet <= 0xff; ++octet) {
    octets.at(at) = static_cast<std::uint8_t>(octet);
    if (fits(octets.at(at))) return true;
  }
  return false;
}

bool put_options(const std::optional<std::vector<OptionText>>& options, StepOctets& octets) {
  const auto with = [&](std::uint8_t broken) {
    octets[kBrokenAt] = broken;
    return put_octet(kOptionsAt, octets,
                     [&](std::uint8_t octet) { return options_of(octet, broken) == options; });
  };
  if (with(0)) return true;
  for (unsigned broken = 0xc0; broken <= 0xff; ++broken) {
    if (with(static_cast<std::uint8_t>(broken))) return true;
  }
  return false;
}

bool same_lies(const SegmentText& a, const SegmentText& b) {
  return a.checksum_bad == b.checksum_bad && a.checksum == b.checksum &&
         a.data_offset == b.data_offset && a.reserved == b.reserved && a.ip_length == b.ip_length &&
         a.truncate_tcp == b.truncate_tcp;
}

bool put_segment(const StepRecord::Segment& segment, StepOctets& octets) {
  const SegmentText& text = segment.text;
  if (text.data) return false;
  if (segment.joined) octets[kPlaceAt] |= kJoinedBits;
  const std::optional<NumberOctets> up = octets_of(NumberField::Up, text.up);
  if (!up || up->choice >= kLiteralFrom) return false;
  octets[kUpAt] = up->choice;
  return put_octet(kFlagsAt, octets, [&](auto octet) { return flags_of(octet) == text.ctl; }) &&
         put_number(NumberField::Seq, text.seq, kSeqAt, octets) &&
         put_number(NumberField::Ack, text.ack, kAckAt, octets) &&
         put_number(NumberField::Len, text.len, kLenAt, octets) &&
         put_number(NumberField::Wnd, text.wnd, kWndAt, octets) &&
         put_options(text.options, octets) &&
         put_octet(kLieAt, octets,
                   [&](auto octet) {
                     SegmentText lying;
                     make_lie(octet, lying);
                     return same_lies(lying, text);
                   }) &&
         put_octet(kFirstArrivalAt, octets,
                   [&](auto octet) { return first_arrival(octet) == segment.first_arrival; }) &&
         put_octet(kSecondArrivalAt, octets,
                   [&](auto octet) { return second_arrival(octet) == segment.second_arrival; });
}

bool put_call(const Call& call, StepOctets& octets) {
  if (call.data) return false;
  const auto kind = std::ranges::find(kCalls, call.kind);
  octets[kVerbAt] = static_cast<std::uint8_t>(kCallFrom + (kind - kCalls.begin()));
  return !call.octets || put_number(NumberField::CallOctets, call.octets, kAmountAt, octets);
}

}  // namespace

StepRecord step_of(const StepOctets& octets, Swarm swarm, std::size_t connections) {
  const std::uint8_t verb = octets[kVerbAt];
  const bool second = connections > 1 && (octets[kPlaceAt] & kSecondConnectionBit) != 0;
  StepRecord record{.action = {}, .connection = static_cast<std::uint16_t>(second ? 1 : 0)};
  if (verb >= kCallFrom) {
    if (swarm.has(Swarm::Calls)) record.action = call_of(octets);
  } else if (verb >= kWaitFrom) {
    record.action = Wait{
        *number_of(NumberField::Duration, number_at(octets, kAmountAt), !swarm.has(Swarm::Wild))};
  } else {
    StepRecord::Segment segment{.text = segment_of(octets, swarm), .first_arrival = 0};
    if (swarm.has(Swarm::Disorder)) {
      segment.joined = (octets[kPlaceAt] & kJoinedBits) == kJoinedBits;
      segment.first_arrival = first_arrival(octets[kFirstArrivalAt]);
      segment.second_arrival = second_arrival(octets[kSecondArrivalAt]);
    }
    record.action = std::move(segment);
  }
  return record;
}

bool append_record(const StepRecord& record, std::vector<std::uint8_t>& out) {
  StepOctets octets{};
  octets[kPlaceAt] = record.connection == 0 ? 0 : kSecondConnectionBit;
  bool good = false;
  if (const auto* segment = std::get_if<StepRecord::Segment>(&record.action)) {
    good = put_segment(*segment, octets);
  } else if (const auto* call = std::get_if<Call>(&record.action)) {
    good = put_call(*call, octets);
  } else if (const auto* wait = std::get_if<Wait>(&record.action)) {
    octets[kVerbAt] = kWaitFrom;
    good = put_number(NumberField::Duration, wait->duration, kAmountAt, octets);
  }
  if (good) out.insert(out.end(), octets.begin(), octets.end());
  return good;
}

}  // namespace tcprove::plan
