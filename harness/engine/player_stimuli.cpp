#include <fmt/format.h>

#include "harness/engine/player_run.hpp"

namespace tcprove::engine {
bool Player::Run::play_step(const plan::Send& send) {
  unanswered_from_ = trace_.events().size();
  if (!send.arrive.empty()) stimulated_ = now_;
  const Peer::Moment moment{.now = now_, .step = step_};
  if (batch_end_ == 0) {
    emissions_in_step_ += peer_.send(send, step().connection, moment, Peer::Pace::OneByOne);
  } else {
    peer_.send(send, step().connection, moment, Peer::Pace::Together);
    if (step_ + 1 < batch_end_) return true;
    adapter_.settle();
  }
  return collect();
}

bool Player::Run::play_step(const plan::SendIcmp& icmp) {
  unanswered_from_ = trace_.events().size();
  stimulated_ = now_;
  emissions_in_step_ += peer_.send_icmp(icmp, step().connection, {.now = now_, .step = step_});
  return collect();
}

bool Player::Run::play_step(const plan::Call& call) {
  unanswered_from_ = trace_.events().size();
  stimulated_ = now_;
  const std::uint16_t connection = step().connection;
  const auto& amount_text = call.kind == tcp::CallKind::Set ? call.value : call.octets;
  const std::int64_t amount = amount_text ? amount_text->evaluate(numbers()) : 0;
  if (call.octets && (amount < 0 || amount > kCallOctetsMax)) {
    return error(fmt::format("a call with {} octets", amount));
  }
  const CallOutcome came =
      users_.make(call, amount, {.now = now_, .step = step_, .connection = connection},
                  peer_.stream(connection), peer_.view(connection).irs() + 1, trace_);
  adapter_.settle();
  if (!collect()) return false;
  if (came.held) return true;
  return fail({.event = trace_.events().size() - 1,
               .expected = fmt::format("{}: {}", to_string(call.kind), wanted_answer(call)),
               .actual = fmt::format("{}: {}", to_string(call.kind), came.actual)});
}

bool Player::Run::play_step(const plan::Wait& wait) {
  const base::Duration d = numbers().duration(wait.duration);
  if (d < base::Duration::zero()) return error("a wait of less than nothing");
  const bool advanced = advance(d);
  met_at_ = now_;
  unanswered_from_ = trace_.events().size();
  return advanced;
}

}  // namespace tcprove::engine
