#include <fmt/format.h>

#include "harness/engine/player_run.hpp"

namespace tcprove::engine {
namespace {

std::string names_of(const std::vector<tcp::CallStatus>& results) {
  std::string names;
  for (const tcp::CallStatus status : results) {
    names += (names.empty() ? "" : " or ") + std::string(to_string(status));
  }
  return names;
}

}  // namespace

bool Player::Run::play_step(const plan::Send& send) {
  unanswered_from_ = trace_.events().size();
  emissions_in_step_ += peer_.send(send, step().connection, {.now = now_, .step = step_});
  return collect();
}

bool Player::Run::play_step(const plan::Call& call) {
  unanswered_from_ = trace_.events().size();
  const std::uint16_t connection = step().connection;
  const std::int64_t octets = call.octets ? call.octets->evaluate(numbers()) : 0;
  if (octets < 0 || octets > kCallOctetsMax) {
    return error(fmt::format("a call with {} octets", octets));
  }
  const CallOutcome came =
      users_.make(call, octets, {.now = now_, .step = step_, .connection = connection},
                  peer_.stream(connection), peer_.view(connection).irs() + 1, trace_);
  adapter_.settle();
  if (!collect()) return false;
  if (came.held) return true;
  return fail({.event = trace_.events().size() - 1,
               .expected = fmt::format("{}: {}", to_string(call.kind), names_of(call.results)),
               .actual = fmt::format("{}: {}", to_string(call.kind), came.actual)});
}

bool Player::Run::play_step(const plan::Wait& wait) {
  const base::Duration d = numbers().duration(wait.duration);
  if (d < base::Duration::zero()) return error("a wait of less than nothing");
  const bool advanced = advance(d);
  unanswered_from_ = trace_.events().size();
  return advanced;
}

}  // namespace tcprove::engine
