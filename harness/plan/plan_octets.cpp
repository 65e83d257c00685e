#include "harness/plan/plan_octets.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "harness/plan/format_one.hpp"
#include "harness/plan/format_two.hpp"
#include "harness/plan/octet_tables.hpp"
#include "harness/plan/openings.hpp"
#include "harness/plan/record_layout.hpp"
#include "harness/plan/step_octets.hpp"
#include "harness/plan/words.hpp"

namespace tcprove::plan {
namespace {

constexpr std::uint16_t kStackPort = 7;
constexpr std::uint16_t kFirstPeerPort = 40'000;

// The places of the header.
constexpr std::size_t kSettingsAt = 1;
constexpr std::size_t kStackIssAt = 2;
constexpr std::size_t kPeerIssAt = 3;
constexpr std::size_t kPeerOptionsAt = 4;
constexpr std::size_t kPeerWndAt = 5;
constexpr std::size_t kOpeningAt = 6;
constexpr std::size_t kSwarmAt = 7;
constexpr std::size_t kSwarmMoreAt = 8;
constexpr std::size_t kConnectionsAt = 9;
constexpr std::size_t kPeerPiecesAt = 10;
constexpr std::size_t kStackIssValueAt = kHeaderByValueAt;
constexpr std::size_t kPeerIssValueAt = kStackIssValueAt + 4;
constexpr std::size_t kPeerWndValueAt = kPeerIssValueAt + 4;

constexpr unsigned kActiveBit = 1;
constexpr unsigned kIpv6Bit = 2;
constexpr unsigned kTwoConnectionsBits = 0x1c;  ///< All of them.
constexpr unsigned kTimestampsBits = 0xe0;      ///< All of them.

/// What the peer's clock shows all the time where a plan has the peer use it.
constexpr std::uint32_t kPeerClock = 1000;

using Header = std::array<std::uint8_t, kHeaderOctets>;

bool uses_timestamps(const Header& header) {
  return (header[kSettingsAt] & kTimestampsBits) == kTimestampsBits;
}

/// From here on, an octet at kConnectionsAt says how many there are, which are more than two.
constexpr std::uint8_t kMoreConnectionsFrom = 0xf0;

std::size_t connections_of(const Header& header) {
  const std::uint8_t octet = header[kConnectionsAt];
  if (octet >= kMoreConnectionsFrom) {
    return 3 + (octet - kMoreConnectionsFrom) % (kConnectionsMax - 2);
  }
  return (header[kSettingsAt] & kTwoConnectionsBits) == kTwoConnectionsBits ? 2 : 1;
}

std::uint32_t value_at(const Header& header, std::size_t at, std::size_t octets) {
  std::uint32_t value = 0;
  for (std::size_t i = octets; i > 0; --i) value = value << 8U | header.at(at + i - 1);
  return value;
}

std::optional<std::uint32_t> stack_iss_at(const Header& header) {
  const std::uint8_t octet = header[kStackIssAt];
  return octet < kByValueFrom ? stack_iss_of(octet) : value_at(header, kStackIssValueAt, 4);
}

std::uint32_t peer_iss_at(const Header& header) {
  const std::uint8_t octet = header[kPeerIssAt];
  return octet < kByValueFrom ? peer_iss_of(octet) : value_at(header, kPeerIssValueAt, 4);
}

std::uint16_t peer_wnd_at(const Header& header) {
  const std::uint8_t octet = header[kPeerWndAt];
  if (octet < kByValueFrom) return peer_wnd_of(octet);
  return static_cast<std::uint16_t>(value_at(header, kPeerWndValueAt, 2));
}

OptionOctets peer_options_at(const Header& header) {
  OptionOctets options{.list = header[kPeerOptionsAt]};
  std::copy_n(header.begin() + kPeerPiecesAt, options.pieces.size(), options.pieces.begin());
  return options;
}

/// What the peer's SYNs carry; where nothing is said its MSS, and its clock where that is used.
std::vector<OptionText> syn_options_of(const Header& header) {
  if (auto named = options_of(peer_options_at(header), true)) return *std::move(named);
  std::vector<OptionText> options{mss_option(1460)};
  if (uses_timestamps(header)) options.push_back(echoing_timestamps(kPeerClock));
  return options;
}

/// A peer that uses its clock does so on each segment (RFC 7323 section 3.2).
void add_timestamps(SegmentText& text) {
  const bool as_in_syns = text.ctl.has(wire::Flag::Syn) || text.ctl.has(wire::Flag::Rst);
  if (text.options || as_in_syns) return;
  text.options = std::vector{echoing_timestamps(kPeerClock)};
  text.text = to_string(text);
}

/// The segments of one step and when each is to arrive.
struct Group {
  struct Arrival {
    std::uint8_t key = 0;
    std::uint8_t index = 0;
  };
  Send send;
  std::vector<Arrival> arrivals;
  std::uint16_t connection = 0;

