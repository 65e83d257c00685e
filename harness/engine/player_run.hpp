#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/engine/expectation.hpp"
#include "harness/engine/peer.hpp"
#include "harness/engine/player.hpp"
#include "harness/engine/user_plane.hpp"

namespace tcprove::engine {

/// One play: what has to be kept from step to step.
class Player::Run {
 public:
  explicit Run(adapter::Adapter& adapter)
      : adapter_(adapter), users_(adapter), peer_(adapter, trace_) {}

  Outcome play(const plan::Plan& plan, std::uint64_t seed, const Conditions& conditions);
  [[nodiscard]] const trace::Trace& trace() const { return trace_; }

 private:
  /// One alternative of a step that observes.
  struct Alternative {
    std::optional<Wanted> wanted;  ///< Nothing is wanted where this is absent.
    bool lost = false;
    base::Instant deadline;
    bool failed = false;
    Standing standing;
    wire::SeqNum iss;  ///< Of the stack, when `standing` was found.
  };

  bool begin(const plan::Plan& plan, std::uint64_t seed, const Conditions& conditions);
  bool lacks(const plan::Plan& plan);
  void conclude();
  // player_service.cpp
  void conclude_beside_a_service();
  [[nodiscard]] bool answered_wrong_octets() const;

  bool play_step(const plan::Send& send);
  bool play_step(const plan::SendIcmp& icmp);
  bool play_step(const plan::Expect& expect);
  bool play_step(const plan::ExpectNothing& nothing);
  bool play_step(const plan::OneOf& one_of);
  bool play_step(const plan::Call& call);
  bool play_step(const plan::Wait& wait);
  bool play_step(const plan::ExpectState& expected);

  void add_alternative(const plan::Expect& expect);
  void add_alternative(const plan::ExpectNothing& nothing);
  bool observe();
  bool chosen(const Alternative& met);
  enum class Progress : std::uint8_t { Met, Waiting, Failed };
  Progress look(Alternative& alternative);
  void judge_what_came(Alternative& alternative);

  bool advance(base::Duration d);
  bool advance_to_next_firing(base::Instant limit);
  bool takes_too_long();
  // player_real_time.cpp
  bool catch_up();
  void follow_clock(base::Instant wanted);
  void conclude_in_real_time();
  bool await_end(const plan::ExpectState& expected);
  [[nodiscard]] base::Instant begun() const;
  [[nodiscard]] base::Duration slack_until(base::Instant deadline) const;
  [[nodiscard]] bool is_real() const { return is_real_; }
  bool collect();
  void see_state();
  std::optional<tcp::State> state_now();

  bool fail(Mismatch mismatch);
  bool fail_observation();
  bool error(std::string reason);
  bool error(const adapter::AdapterError& failure);
  [[nodiscard]] std::string words_of(std::size_t event) const;
  [[nodiscard]] std::string nothing_like_it(const Alternative& alternative) const;
  [[nodiscard]] Numbering numbers() const { return peer_.numbering(step().connection); }
  [[nodiscard]] const plan::Step& step() const { return plan_->steps[step_]; }

  adapter::Adapter& adapter_;
  trace::Trace trace_;
  UserPlane users_;
  Peer peer_;
  std::vector<tcp::State> seen_states_;
  std::vector<Alternative> alternatives_;  ///< Of the step under way.

  const plan::Plan* plan_ = nullptr;
  trace::StepIndex step_ = 0;
  base::Instant now_;
  base::Instant step_begin_;
  std::size_t unanswered_from_ =
      0;  ///< The first event past the last stimulus, wait or packet taken.
  std::size_t emissions_in_step_ = 0;
  int firings_in_instant_ = 0;
  std::size_t states_unchecked_ = 0;
  base::Instant met_at_;       ///< When what the latest wait or expectation waited for came.
  base::Instant stimulated_;   ///< When the stack last had a packet or a call.
  bool is_real_ = false;       ///< The clock runs by itself.
  std::size_t batch_end_ = 0;  ///< Of the batch under way; 0 where segments come one by one.
  Outcome outcome_;
};

}  // namespace tcprove::engine
