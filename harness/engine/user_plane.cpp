#include "harness/engine/user_plane.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "harness/base/check.hpp"
#include "harness/engine/special_address.hpp"
#include "harness/plan/stream.hpp"

namespace tcprove::engine {
namespace {

using tcp::CallKind;
using tcp::CallResult;
using tcp::CallStatus;

bool among(CallStatus status, const std::vector<CallStatus>& wanted) {
  return std::ranges::find(wanted, status) != wanted.end();
}

/// `own`, or the same port at the address that the call names instead.
wire::Endpoint endpoint(wire::Endpoint own, std::optional<plan::SpecialAddress> named,
                        const wire::FourTuple& tuple) {
  if (named) own.address = special_address(*named, tuple.stack.address);
  return own;
}

/// Whether what `call` opens is a connection of the plan's, or a listener for one.
bool opens_the_plans(const plan::Call& call) {
  const auto from = call.from.value_or(plan::SpecialAddress::Stack);
  const bool from_the_stack =
      from == plan::SpecialAddress::Stack || from == plan::SpecialAddress::Unspecified;
  return from_the_stack && !call.to;
}

CallOutcome compare_status(CallStatus status, const plan::Call& call) {
  if (call.takes_any_answer() || among(status, call.results)) return {};
  return {.held = false, .actual = std::string(to_string(status))};
}

}  // namespace

void UserPlane::restart(std::size_t connections) {
  users_.resize(connections);
  for (User& user : users_) user.restart();
  listeners_.clear();
}

bool UserPlane::listens(std::uint16_t port) const {
  return std::ranges::find(listeners_, port, &Listener::port) != listeners_.end();
}

std::uint16_t UserPlane::owner_of(const wire::Endpoint& peer, const Place& place,
                                  const trace::Trace& trace) {
  const std::uint16_t port = trace.connections[place.connection].stack.port;
  const auto owner =
      std::ranges::find_if(trace.connections, [&peer, port](const wire::FourTuple& tuple) {
        return tuple.stack.port == port && tuple.peer == peer;
      });
  if (owner == trace.connections.end()) return trace::kNoConnection;
  return static_cast<std::uint16_t>(owner - trace.connections.begin());
}

CallResult UserPlane::call_and_record(const tcp::UserCall& call, const Place& place,
                                      trace::Trace& trace) {
  const auto add = [&](trace::EventKind kind, wire::Octets octets) -> trace::Event& {
    trace::Event& added = trace.add(place.now, kind, place.connection, place.step, octets);
    added.call = call.kind;
    added.option = call.option;
    added.urgent = call.urgent;
    added.value = call.value;
    return added;
  };
  trace::Event& called = add(trace::EventKind::Called, call.octets);
  const CallResult result = adapter_.call(call);
  // Which connection a listener had ready only its answer tells.
  if (call.kind == CallKind::Accept && result.status == CallStatus::Ok) {
    called.connection = owner_of(result.peer, place, trace);
  }
  const std::uint16_t connection = called.connection;
  const bool received = call.kind == CallKind::Receive && result.status == CallStatus::Ok;
  // An adapter may lie about how much it wrote; it never wrote past what it was given.
  trace::Event& answered =
      add(trace::EventKind::Answered,
          received ? wire::Octets(call.buffer).first(std::min(result.octets, call.buffer.size()))
                   : wire::Octets());
  answered.connection = connection;
  answered.status = result.status;
  answered.report = result.report;
  if (call.kind == CallKind::Send && result.status == CallStatus::Ok) {
    answered.took = static_cast<std::uint32_t>(std::min(result.octets, call.octets.size()));
  }
  return result;
}

CallResult UserPlane::accept(const Place& place, trace::Trace& trace) {
  const wire::FourTuple& tuple = trace.connections[place.connection];
  const auto listener = std::ranges::find(listeners_, tuple.stack.port, &Listener::port);
  if (listener == listeners_.end()) return {.status = CallStatus::NoConnection};
  User& own = users_[place.connection];
  if (own.kept) {
    own.kept = false;
    return {.handle = own.handle, .peer = tuple.peer};
  }
  // Connections come in the order in which they were opened; those of others are kept for them.
  for (std::size_t tries = 0; tries <= trace.connections.size(); ++tries) {
    const CallResult result =
        call_and_record({.kind = CallKind::Accept, .handle = listener->handle}, place, trace);
    if (result.status != CallStatus::Ok) return result;
    const std::uint16_t owner = owner_of(result.peer, place, trace);
    if (owner == trace::kNoConnection) continue;
    users_[owner].restart();
    users_[owner].handle = result.handle;
    users_[owner].kept = owner != place.connection;
    if (owner == place.connection) return result;
  }
  return {.status = CallStatus::WouldBlock};
}

/// The connection's handle; before it is accepted, the listener's (RFC 9293 section 3.10.4: CLOSE
/// in LISTEN), and none where nothing was opened or the connection was closed.
tcp::Handle UserPlane::handle_for(const plan::Call& call, const Place& place, trace::Trace& trace) {
  User& user = users_[place.connection];
  if (user.handle != tcp::kNoHandle) {
    user.kept = false;
    return user.handle;
  }
  if (accept(place, trace).status == CallStatus::Ok) return user.handle;
  const bool is_listeners =
      call.kind == CallKind::Close || call.kind == CallKind::Abort || call.kind == CallKind::Set;
  if (!is_listeners || user.gone) return tcp::kNoHandle;
  const auto listener = std::ranges::find(
      listeners_, trace.connections[place.connection].stack.port, &Listener::port);
  return listener == listeners_.end() ? tcp::kNoHandle : listener->handle;
}

void UserPlane::forget(std::uint16_t connection, std::uint16_t stack_port) {
  User& user = users_[connection];
  if (user.handle != tcp::kNoHandle || user.gone) {
    user.handle = tcp::kNoHandle;
    user.gone = true;
    return;
  }
  std::erase_if(listeners_,
                [stack_port](const Listener& listener) { return listener.port == stack_port; });
}

CallOutcome UserPlane::send(const plan::Call& call, std::int64_t octets, const Place& place,
                            trace::Trace& trace) {
  User& user = users_[place.connection];
  const tcp::Handle handle = handle_for(call, place, trace);
  if (call.data) {
    buffer_ = *call.data;
  } else {
    buffer_.resize(static_cast<std::size_t>(octets));
    plan::fill_stream(plan::Sender::Stack, place.connection,
                      static_cast<std::uint32_t>(user.sent.size()), buffer_);
  }
  const CallResult result = call_and_record(
      {.kind = CallKind::Send, .handle = handle, .octets = buffer_, .urgent = call.urgent}, place,
      trace);
  const std::size_t took =
      result.status == CallStatus::Ok ? std::min(result.octets, buffer_.size()) : 0;
  user.sent.insert(user.sent.end(), buffer_.begin(),
                   buffer_.begin() + static_cast<std::ptrdiff_t>(took));
  CallOutcome outcome = compare_status(result.status, call);
  const bool whole = took == buffer_.size() || call.takes_any_answer();
  if (outcome.held && result.status == CallStatus::Ok && !whole) {
    outcome = {.held = false, .actual = fmt::format("took {} of {} octets", took, buffer_.size())};
  }
  return outcome;
}

CallOutcome UserPlane::receive(const plan::Call& call, std::int64_t octets, const Place& place,
                               const PeerStream& stream, wire::SeqNum first_octet,
                               trace::Trace& trace) {
  const tcp::Handle handle = handle_for(call, place, trace);
  // Where an error or nothing is wanted, one octet of room shows that there is none.
  const bool counts = call.data.has_value() || call.octets.has_value();
  const std::size_t wanted = call.data ? call.data->size() : static_cast<std::size_t>(octets);
  if (counts && wanted == 0) return {};
  buffer_.resize(counts ? wanted : 1);
  std::size_t got = 0;
  do {
    const auto room = std::span(buffer_).subspan(got);
    const CallResult result = call_and_record(
        {.kind = CallKind::Receive, .handle = handle, .buffer = room}, place, trace);
    if (call.takes_any_answer()) {
      users_[place.connection].read += static_cast<wire::SeqLen>(result.octets);
      return {};
    }
    if (result.status != CallStatus::Ok) {
      const bool wanted_now = got == 0 && among(result.status, call.results);
      if (!counts || wanted_now) return compare_status(result.status, call);
      return {
          .held = false,
          .actual = fmt::format("{} after {} of {} octets", to_string(result.status), got, wanted)};
    }
    if (!counts && !among(CallStatus::Ok, call.results)) {
      return {.held = false, .actual = fmt::format("{} octet(s)", result.octets)};
    }
    if (result.octets == 0 || result.octets > room.size()) {
      return {.held = false,
              .actual = fmt::format("a count of {} where {} fit", result.octets, room.size())};
    }
    User& user = users_[place.connection];
    if (call.data) {
      right_.assign(call.data->begin() + static_cast<std::ptrdiff_t>(got),
                    call.data->begin() + static_cast<std::ptrdiff_t>(got + result.octets));
    } else {
      right_.resize(result.octets);
      stream.read(first_octet + user.read, right_);
    }
    if (!std::equal(right_.begin(), right_.end(), room.begin())) {
      const auto differs = std::ranges::mismatch(right_, room);
      const auto at = user.read + static_cast<wire::SeqLen>(differs.in1 - right_.begin());
      return {.held = false,
              .actual = fmt::format("octet {} of the stream is 0x{:02x}, not 0x{:02x}", at,
                                    *differs.in2, *differs.in1)};
    }
    user.read += static_cast<wire::SeqLen>(result.octets);
    got += result.octets;
  } while (got < buffer_.size() && !call.at_most);
  return {};
}

CallOutcome UserPlane::make(const plan::Call& call, std::int64_t amount, const Place& place,
                            const PeerStream& stream, wire::SeqNum first_octet,
                            trace::Trace& trace) {
  const wire::FourTuple& tuple = trace.connections[place.connection];
  User& user = users_[place.connection];
  const bool plans = opens_the_plans(call);
  Place opened = place;
  if (!plans) opened.connection = trace::kNoConnection;
  switch (call.kind) {
    case CallKind::Listen: {
      // The port of an active opener who leaves it to the stack; no stack can listen on that.
      if (tuple.stack.port == 0) return compare_status(CallStatus::InvalidArgument, call);
      const CallResult result = call_and_record(
          {.kind = CallKind::Listen, .local = endpoint(tuple.stack, call.from, tuple)}, opened,
          trace);
      if (result.status == CallStatus::Ok && plans) {
        listeners_.push_back({.port = tuple.stack.port, .handle = result.handle});
      }
      return compare_status(result.status, call);
    }
    case CallKind::Connect: {
      const CallResult result = call_and_record({.kind = CallKind::Connect,
                                                 .local = endpoint(tuple.stack, call.from, tuple),
                                                 .peer = endpoint(tuple.peer, call.to, tuple)},
                                                opened, trace);
      // Else the connection before, if any, is still there.
      if (result.status == CallStatus::Ok && plans) {
        user.restart();
        user.handle = result.handle;
      }
      return compare_status(result.status, call);
    }
    case CallKind::Accept:
      return compare_status(accept(place, trace).status, call);
    case CallKind::Send:
      return send(call, amount, place, trace);
    case CallKind::Receive:
      return receive(call, amount, place, stream, first_octet, trace);
    case CallKind::Set:
      return set(call, amount, place, trace);
    case CallKind::Report:
      return report(call, place, trace);
    case CallKind::Urgent:
      return urgent(call, place, trace);
    case CallKind::Shutdown:
    case CallKind::Close:
    case CallKind::Abort: {
      const tcp::Handle handle = handle_for(call, place, trace);
      const CallResult result =
          call_and_record({.kind = call.kind, .handle = handle}, place, trace);
      if (call.kind != CallKind::Shutdown && result.status == CallStatus::Ok) {
        forget(place.connection, tuple.stack.port);
      }
      return compare_status(result.status, call);
    }
  }
  TCPROVE_CHECK(false, "a call of no kind");
}

}  // namespace tcprove::engine
