#include <algorithm>
#include <variant>

#include "harness/engine/player_run.hpp"

namespace tcprove::engine {
Player::Run::Alternative Player::Run::alternative(const plan::Expect& expect) {
  const Numbering numbers = this->numbers();
  const auto value = [&numbers](const std::optional<plan::Expr>& expr) {
    return expr ? std::optional(expr->evaluate(numbers)) : std::nullopt;
  };
  const auto number = [&](const std::optional<plan::Expr>& expr) {
    return expr ? std::optional(static_cast<wire::SeqLen>(*value(expr))) : std::nullopt;
  };
  Wanted wanted{.text = &expect.segment,
                .exactly = expect.exactly,
                .seq = number(expect.segment.seq),
                .ack = number(expect.segment.ack),
                .len = value(expect.segment.len),
                .wnd = value(expect.segment.wnd),
                .up = value(expect.segment.up),
                .begin = now_,
                .from = now_,
                .to = now_ + kPatience};
  if (expect.within) {
    wanted.from = now_ + numbers.duration(expect.within->from);
    wanted.to = now_ + numbers.duration(expect.within->to);
  }
  return {.wanted = wanted, .lost = expect.lost, .deadline = wanted.to};
}

Player::Run::Alternative Player::Run::alternative(const plan::ExpectNothing& nothing) {
  return {.deadline = now_ + numbers().duration(nothing.duration)};
}

bool Player::Run::play_step(const plan::Expect& expect) {
  alternatives_.assign(1, alternative(expect));
  return observe(alternatives_);
}

bool Player::Run::play_step(const plan::ExpectNothing& nothing) {
  alternatives_.assign(1, alternative(nothing));
  return observe(alternatives_);
}

bool Player::Run::play_step(const plan::OneOf& one_of) {
  alternatives_.clear();
  for (const auto& each : one_of.alternatives) {
    alternatives_.push_back(std::visit([this](const auto& a) { return alternative(a); }, each));
  }
  return observe(alternatives_);
}

/// Brings `a.standing` up to date without another look at what was passed over before, or a stack
/// that emits without end would cost the square of what it emits.
void Player::Run::judge_what_came(Alternative& a) {
  const std::uint16_t connection = step().connection;
  const Numbering numbers = this->numbers();
  const wire::SeqNum iss = peer_.view(connection).iss();
  const Stream stream{.stack_base = numbers.stack_base(),
                      .peer_base = numbers.peer_base(),
                      .first_octet = iss + 1,
                      .user_octets = users_.user(connection).sent,
                      .values = numbers};
  const Standing before = a.iss == iss ? a.standing : Standing();
  const std::size_t passed = before.passed;
  a.iss = iss;
  a.standing = judge(*a.wanted, peer_.queue(connection, passed), stream);
  a.standing.first_part += passed;
  a.standing.last += passed;
  a.standing.passed += passed;
  if (a.standing.nearest) *a.standing.nearest += passed;
  const bool nearer = before.nearest && before.fields.count() < a.standing.fields.count();
  if (a.standing.kind == Standing::Kind::Waiting && (!a.standing.nearest || nearer)) {
    a.standing.nearest = before.nearest;
    a.standing.fields = before.fields;
  }
}

Player::Run::Progress Player::Run::look(Alternative& a) {
  const std::uint16_t connection = step().connection;
  if (!a.wanted) {
    if (peer_.emitted_since(connection, unanswered_from_)) return Progress::Failed;
    return now_ >= a.deadline ? Progress::Met : Progress::Waiting;
  }
  judge_what_came(a);
  switch (a.standing.kind) {
    case Standing::Kind::Met:
      unanswered_from_ =
          std::max(unanswered_from_, peer_.queue(connection)[a.standing.last].event + 1);
      peer_.take(connection, a.standing, a.lost);
      return Progress::Met;
    case Standing::Kind::Failed:
      return Progress::Failed;
    case Standing::Kind::Waiting:
      return now_ >= a.deadline ? Progress::Failed : Progress::Waiting;
  }
  return Progress::Failed;
}

bool Player::Run::observe(std::span<Alternative> alternatives) {
  firings_in_instant_ = 0;
  for (;;) {
    std::optional<base::Instant> next;
    for (Alternative& a : alternatives) {
      if (a.failed) continue;
      const Progress progress = look(a);
      if (progress == Progress::Met) return true;
      a.failed = progress == Progress::Failed;
      if (!a.failed) next = next ? std::min(*next, a.deadline) : a.deadline;
    }
    if (!next) return fail_observation(alternatives);
    if (!advance_to_next_firing(*next)) return false;
  }
}

}  // namespace tcprove::engine
