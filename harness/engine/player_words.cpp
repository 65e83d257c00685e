#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "harness/engine/player_run.hpp"
#include "harness/wire/segment_words.hpp"

namespace tcprove::engine {
namespace {

/// `expect: FIN,ACK seq=1` names the segment behind the verb.
std::string without_verb(const std::string& text) {
  const std::size_t colon = text.find(": ");
  return colon == std::string::npos ? text : text.substr(colon + 2);
}

}  // namespace

std::string Player::Run::words_of(std::size_t event) const {
  const trace::Event& e = trace_.events()[event];
  const wire::Packet packet = wire::decode(trace_.octets_of(e));
  if (!packet.has_segment()) return "not a TCP segment: " + to_string(packet.flaws);
  wire::NumberBase base;
  if (e.connection != trace::kNoConnection && !plan_->absolute_numbers) {
    const Numbering numbers = peer_.numbering(e.connection);
    base = {.seq = numbers.stack_base(), .ack = numbers.peer_base()};
  }
  const std::string flaws = packet.flaws.none() ? "" : " (" + to_string(packet.flaws) + ")";
  return to_string(packet.segment, base) + flaws;
}

std::string Player::Run::nothing_like_it(const Alternative& a) const {
  const base::Duration waited = a.deadline - step_begin_;
  if (!a.standing.nearest) return fmt::format("nothing came within {}", base::to_string(waited));
  return fmt::format("nothing like it came within {}; nearest: ", base::to_string(waited));
}

bool Player::Run::fail_observation() {
  // The packet that no alternative allows tells most; else the first segment that never came.
  const auto rank = [](const Alternative& a) {
    if (!a.wanted) return std::pair(2, 0);
    const bool came = a.standing.kind == Standing::Kind::Failed;
    return came ? std::pair(0, a.standing.fields.count()) : std::pair(1, 0);
  };
  const auto blamed = std::ranges::min_element(alternatives_, {}, rank);
  Mismatch mismatch{.expected = without_verb(step().text),
                    .fields = blamed->standing.fields.names()};
  if (!blamed->wanted) {
    mismatch.event = peer_.emitted_since(step().connection, unanswered_from_);
    mismatch.actual = words_of(mismatch.event.value_or(unanswered_from_));
    return fail(std::move(mismatch));
  }
  const Standing& standing = blamed->standing;
  if (standing.kind == Standing::Kind::Waiting) mismatch.actual = nothing_like_it(*blamed);
  if (standing.nearest) {
    const Pending& nearest = peer_.queue(step().connection)[*standing.nearest];
    mismatch.actual += words_of(nearest.event) + standing.fields.ip_words(nearest.packet);
    if (standing.kind == Standing::Kind::Failed) mismatch.event = nearest.event;
    if (standing.fields.has(Field::Time)) {
      const base::Duration after = nearest.at - blamed->wanted->begin;
      mismatch.actual +=
          fmt::format(" after {}", base::to_string(std::max(after, base::Duration::zero())));
    }
  }
  return fail(std::move(mismatch));
}

}  // namespace tcprove::engine
