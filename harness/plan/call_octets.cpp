#include "harness/plan/call_octets.hpp"

#include <algorithm>

#include "harness/plan/octet_fields.hpp"
#include "harness/plan/record_layout.hpp"

namespace tcprove::plan {
namespace {

using namespace record;
using tcp::CallKind;

/// Each as often as it is likely.
constexpr std::array kCalls{
    CallKind::Send, CallKind::Receive, CallKind::Close,   CallKind::Accept,
    CallKind::Send, CallKind::Receive, CallKind::Connect, CallKind::Shutdown,
    CallKind::Send, CallKind::Receive, CallKind::Close,   CallKind::Listen,
    CallKind::Send, CallKind::Receive, CallKind::Abort,   CallKind::Accept};

bool counts(CallKind kind) { return kind == CallKind::Send || kind == CallKind::Receive; }

/// An OPEN whose addresses are named.
struct NamedOpening {
  CallKind kind;
  std::optional<SpecialAddress> from{};
  std::optional<SpecialAddress> to{};
};

/// Those that open the connection itself, and those that open none: another connection than the
/// plan's nobody would follow.
constexpr std::array kOpenings{
    NamedOpening{.kind = CallKind::Listen, .from = SpecialAddress::Unspecified},
    NamedOpening{.kind = CallKind::Listen, .from = SpecialAddress::Stack},
    NamedOpening{.kind = CallKind::Connect, .from = SpecialAddress::Stack},
    NamedOpening{.kind = CallKind::Connect, .from = SpecialAddress::Unspecified},
    NamedOpening{.kind = CallKind::Connect, .to = SpecialAddress::Broadcast},
    NamedOpening{.kind = CallKind::Connect, .to = SpecialAddress::Multicast},
    NamedOpening{.kind = CallKind::Connect, .to = SpecialAddress::Unspecified}};

Call plain_call_of(const StepOctets& octets) {
  Call call{.kind = kCalls.at((octets[kVerbAt] - kCallFrom) % kCalls.size())};
  if (counts(call.kind)) {
    call.octets = number_of(NumberField::CallOctets, amount_at(octets), false);
  }
  call.at_most = call.kind == CallKind::Receive;
  return call;
}

Call opening_of(const StepOctets& octets) {
  const NamedOpening& opening = kOpenings.at(octets[kKindAt] % kOpenings.size());
  Call call{.kind = opening.kind};
  call.from = opening.from;
  call.to = opening.to;
  return call;
}

std::optional<std::uint8_t> octet_of_opening(const Call& call) {
  const auto same = [&call](const NamedOpening& opening) {
    return opening.kind == call.kind && opening.from == call.from && opening.to == call.to;
  };
  const auto* const known = std::ranges::find_if(kOpenings, same);
  if (known == kOpenings.end()) return std::nullopt;
  return static_cast<std::uint8_t>(known - kOpenings.begin());
}

/// Settings, and what the user was told.
Call option_call_of(const StepOctets& octets) {
  const std::uint8_t verb = octets[kVerbAt];
  if (verb >= kUrgentFrom) return {.kind = CallKind::Urgent};
  if (verb >= kReportFrom) return {.kind = CallKind::Report};
  Call call{.kind = CallKind::Set};
  call.option = static_cast<tcp::UserOption>(octets[kKindAt] % tcp::kUserOptionCount);
  call.value = setting_of(call.option, amount_at(octets));
  return call;
}

std::uint8_t verb_of(const Call& call) {
  switch (call.kind) {
    case CallKind::Set:
      return kSetFrom;
    case CallKind::Report:
      return kReportFrom;
    case CallKind::Urgent:
      return kUrgentFrom;
    default:
      break;
  }
  if (call.urgent) return kUrgentSendFrom;
  if (call.from || call.to) return kOpenFrom;
  const auto kind = std::ranges::find(kCalls, call.kind);
  return static_cast<std::uint8_t>(kCallFrom + (kind - kCalls.begin()));
}

std::vector<wire::IcmpError> errors_of(wire::IpVersion ip) {
  std::vector<wire::IcmpError> errors;
  for (std::size_t i = 0; i < wire::kIcmpErrorCount; ++i) {
    const auto error = static_cast<wire::IcmpError>(i);
    if (has_error(ip, error)) errors.push_back(error);
  }
  return errors;
}

}  // namespace

std::optional<Call> call_of(const StepOctets& octets, Swarm swarm) {
  const std::uint8_t verb = octets[kVerbAt];
  const bool sets = verb >= kSetFrom && verb < kUrgentSendFrom;
  const bool asks = verb >= kReportFrom && verb < kOpenFrom;
  if (!swarm.has(sets || asks ? Swarm::Settings : Swarm::Calls)) return std::nullopt;
  if (sets || asks) {
    Call call = option_call_of(octets);
    const bool route = sets && call.option == tcp::UserOption::SourceRoute;
    if (route && !swarm.has(Swarm::IpFields)) return std::nullopt;
    return call;
  }
  if (verb < kIcmpFrom) return plain_call_of(octets);
  if (verb >= kOpenFrom) return opening_of(octets);
  Call call{.kind = CallKind::Send};
  call.octets = number_of(NumberField::CallOctets, amount_at(octets), false);
  call.urgent = true;
  return call;
}

bool put_call(const Call& call, StepOctets& octets) {
  if (call.data || call.report) return false;
  octets[kVerbAt] = verb_of(call);
  if (call.kind == CallKind::Set) {
    octets[kKindAt] = static_cast<std::uint8_t>(call.option);
    const auto value = octets_of_setting(call.option, call.value);
    if (value) put_amount_octets(*value, octets);
    return value.has_value();
  }
  if (call.from || call.to) {
    const auto opening = octet_of_opening(call);
    octets[kKindAt] = opening.value_or(0);
    return opening.has_value();
  }
  return !counts(call.kind) || !call.octets ||
         put_amount(NumberField::CallOctets, call.octets, octets);
}

SendIcmp icmp_of(const StepOctets& octets, wire::IpVersion ip, bool tame) {
  const std::vector<wire::IcmpError> errors = errors_of(ip);
  SendIcmp icmp{.error = errors[octets[kKindAt] % errors.size()], .seq = {}, .mtu = {}};
  icmp.seq = number_of(NumberField::Ack, number_at(octets, kAmountAt), tame);
  if (icmp.error == wire::IcmpError::FragmentationNeeded) {
    icmp.mtu = number_of(NumberField::Mtu, number_at(octets, kSecondAmountAt), tame);
  }
  return icmp;
}

bool put_icmp(const SendIcmp& icmp, wire::IpVersion ip, StepOctets& octets) {
  const std::vector<wire::IcmpError> errors = errors_of(ip);
  const auto known = std::ranges::find(errors, icmp.error);
  if (known == errors.end()) return false;
  octets[kVerbAt] = kIcmpFrom;
  octets[kKindAt] = static_cast<std::uint8_t>(known - errors.begin());
  return put_number(NumberField::Ack, icmp.seq, kAmountAt, octets) &&
         (!icmp.mtu || put_number(NumberField::Mtu, icmp.mtu, kSecondAmountAt, octets));
}

}  // namespace tcprove::plan
