#include "harness/report/ladder.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "harness/report/ladder_marks.hpp"
#include "harness/report/numbering.hpp"
#include "harness/report/segment_line.hpp"
#include "harness/wire/icmp.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::report {
namespace {

using Kind = LadderRow::Kind;

/// a, b, … z, then by number: as declared, where nobody gave a name.
std::string connection_name(const ScenarioResult& result, trace::ConnectionIndex connection) {
  if (connection == trace::kNoConnection) return "?";
  if (connection < result.connections.size()) return result.connections[connection];
  constexpr trace::ConnectionIndex kLetters = 26;
  if (connection < kLetters) return std::string(1, static_cast<char>('a' + connection));
  return std::to_string(connection);
}

/// `send 1000 urgent`, `set keep-alive-interval 10s`: the call as its step would have it.
std::string call_line(const trace::Event& event) {
  std::string text(tcp::to_string(event.call));
  if (event.call == tcp::CallKind::Send) text += fmt::format(" {}", event.octets_size);
  if (event.urgent) text += " urgent";
  if (event.call != tcp::CallKind::Set) return text;
  text += fmt::format(" {} ", tcp::to_string(event.option));
  switch (tcp::facts(event.option).value) {
    case tcp::OptionValue::Switch:
      return text + (event.value != 0 ? "on" : "off");
    case tcp::OptionValue::Duration:
    case tcp::OptionValue::DurationOrOff:
      return text + (event.value != 0 ? base::to_string(base::Duration(event.value)) : "off");
    case tcp::OptionValue::Address:
      return text + to_string(wire::ipv4_address(static_cast<std::uint32_t>(event.value)));
    case tcp::OptionValue::Number:
      break;
  }
  return text + std::to_string(event.value);
}

Numbering relative(const ScenarioResult& result) {
  std::optional<wire::SeqNum> peer_iss;
  if (result.peer_iss) peer_iss = wire::SeqNum(*result.peer_iss);
  return {result.trace, peer_iss};
}

/// Builds rows event by event; an answer joins its call and a state what led to it.
class RowBuilder {
 public:
  explicit RowBuilder(const ScenarioResult& result)
      : result_(result),
        numbering_(result.absolute_numbers ? Numbering() : relative(result)),
        names_connections_(result.trace.connections.size() > 1) {}

  void add(std::size_t index) {
    const trace::Event& event = result_.trace.events()[index];
    switch (event.kind) {
      case trace::EventKind::Sent:
      case trace::EventKind::Lost:
        return add_packet(index, Kind::ToStack);
      case trace::EventKind::Emitted:
      case trace::EventKind::Dropped:
        return add_packet(index, Kind::FromStack);
      case trace::EventKind::Called:
        return add_call(index);
      case trace::EventKind::Answered:
        return add_answer(event);
      case trace::EventKind::State:
        return add_state(index);
      case trace::EventKind::Waited:
        return add_wait(index);
    }
  }

  std::vector<LadderRow> finish() { return std::move(rows_); }

 private:
  LadderRow& append(std::size_t index, Kind kind) {
    const trace::Event& event = result_.trace.events()[index];
    LadderRow& row = rows_.emplace_back();
    row.kind = kind;
    row.at = event.at;
    row.event = index;
    if (names_connections_ && kind != Kind::Wait) {
      row.connection = connection_name(result_, event.connection);
    }
    return row;
  }

  void add_packet(std::size_t index, Kind kind) {
    const trace::Event& event = result_.trace.events()[index];
    const wire::Octets octets = result_.trace.octets_of(event);
    const wire::Packet packet = wire::decode(octets);
    LadderRow& row = append(index, kind);
    row.lost = event.kind == trace::EventKind::Lost || event.kind == trace::EventKind::Dropped;
    const Side sender = kind == Kind::ToStack ? Side::Peer : Side::Stack;
    if (const auto icmp = wire::decode_icmp(octets)) {
      row.text = wire::to_string(*icmp, numbering_.iss(event.connection, other(sender)));
      return;
    }
    row.text = segment_line(packet, numbering_, event.connection, sender);
    row.oddity = wire::to_string(packet.flaws);
    if (event.connection == trace::kNoConnection && packet.has_segment()) {
      if (!row.oddity.empty()) row.oddity += ", ";
      row.oddity += fmt::format("of no known connection: port {} to {}", packet.segment.source_port,
                                packet.segment.destination_port);
      if (!between_the_two(packet)) {
        row.oddity += fmt::format(", from {} to {}", wire::to_string(packet.source),
                                  wire::to_string(packet.destination));
      }
    }
  }

  /// Whether one of the two sides sends it to the other, on whatever ports.
  [[nodiscard]] bool between_the_two(const wire::Packet& packet) const {
    if (result_.trace.connections.empty()) return true;
    const wire::FourTuple& tuple = result_.trace.connections.front();
    const auto is = [&packet](const wire::Endpoint& from, const wire::Endpoint& to) {
      return packet.source == from.address && packet.destination == to.address;
    };
    return is(tuple.peer, tuple.stack) || is(tuple.stack, tuple.peer);
  }

  void add_call(std::size_t index) {
    const trace::Event& event = result_.trace.events()[index];
    LadderRow& row = append(index, Kind::Call);
    row.text = call_line(event);
    row.answer = "no answer";  // A stack that crashes in a call never gives one.
  }

  void add_answer(const trace::Event& event) {
    const auto call = std::find_if(rows_.rbegin(), rows_.rend(),
                                   [](const LadderRow& row) { return row.kind == Kind::Call; });
    if (call == rows_.rend()) return;
    call->answer = tcp::to_string(event.status);
    const std::uint32_t went_over = event.octets_size + event.took;
    if (went_over > 0) call->answer += fmt::format(" {}", went_over);
    if (event.call == tcp::CallKind::Report && event.status == tcp::CallStatus::Ok) {
      call->answer = tcp::to_string(event.report);
    }
  }

  void add_state(std::size_t index) {
    const trace::Event& event = result_.trace.events()[index];
    const std::string connection =
        names_connections_ ? connection_name(result_, event.connection) : "";
    const bool joins = !rows_.empty() && rows_.back().kind != Kind::Call &&
                       rows_.back().state.empty() && rows_.back().at == event.at &&
                       rows_.back().connection == connection;
    LadderRow& row = joins ? rows_.back() : append(index, Kind::State);
    row.state = tcp::to_string(event.state);
  }

  void add_wait(std::size_t index) {
    const base::Instant at = result_.trace.events()[index].at;
    const base::Instant before =
        index == 0 ? base::Instant() : result_.trace.events()[index - 1].at;
    if (at == before) return;
    append(index, Kind::Wait).text = fmt::format("{} pass", base::to_string(at - before));
  }

  const ScenarioResult& result_;
  Numbering numbering_;
  bool names_connections_;
  std::vector<LadderRow> rows_;
};

}  // namespace

std::vector<LadderRow> ladder_rows(const ScenarioResult& result) {
  RowBuilder builder(result);
  for (std::size_t i = 0; i < result.trace.events().size(); ++i) builder.add(i);
  std::vector<LadderRow> rows = builder.finish();
  mark_violations(result, rows);
  return rows;
}

}  // namespace tcprove::report
