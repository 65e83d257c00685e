// The same plan on two stacks: what both deliver and send at one place of a stream is the same.
//
// Where one of them breaks a rule of the monitor's, known or not, its plan says nothing here: what
// a violation is, plan_<stack> finds. What the monitor accepts of both is legal, however the two
// differ: how they cut segments, when they acknowledge, which windows they announce. What is left
// must not differ, and is compared without the monitor, which may have lost track:
// - an octet that both users received, or both stacks sent, at the same place of the stream;
// - whether the stack lives.

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "fuzz/stack_player.hpp"
#include "harness/plan/plan_octets.hpp"
#include "harness/tcp/answered_cells.hpp"
#include "harness/wire/packet.hpp"

using namespace tcprove;
using trace::EventKind;

namespace {

/// A half for each stack.
__attribute__((section("__libfuzzer_extra_counters")))
std::array<std::uint8_t, 2 * tcp::AnsweredCells::kCount>
    g_answered;

constexpr std::size_t kStreamOctetsMax = 1U << 20U;

/// The octets of a stream that were seen, each at its place.
struct Stream {
  std::vector<std::uint8_t> octets;
  std::vector<bool> seen;

  void put(std::size_t at, wire::Octets some) {
    if (at > kStreamOctetsMax || some.size() > kStreamOctetsMax - at) return;
    if (octets.size() < at + some.size()) {
      octets.resize(at + some.size());
      seen.resize(at + some.size());
    }
    std::ranges::copy(some, octets.begin() + static_cast<std::ptrdiff_t>(at));
    std::fill_n(seen.begin() + static_cast<std::ptrdiff_t>(at), some.size(), true);
  }

  [[nodiscard]] bool agrees_with(const Stream& other) const {
    for (std::size_t i = 0; i < std::min(octets.size(), other.octets.size()); ++i) {
      if (seen[i] && other.seen[i] && octets[i] != other.octets[i]) return false;
    }
    return true;
  }
};

/// What is compared of one connection.
struct Streams {
  Stream received;
  Stream sent;
};

/// Of the first connection that each connection of the plan became; a second one with the same
/// ports begins its streams anew.
std::vector<Streams> streams_of(const trace::Trace& trace) {
  struct Place {
    std::optional<wire::SeqNum> iss;
    std::size_t received = 0;
    bool over = false;
  };
  std::vector<Streams> streams(trace.connections.size());
  std::vector<Place> places(trace.connections.size());
  for (const trace::Event& event : trace.events()) {
    if (event.connection >= streams.size()) continue;
    Streams& stream = streams[event.connection];
    Place& place = places[event.connection];
    const wire::Octets octets = trace.octets_of(event);
    if (event.kind == EventKind::Answered && event.call == tcp::CallKind::Receive && !place.over) {
      stream.received.put(place.received, octets);
      place.received += octets.size();
    }
    if (event.kind != EventKind::Emitted) continue;
    const wire::Packet packet = wire::decode(octets);
    const wire::Segment& s = packet.segment;
    if (!packet.has_segment() || s.ctl.has(wire::Flag::Rst)) continue;
    if (s.ctl.has(wire::Flag::Syn)) {
      if (place.iss && *place.iss != s.seq) place.over = true;
      if (!place.iss) place.iss = s.seq;
    }
    if (place.over || !place.iss || s.payload.empty()) continue;
    stream.sent.put(wire::distance(*place.iss, s.seq), s.payload);
  }
  return streams;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static std::array stacks{fuzz::StackPlayer("reference"), fuzz::StackPlayer("lwip")};
  const plan::Plan plan = plan::plan_of({data, size});
  std::array<std::vector<Streams>, 2> streams;
  for (std::size_t i = 0; i < stacks.size(); ++i) {
    fuzz::StackPlayer& stack = stacks.at(i);
    if (!stack.play(plan)) return 0;
    stack.player().answered().for_each(
        [i](std::size_t index) { g_answered.at(i * tcp::AnsweredCells::kCount + index) = 1; });
    if (!stack.shown().empty()) return 0;
    streams.at(i) = streams_of(stack.player().trace());
  }
  for (std::size_t c = 0; c < streams.front().size(); ++c) {
    const Streams& one = streams.front()[c];
    const Streams& other = streams.back()[c];
    if (!one.received.agrees_with(other.received)) {
      fuzz::fail(plan, "lwip", "differential received", "the users received other octets");
    }
    if (!one.sent.agrees_with(other.sent)) {
      fuzz::fail(plan, "lwip", "differential sent", "the stacks sent other octets");
    }
  }
  return 0;
}
