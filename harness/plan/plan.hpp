#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "harness/base/virtual_time.hpp"
#include "harness/plan/segment_text.hpp"
#include "harness/tcp/capability.hpp"
#include "harness/tcp/state.hpp"
#include "harness/tcp/user_call.hpp"
#include "harness/wire/address.hpp"
#include "harness/wire/icmp.hpp"

namespace tcprove::plan {

/// `send`, `lose`, `duplicate` and `reorder`: segments in the order sent, and the order of arrival
/// as indices into it; an index left out is lost, one named twice is duplicated.
struct Send {
  std::vector<SegmentText> sent;
  std::vector<std::uint8_t> arrive;

  bool operator==(const Send&) const = default;
};

/// What may come, and between when and when, counted from the start of the step.
struct Within {
  Expr from;  ///< Nanoseconds; inclusive.
  Expr to;    ///< Nanoseconds; inclusive.

  bool operator==(const Within&) const = default;
};

struct Expect {
  SegmentText segment;
  std::optional<Within> within;  ///< Absent: 0 … the engine's patience.
  bool exactly = false;          ///< The very next segment, flags and all, nothing passed over.
  bool lost = false;             ///< It does not reach the peer.

  bool operator==(const Expect&) const = default;
};

/// `expect: nothing for D`: not one packet, from the last stimulus until D has passed.
struct ExpectNothing {
  Expr duration;

  bool operator==(const ExpectNothing&) const = default;
};

/// `one-of`: the first alternative that is met decides.
struct OneOf {
  std::vector<std::variant<Expect, ExpectNothing>> alternatives;

  bool operator==(const OneOf&) const = default;
};

/// `call` and `receive`.
struct Call {
  tcp::CallKind kind = tcp::CallKind::Listen;
  std::optional<Expr> octets;  ///< send, receive: how many of the stream's octets.
  std::optional<std::vector<std::uint8_t>> data;  ///< send, receive: octets by value.
  std::vector<tcp::CallStatus> results;           ///< Any of these; empty: whatever it answers.
  bool at_most = false;  ///< receive: fewer octets will do; else exactly these must come.
  bool urgent = false;   ///< send.
  std::optional<SpecialAddress> from;  ///< listen, connect: else the stack's.
  std::optional<SpecialAddress> to;    ///< connect: else the peer's.
  tcp::UserOption option{};            ///< set.
  std::optional<Expr> value;           ///< set; absent: off.
  std::optional<tcp::Report> report;   ///< report: this one must be among those not taken yet.

  [[nodiscard]] bool takes_any_answer() const { return results.empty(); }
  bool operator==(const Call&) const = default;
};

/// `send: ICMP …`: an error about a segment of the stack's.
struct SendIcmp {
  wire::IcmpError error = wire::IcmpError::NetUnreachable;
  std::optional<Expr> seq;  ///< Of the segment quoted; absent: as in the stack's latest one.
  std::optional<Expr> mtu;  ///< FragmentationNeeded.

  bool operator==(const SendIcmp&) const = default;
};

struct Wait {
  Expr duration;

  bool operator==(const Wait&) const = default;
};

struct ExpectState {
  tcp::States states;

  bool operator==(const ExpectState&) const = default;
};

/// One step, with the line of the text that it came from.
struct Step {
  std::variant<Send, SendIcmp, Expect, ExpectNothing, OneOf, Call, Wait, ExpectState> action;
  std::uint16_t connection = 0;
  int line = 0;            ///< 1-based in `file`; 0 for a generated plan.
  std::uint16_t file = 0;  ///< Index into Plan::files: the scenario itself, or a fragment.
  std::string text;        ///< As written, for messages: `expect: FIN,ACK seq=1`.

  bool operator==(const Step&) const = default;
};

/// A connection that the plan uses.
struct Connection {
  std::string name;
  std::uint16_t stack_port = 0;  ///< 0: an active opener's port is the stack's choice.
  std::uint16_t peer_port = 0;

  bool operator==(const Connection&) const = default;
};

/// How the peer behaves unless a segment says otherwise.
struct Peer {
  std::uint16_t wnd = 65535;            ///< The header field.
  std::vector<OptionText> syn_options;  ///< On each SYN that names no options.

  bool operator==(const Peer&) const = default;
};

enum class Role : std::uint8_t { Passive, Active };

/// Stimuli and expectations not yet played: what scenarios compile to and generators make.
struct Plan {
  std::vector<std::string> files;  ///< Paths that Step::file points into.
  Role role = Role::Passive;
  wire::IpVersion ip = wire::IpVersion::V4;
  tcp::Capabilities needs;  ///< Named ones and those that the steps imply.
  std::optional<std::uint32_t> stack_iss;
  static constexpr std::uint32_t kPeerIss = 1'000'000;  ///< Of a peer of which nothing is said.
  std::uint32_t peer_iss = 0;
  bool absolute_numbers = false;  ///< seq and ack are raw and not relative to each side's ISS.
  Peer peer;
  std::vector<Connection> connections;  ///< At least one.
  std::vector<Step> steps;
  /// So many steps only lead there: where one of them does not hold nothing can be tried.
  std::size_t way_steps = 0;
  std::string unreachable;  ///< Why no exchange can bring a stack there; then there are no steps.

  bool operator==(const Plan&) const = default;
};

}  // namespace tcprove::plan
