#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "harness/base/tape.hpp"
#include "harness/trace/event.hpp"
#include "harness/wire/address.hpp"
#include "harness/wire/segment.hpp"

namespace tcprove::trace {

/// The timestamped list of stimuli and observations of one run; what every judge and report reads.
///
/// clear() keeps the capacity, so a warm trace never allocates.
class Trace {
 public:
  /// Appends `event` with `octets` copied behind it; its octets_begin and octets_size are set here.
  /// Past kOctetsMax octets or kEventsMax events nothing is appended and truncated() holds.
  void append(const Event& event, wire::Octets octets = {}) {
    Event& added = add(event.at, event.kind, event.connection, event.step, octets);
    const std::uint32_t begin = added.octets_begin;
    const std::uint32_t size = added.octets_size;
    added = event;
    added.octets_begin = begin;
    added.octets_size = size;
  }

  /// As append(), for the hot path: the caller fills in what else the event says where it stands,
  /// as a processor waits whenever it is to copy what it has only just written.
  ///
  /// Lifetime: until the next call.
  Event& add(base::Instant at, EventKind kind, ConnectionIndex connection, StepIndex step,
             wire::Octets octets = {}) {
    if (truncated_ || events_.size() >= kEventsMax || octets.size() > kOctetsMax - octets_.size()) {
      truncated_ = true;  // A later event that fits would hide the hole.
      return left_out_;
    }
    Event& added = events_.add();
    added = Event();
    added.at = at;
    added.kind = kind;
    added.connection = connection;
    added.step = step;
    added.octets_begin = static_cast<std::uint32_t>(octets_.size());
    added.octets_size = static_cast<std::uint32_t>(octets.size());
    octets_.append(octets);
    return added;
  }

  [[nodiscard]] std::span<const Event> events() const { return events_.view(); }
  [[nodiscard]] wire::Octets octets_of(const Event& event) const {
    return octets_.view().subspan(event.octets_begin, event.octets_size);
  }
  [[nodiscard]] bool truncated() const { return truncated_; }

  /// Turns the Emitted event `index` into a Dropped one: the plan decides only afterwards what is
  /// lost.
  void mark_dropped(std::size_t index);

  /// The connections of the plan, by ConnectionIndex; a port of 0 is not known yet.
  std::vector<wire::FourTuple> connections;

  /// The stack's initial sequence numbers were given to it.
  bool iss_planned = false;

  void clear();

  /// Octets that from_octets() reads back; only for the same binary on the same machine.
  [[nodiscard]] std::vector<std::uint8_t> to_octets() const;

  /// Errors: false where `octets` is not what to_octets() wrote; the trace is then empty.
  bool from_octets(wire::Octets octets);

  static constexpr std::size_t kOctetsMax = 256U << 20U;
  static constexpr std::size_t kEventsMax = 4U << 20U;

 private:
  base::Tape<Event> events_;
  base::Tape<std::uint8_t> octets_;
  bool truncated_ = false;
  Event left_out_;  ///< Where add() lets the caller write once the trace is full.
};

}  // namespace tcprove::trace
