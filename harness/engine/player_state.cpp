#include "harness/engine/player_run.hpp"

namespace tcprove::engine {
namespace {

std::string names_of(const tcp::States& states) {
  std::string names;
  for (std::size_t i = 0; i < tcp::kStateCount; ++i) {
    const auto state = static_cast<tcp::State>(i);
    if (states.has(state)) names += (names.empty() ? "" : " or ") + std::string(to_string(state));
  }
  return names;
}

}  // namespace

std::optional<tcp::State> Player::Run::state_now() {
  const std::uint16_t connection = step().connection;
  const wire::FourTuple& tuple = trace_.connections[connection];
  const auto own = tuple.stack.port == 0 ? tcp::State::Closed : adapter_.state(tuple);
  if (own != tcp::State::Closed || !users_.listens(tuple.stack.port)) return own;
  // A stack that keeps a separate listener is in LISTEN as long as no connection came of it; one
  // that ended is CLOSED (RFC 9293 section 3.10.7.4: only SYN-RECEIVED returns to LISTEN).
  const tcp::State before = seen_states_[connection];
  const bool came_of_listen =
      before == tcp::State::Closed
          ? peer_.view(connection).rcv_nxt() == peer_.view(connection).irs()
          : before == tcp::State::Listen || before == tcp::State::SynReceived;
  if (!came_of_listen) return own;
  wire::FourTuple listener = tuple;
  listener.peer.port = 0;
  return adapter_.state(listener);
}

void Player::Run::see_state() {
  const std::optional<tcp::State> state = state_now();
  const std::uint16_t connection = step().connection;
  if (!state || *state == seen_states_[connection]) return;
  seen_states_[connection] = *state;
  trace_.add(now_, trace::EventKind::State, connection, step_).state = *state;
}

bool Player::Run::play_step(const plan::ExpectState& expected) {
  const wire::FourTuple& tuple = trace_.connections[step().connection];
  const auto ask = [&] {
    return tuple.stack.port == 0 && !users_.listens(0) ? std::optional(tcp::State::Closed)
                                                       : adapter_.state(tuple);
  };
  std::optional<tcp::State> own = ask();
  if (own && !expected.states.has(*own) && is_real()) {
    if (!await_end(expected)) return false;
    own = ask();
  }
  if (!own) {
    ++states_unchecked_;
    return true;
  }
  if (expected.states.has(*own)) {
    tcp::States only;
    only.add(*own);
    if (expected.states != only) {
      outcome_.choices.push_back({.step = step_, .taken = static_cast<std::uint8_t>(*own)});
    }
    return true;
  }
  std::string actual(to_string(*own));
  if (*own == tcp::State::Closed && expected.states.has(tcp::State::Listen)) {
    wire::FourTuple listener = tuple;
    listener.peer.port = 0;
    if (adapter_.state(listener) == tcp::State::Listen) return true;
    actual += ", and nobody listens";
  }
  return fail({.expected = names_of(expected.states), .actual = actual});
}

}  // namespace tcprove::engine
