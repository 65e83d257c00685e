// What a user sets, and is told without asking.

#include <algorithm>

#include "harness/engine/user_plane.hpp"

namespace tcprove::engine {

using tcp::CallKind;
using tcp::CallResult;
using tcp::CallStatus;

namespace {

/// More would be a stack that tells of the same for ever.
constexpr int kReportsMax = 64;

CallOutcome outcome_of(CallStatus status, const plan::Call& call) {
  const bool held =
      call.takes_any_answer() || std::ranges::find(call.results, status) != call.results.end();
  return {.held = held, .actual = std::string(to_string(status))};
}

}  // namespace

std::string wanted_answer(const plan::Call& call) {
  if (call.report) return std::string(to_string(*call.report));
  std::string names;
  for (const CallStatus status : call.results) {
    names += (names.empty() ? "" : " or ") + std::string(to_string(status));
  }
  return names;
}

CallOutcome UserPlane::set(const plan::Call& call, std::int64_t value, const Place& place,
                           trace::Trace& trace) {
  const tcp::Handle handle = handle_for(call, place, trace);
  const CallResult result = call_and_record(
      {.kind = CallKind::Set, .handle = handle, .option = call.option, .value = value}, place,
      trace);
  return outcome_of(result.status, call);
}

/// Reads reports until the wanted one comes: a stack may tell more than is asked for here.
CallOutcome UserPlane::report(const plan::Call& call, const Place& place, trace::Trace& trace) {
  const tcp::Handle handle = handle_for(call, place, trace);
  std::string told;
  for (int i = 0; i < kReportsMax; ++i) {
    const CallResult result =
        call_and_record({.kind = CallKind::Report, .handle = handle}, place, trace);
    if (call.takes_any_answer()) return {};
    if (result.status != CallStatus::Ok) {
      if (call.report && result.status == CallStatus::WouldBlock) {
        return {.held = false, .actual = told.empty() ? "nothing" : told};
      }
      return outcome_of(result.status, call);
    }
    if (!call.report) return {.held = false, .actual = std::string(to_string(result.report))};
    if (result.report == *call.report) return {};
    told += (told.empty() ? "" : ", ") + std::string(to_string(result.report));
  }
  return {.held = false, .actual = told};
}

CallOutcome UserPlane::urgent(const plan::Call& call, const Place& place, trace::Trace& trace) {
  const tcp::Handle handle = handle_for(call, place, trace);
  const CallResult result =
      call_and_record({.kind = CallKind::Urgent, .handle = handle}, place, trace);
  return outcome_of(result.status, call);
}

}  // namespace tcprove::engine
