#include "property/twin_traces.hpp"

#include <sstream>

#include <fmt/format.h>

#include "harness/wire/options.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::property {
namespace {

using trace::EventKind;

std::string hex_of(wire::Octets octets) {
  std::string text;
  for (const std::uint8_t octet : octets) text += fmt::format("{:02x}", octet);
  return text;
}

std::string words_of_packet(wire::Octets octets, const plan::Plan& plan) {
  const wire::Packet packet = wire::decode(octets);
  const wire::Segment& s = packet.segment;
  std::string text = to_string(s.ctl);
  const bool ack = s.ctl.has(wire::Flag::Ack);
  // <SEQ=0> of a RST that answers a segment without ACK is no number of either side's.
  const bool zero = s.ctl.has(wire::Flag::Rst) && ack && s.seq == wire::SeqNum();
  const std::uint32_t stack_iss = plan.stack_iss.value_or(0);
  text += fmt::format(" {} {} {} {} ", zero ? "zero" : std::to_string(s.seq.raw() - stack_iss),
                      ack ? s.ack.raw() - plan.peer_iss : 0, s.wnd, s.up);
  wire::OptionReader reader(s.options);
  while (const auto option = reader.next()) text += fmt::format("{},", wire::kind_of(*option));
  return text + hex_of(s.payload);
}

/// `states`: also when the engine looked and saw a connection in another state.
template <class Words>
std::string story_of(const trace::Trace& trace, const Words& words, bool states) {
  std::string story;
  for (const trace::Event& e : trace.events()) {
    const bool stimulus = e.kind == EventKind::Sent || e.kind == EventKind::Lost;
    if (stimulus || (e.kind == EventKind::State && !states)) continue;
    const bool packet = e.kind == EventKind::Emitted || e.kind == EventKind::Dropped;
    story += fmt::format("{} {} {} {} {} {} {}\n", e.at.time_since_epoch().count(),
                         static_cast<int>(e.kind), e.connection, static_cast<int>(e.call),
                         to_string(e.status), to_string(e.state),
                         packet ? words(trace.octets_of(e)) : hex_of(trace.octets_of(e)));
  }
  return story;
}

}  // namespace

std::string absolute_story(const trace::Trace& trace) { return story_of(trace, hex_of, false); }

std::string relative_story(const trace::Trace& trace, const plan::Plan& plan) {
  return story_of(
      trace, [&plan](wire::Octets octets) { return words_of_packet(octets, plan); }, true);
}

std::string emissions_of(const trace::Trace& trace, const plan::Plan& plan,
                         trace::ConnectionIndex connection) {
  std::string story;
  std::optional<wire::SeqNum> iss;
  plan::Plan numbers;  // Counted from the connection's own.
  numbers.peer_iss = plan.peer_iss;
  for (const trace::Event& e : trace.events()) {
    if (e.kind != EventKind::Emitted || e.connection != connection) continue;
    const wire::Packet packet = wire::decode(trace.octets_of(e));
    if (packet.segment.ctl.has(wire::Flag::Syn)) {
      if (iss.value_or(packet.segment.seq) != packet.segment.seq) return story;
      iss = packet.segment.seq;
      numbers.stack_iss = iss->raw();
    }
    story += fmt::format("{} {}\n", e.at.time_since_epoch().count(),
                         words_of_packet(trace.octets_of(e), numbers));
  }
  return story;
}

std::string difference(const std::string& one, const std::string& other) {
  std::istringstream a(one);
  std::istringstream b(other);
  for (std::string x, y;;) {
    const bool more_a = static_cast<bool>(std::getline(a, x));
    const bool more_b = static_cast<bool>(std::getline(b, y));
    if (!more_a && !more_b) return {};
    if (more_a != more_b || x != y) {
      return fmt::format("\n{}\nand in the other trace\n{}", more_a ? x : "(nothing)",
                         more_b ? y : "(nothing)");
    }
  }
}

}  // namespace tcprove::property
