#include <algorithm>
#include <variant>

#include "harness/engine/player_run.hpp"

namespace tcprove::engine {

void Player::Run::add_alternative(const plan::Expect& expect) {
  const Numbering numbers = this->numbers();
  const auto value = [&numbers](const std::optional<plan::Expr>& expr) {
    return expr ? std::optional(expr->evaluate(numbers)) : std::nullopt;
  };
  const auto number = [&](const std::optional<plan::Expr>& expr) {
    return expr ? std::optional(static_cast<wire::SeqLen>(*value(expr))) : std::nullopt;
  };
  Alternative& added = alternatives_.emplace_back();
  Wanted& wanted = added.wanted.emplace();
  wanted.text = &expect.segment;
  wanted.exactly = expect.exactly;
  wanted.seq = number(expect.segment.seq);
  wanted.ack = number(expect.segment.ack);
  wanted.len = value(expect.segment.len);
  wanted.wnd = value(expect.segment.wnd);
  wanted.up = value(expect.segment.up);
  wanted.begin = wanted.from = now_;
  wanted.to = now_ + kPatience;
  if (expect.within) {
    wanted.from = now_ + numbers.duration(expect.within->from);
    wanted.to = now_ + numbers.duration(expect.within->to);
  }
  if (is_real() && expect.within) {
    // The step before was met when the stack spoke, and this one begins when we have looked.
    wanted.from =
        std::min(now_, std::max(met_at_, stimulated_)) + numbers.duration(expect.within->from);
  }
  wanted.to += slack_until(wanted.to);
  added.iss = peer_.view(step().connection).iss();
  added.lost = expect.lost;
  added.deadline = wanted.to;
}

void Player::Run::add_alternative(const plan::ExpectNothing& nothing) {
  alternatives_.emplace_back().deadline = begun() + numbers().duration(nothing.duration);
}

bool Player::Run::play_step(const plan::Expect& expect) {
  alternatives_.clear();
  add_alternative(expect);
  return observe();
}

bool Player::Run::play_step(const plan::ExpectNothing& nothing) {
  alternatives_.clear();
  add_alternative(nothing);
  return observe();
}

bool Player::Run::play_step(const plan::OneOf& one_of) {
  alternatives_.clear();
  for (const auto& each : one_of.alternatives) {
    std::visit([this](const auto& alternative) { add_alternative(alternative); }, each);
  }
  return observe();
}

void Player::Run::judge_what_came(Alternative& a) {
  const std::uint16_t connection = step().connection;
  const Numbering numbers = this->numbers();
  const wire::SeqNum iss = peer_.view(connection).iss();
  const Stream stream{.stack_base = numbers.stack_base(),
                      .peer_base = numbers.peer_base(),
                      .first_octet = iss + 1,
                      .user_octets = users_.user(connection).sent,
                      .values = numbers};
  if (a.iss != iss) a.standing = {};  // What was passed over belonged to an earlier incarnation.
  a.iss = iss;
  judge(*a.wanted, peer_.queue(connection, a.standing.passed), stream, a.standing);
}

Player::Run::Progress Player::Run::look(Alternative& a) {
  const std::uint16_t connection = step().connection;
  if (!a.wanted) {
    if (peer_.emitted_since(connection, unanswered_from_, a.deadline)) return Progress::Failed;
    if (now_ < a.deadline) return Progress::Waiting;
    met_at_ = a.deadline;
    return Progress::Met;
  }
  judge_what_came(a);
  switch (a.standing.kind) {
    case Standing::Kind::Met:
      met_at_ = std::max(step_begin_, peer_.queue(connection, a.standing.last)[a.standing.last].at);
      unanswered_from_ = std::max(
          unanswered_from_, peer_.queue(connection, a.standing.last)[a.standing.last].event + 1);
      peer_.take(connection, a.standing, a.lost);
      return Progress::Met;
    case Standing::Kind::Failed:
      return Progress::Failed;
    case Standing::Kind::Waiting:
      return now_ >= a.deadline ? Progress::Failed : Progress::Waiting;
  }
  return Progress::Failed;
}

bool Player::Run::chosen(const Alternative& met) {
  if (alternatives_.size() == 1) return true;
  const auto index = static_cast<std::uint8_t>(&met - alternatives_.data());
  outcome_.choices.push_back({.step = step_, .taken = index});
  return true;
}

bool Player::Run::observe() {
  firings_in_instant_ = 0;
  for (;;) {
    std::optional<base::Instant> next;
    for (Alternative& a : alternatives_) {
      if (a.failed) continue;
      const Progress progress = look(a);
      if (progress == Progress::Met) return chosen(a);
      a.failed = progress == Progress::Failed;
      if (!a.failed) next = next ? std::min(*next, a.deadline) : a.deadline;
    }
    if (!next) return fail_observation();
    if (!advance_to_next_firing(*next)) return false;
  }
}

}  // namespace tcprove::engine