  void add(StepRecord::Segment segment) {
    const auto index = static_cast<std::uint8_t>(send.sent.size());
    for (const auto& key : {segment.first_arrival, segment.second_arrival}) {
      if (key) arrivals.push_back({.key = *key, .index = index});
    }
    send.sent.push_back(std::move(segment.text));
  }

  Step take() {
    std::ranges::stable_sort(arrivals, {},
                             [](const Arrival& a) { return std::tie(a.key, a.index); });
    for (const Arrival& arrival : arrivals) send.arrive.push_back(arrival.index);
    arrivals.clear();
    Step step{.action = std::move(send), .connection = connection};
    send = {};
    return step;
  }
};

void add_named(Step step, Plan& plan) {
  step.text = summary_of(step);
  plan.steps.push_back(std::move(step));
}

void add_steps(wire::Octets octets, const Header& header, Plan& plan) {
  const auto off =
      static_cast<std::uint16_t>(header[kSwarmAt] | unsigned{header[kSwarmMoreAt]} << 8U);
  const RecordContext context{
      .swarm = Swarm{off}, .connections = plan.connections.size(), .ip = plan.ip};
  Group group;
  for (std::size_t i = 0; i < kStepsMax && !octets.empty(); ++i) {
    std::array<std::uint8_t, kStepOctets> record{};
    const std::size_t size = std::min(octets.size(), kStepOctets);
    std::copy_n(octets.begin(), size, record.begin());
    octets = octets.subspan(size);
    StepRecord step = step_of(record, context);
    auto* segment = std::get_if<StepRecord::Segment>(&step.action);
    const bool joins = segment != nullptr && step.connection == group.connection;
    const bool full = group.send.sent.size() == kSegmentsTogetherMax;
    if (!group.send.sent.empty() && (!joins || full)) add_named(group.take(), plan);
    if (segment != nullptr) {
      const bool named = context.swarm.has(Swarm::Options);
      if (named && uses_timestamps(header)) add_timestamps(segment->text);
      const bool joined = segment->joined;
      group.connection = step.connection;
      group.add(*std::move(segment));
      if (!joined) add_named(group.take(), plan);
    } else if (auto* call = std::get_if<Call>(&step.action)) {
      add_named({.action = *std::move(call), .connection = step.connection}, plan);
    } else if (auto* wait = std::get_if<Wait>(&step.action)) {
      add_named({.action = *std::move(wait), .connection = step.connection}, plan);
    } else if (auto* icmp = std::get_if<SendIcmp>(&step.action)) {
      add_named({.action = *std::move(icmp), .connection = step.connection}, plan);
    }
  }
  if (!group.send.sent.empty()) add_named(group.take(), plan);
}

/// The keys that make segments arrive in the order of `arrive`, by place in it.
std::vector<std::uint8_t> keys_of(const std::vector<std::uint8_t>& arrive) {
  std::vector<std::uint8_t> keys;
  for (std::size_t i = 0; i < arrive.size(); ++i) {
    const bool overtakes = i > 0 && arrive[i] < arrive[i - 1];
    keys.push_back(static_cast<std::uint8_t>(i == 0 ? 0 : keys.back() + (overtakes ? 1 : 0)));
  }
  return keys;
}

bool append_send(const Step& step, wire::IpVersion ip, std::vector<std::uint8_t>& out) {
  const Send& send = std::get<Send>(step.action);
  if (send.sent.empty() || send.sent.size() > kSegmentsTogetherMax) return false;
  const std::vector<std::uint8_t> keys = keys_of(send.arrive);
  for (std::size_t i = 0; i < send.sent.size(); ++i) {
    StepRecord::Segment segment{.text = send.sent[i], .joined = i + 1 < send.sent.size()};
    for (std::size_t at = 0; at < send.arrive.size(); ++at) {
      if (send.arrive[at] != i) continue;
      if (segment.second_arrival) return false;
      (segment.first_arrival ? segment.second_arrival : segment.first_arrival) = keys[at];
    }
    if (!append_record({.action = std::move(segment), .connection = step.connection}, ip, out)) {
      return false;
    }
  }
  return true;
}

bool append_step(const Step& step, wire::IpVersion ip, std::vector<std::uint8_t>& out) {
  if (std::holds_alternative<Send>(step.action)) return append_send(step, ip, out);
  StepRecord record{.action = {}, .connection = step.connection};
  if (const auto* call = std::get_if<Call>(&step.action)) record.action = *call;
  if (const auto* wait = std::get_if<Wait>(&step.action)) record.action = *wait;
  if (const auto* icmp = std::get_if<SendIcmp>(&step.action)) record.action = *icmp;
  return append_record(record, ip, out);
}

/// All but the steps and what they need.
Plan plan_of_header(const Header& header) {
  Plan plan{.files = {"generated"}};
  const unsigned settings = header[kSettingsAt];
  plan.role = (settings & kActiveBit) != 0 ? Role::Active : Role::Passive;
  plan.ip = (settings & kIpv6Bit) != 0 ? wire::IpVersion::V6 : wire::IpVersion::V4;
  plan.needs.add((settings & kIpv6Bit) != 0 ? tcp::Capability::Ipv6 : tcp::Capability::Ipv4);
  plan.stack_iss = stack_iss_at(header);
  if (plan.stack_iss) plan.needs.add(tcp::Capability::SetIss);
  plan.peer_iss = peer_iss_at(header);
  plan.peer.syn_options = syn_options_of(header);
  plan.peer.wnd = peer_wnd_at(header);
  for (std::uint16_t i = 0; i < connections_of(header); ++i) {
    plan.connections.push_back(
        {.name = std::string(1, static_cast<char>('a' + i)),
         .stack_port = plan.role == Role::Passive ? kStackPort : std::uint16_t{0},
         .peer_port = static_cast<std::uint16_t>(kFirstPeerPort + i)});
  }
  return plan;
}

/// Sets the header's octets for the peer's options; false where there are none that say them.
bool put_peer_options(const Plan& plan, std::vector<std::uint8_t>& octets) {
  const std::optional<OptionOctets> options = octets_of(plan.peer.syn_options);
  if (!options || options->broken != 0) return false;
  octets[kPeerOptionsAt] = options->list;
  std::ranges::copy(options->pieces, octets.begin() + kPeerPiecesAt);
  return true;
}

/// Sets the octet at `at` to the first for which `fits` holds, or says the number by value.
template <class Fits>
void put_number(std::size_t at, std::size_t value_at, std::size_t value_octets, std::uint32_t value,
                std::vector<std::uint8_t>& octets, const Fits& fits) {
  for (unsigned octet = 0; octet < kByValueFrom; ++octet) {
    octets[at] = static_cast<std::uint8_t>(octet);
    if (fits(octets[at])) return;
  }
  octets[at] = kByValueFrom;
  for (std::size_t i = 0; i < value_octets; ++i) {
    octets[value_at + i] = static_cast<std::uint8_t>(value >> 8U * i);
  }
}

/// Sets the header's octets for the numbers that both sides begin with.
void put_numbers(const Plan& plan, std::vector<std::uint8_t>& octets) {
  put_number(kStackIssAt, kStackIssValueAt, 4, plan.stack_iss.value_or(0), octets,
             [&](auto octet) { return stack_iss_of(octet) == plan.stack_iss; });
  put_number(kPeerIssAt, kPeerIssValueAt, 4, plan.peer_iss, octets,
             [&](auto octet) { return peer_iss_of(octet) == plan.peer_iss; });
  put_number(kPeerWndAt, kPeerWndValueAt, 2, plan.peer.wnd, octets,
             [&](auto octet) { return peer_wnd_of(octet) == plan.peer.wnd; });
}

}  // namespace

std::vector<std::uint8_t> in_this_version(wire::Octets octets) {
  if (!octets.empty() && octets[0] == kFormatOne) return from_format_two(from_format_one(octets));
  if (!octets.empty() && octets[0] == kFormatTwo) return from_format_two(octets);
  std::vector<std::uint8_t> whole(octets.begin(), octets.end());
  const std::size_t behind = std::max(whole.size(), kHeaderOctets) - kHeaderOctets;
  whole.resize(kHeaderOctets + (behind + kStepOctets - 1) / kStepOctets * kStepOctets);
  whole[0] = kFormatVersion;
  return whole;
}

Plan plan_of(wire::Octets octets) {
  const bool old = !octets.empty() && (octets[0] == kFormatOne || octets[0] == kFormatTwo);
  if (old) return plan_of(in_this_version(octets));
  Header header{};
  const std::size_t size = std::min(octets.size(), kHeaderOctets);
  std::copy_n(octets.begin(), size, header.begin());
  Plan plan = plan_of_header(header);
  for (std::uint16_t i = 0; i < plan.connections.size(); ++i) {
    // The lower four bits are the first connection's opening, the others the second's; more have
    // none.
    const auto opening = static_cast<Opening>(i < 2 ? header[kOpeningAt] >> 4U * i & 15U : 0);
    for (Step& step : steps_of(opening, plan.role, i)) {
      auto* send = std::get_if<Send>(&step.action);
      if (send != nullptr) send->sent.front().text = to_string(send->sent.front());
      add_named(std::move(step), plan);
    }
  }
  add_steps(octets.subspan(size), header, plan);
  return plan;
}

std::optional<std::vector<std::uint8_t>> octets_of(const Plan& plan) {
  std::vector<std::uint8_t> octets(kHeaderOctets);
  octets[0] = kFormatVersion;
  const bool active = plan.role == Role::Active;
  const std::size_t connections = plan.connections.size();
  const bool two = connections == 2;
  if (plan.absolute_numbers) return std::nullopt;
  octets[kSettingsAt] = static_cast<std::uint8_t>((active ? kActiveBit : 0) |
                                                  (plan.ip == wire::IpVersion::V6 ? kIpv6Bit : 0) |
                                                  (two ? kTwoConnectionsBits : 0));
  if (connections > 2) {
    // None of more than can be.
    const std::size_t more = (connections - 3) % (kConnectionsMax - 2);
    octets[kConnectionsAt] = static_cast<std::uint8_t>(kMoreConnectionsFrom + more);
  }
  if (!put_peer_options(plan, octets)) return std::nullopt;
  put_numbers(plan, octets);
  for (const Step& step : plan.steps) {
    if (!append_step(step, plan.ip, octets)) return std::nullopt;
  }
  const bool fits = octets.size() <= kHeaderOctets + kStepsMax * kStepOctets;
  return fits && plan_of(octets).connections == plan.connections ? std::optional(std::move(octets))
                                                                 : std::nullopt;
}

}  // namespace tcprove::plan
