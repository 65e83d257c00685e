#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/adapter/adapter.hpp"
#include "harness/engine/compose.hpp"
#include "harness/plan/plan.hpp"
#include "harness/trace/trace.hpp"

namespace tcprove::engine {

/// One connection's user: its handle, what it has handed over and what it has read.
struct User {
  tcp::Handle handle = tcp::kNoHandle;
  std::vector<std::uint8_t> sent;  ///< Octets that the stack took, from the first one on.
  wire::SeqLen read = 0;           ///< Octets received so far.
  bool kept = false;  ///< Accepted while another was looked for, and not asked for yet.
  bool gone = false;  ///< Its handle went with a CLOSE or an ABORT.

  void restart() {
    handle = tcp::kNoHandle;
    sent.clear();
    read = 0;
    kept = gone = false;
  }
};

/// What a call came to, in the terms of the step that asked for it.
struct CallOutcome {
  bool held = true;
  std::string actual;  ///< Where it did not hold: `reset`, `took 500 of 1000 octets`, …
};

/// What a call is to answer, in words: `reset or timed-out`, `urgent-data`.
std::string wanted_answer(const plan::Call& call);

/// Makes the user calls of a plan: keeps listeners and handles, accepts where a call needs it, and
/// checks every octet that is received.
///
/// Lifetime: keeps the adapter.
class UserPlane {
 public:
  explicit UserPlane(adapter::Adapter& adapter) : adapter_(adapter) {}

  /// Forgets all handles; the run has so many connections.
  void restart(std::size_t connections);

  /// What a call needs to know of its place in the run.
  struct Place {
    base::Instant now;
    trace::StepIndex step = 0;
    std::uint16_t connection = 0;
  };

  /// Makes `call` on the connection that `trace` knows at `place`; the trace gets a Called event
  /// before and an Answered one behind each call made. `amount` is what its octets or its value
  /// come to; `stream` and `first_octet` say what the peer's octets are. What opens or accepts a
  /// connection that is not the plan's stands there as of no connection, and its handle is not
  /// kept.
  CallOutcome make(const plan::Call& call, std::int64_t amount, const Place& place,
                   const PeerStream& stream, wire::SeqNum first_octet, trace::Trace& trace);

  [[nodiscard]] const User& user(std::uint16_t connection) const { return users_[connection]; }

  /// Whether somebody was made to listen on `port`.
  [[nodiscard]] bool listens(std::uint16_t port) const;

 private:
  struct Listener {
    std::uint16_t port = 0;
    tcp::Handle handle = tcp::kNoHandle;
  };

  /// Whose connection a listener on the port of that at `place` had ready; trace::kNoConnection
  /// where it is none of the plan's.
  static std::uint16_t owner_of(const wire::Endpoint& peer, const Place& place,
                                const trace::Trace& trace);
  tcp::CallResult call_and_record(const tcp::UserCall& call, const Place& place,
                                  trace::Trace& trace);
  tcp::CallResult accept(const Place& place, trace::Trace& trace);
  tcp::Handle handle_for(const plan::Call& call, const Place& place, trace::Trace& trace);
  CallOutcome send(const plan::Call& call, std::int64_t octets, const Place& place,
                   trace::Trace& trace);
  CallOutcome receive(const plan::Call& call, std::int64_t octets, const Place& place,
                      const PeerStream& stream, wire::SeqNum first_octet, trace::Trace& trace);
  // user_options.cpp
  CallOutcome set(const plan::Call& call, std::int64_t value, const Place& place,
                  trace::Trace& trace);
  CallOutcome report(const plan::Call& call, const Place& place, trace::Trace& trace);
  CallOutcome urgent(const plan::Call& call, const Place& place, trace::Trace& trace);

  void forget(std::uint16_t connection, std::uint16_t stack_port);

  adapter::Adapter& adapter_;
  std::vector<User> users_;
  std::vector<Listener> listeners_;
  std::vector<std::uint8_t> buffer_;  ///< What is sent or received.
  std::vector<std::uint8_t> right_;   ///< What should have been received.
};

}  // namespace tcprove::engine
