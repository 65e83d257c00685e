#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "harness/engine/player.hpp"
#include "harness/plan/stream.hpp"
#include "harness/scenario/loader.hpp"
#include "harness/testing/fake_adapter.hpp"

namespace tcprove::testing {

/// Plays the texts of scenarios on a stack that says what the test tells it to say.
///
/// The stack's numbers wrap around early, so that no test passes by comparing raw ones.
class Played : public ::testing::Test {
 protected:
  static constexpr wire::SeqNum kStackIss{0xffff'fff0};
  static constexpr wire::SeqNum kPeerIss{1'000'000};

  /// A segment of the stack's; numbers are relative to each side's initial sequence number, octets
  /// are those of its stream.
  struct Said {
    wire::Flags ctl = wire::Flag::Ack;
    wire::SeqLen seq = 1;
    wire::SeqLen ack = 1;
    wire::SeqLen len = 0;
    base::Duration after{};
    wire::SeqNum iss = kStackIss;
    std::uint16_t connection = 0;
    wire::Octets options = {};
  };

  Played() {
    stack_.on_segment = [this](const wire::Packet&) {
      if (answers_.empty()) return;
      const std::vector<Said> answer = std::move(answers_.front());
      answers_.pop_front();
      for (const Said& said : answer) say(said);
    };
  }

  /// What the stack says to the next packet that reaches it and that no answer() stands for yet.
  void answer(std::vector<Said> said) { answers_.push_back(std::move(said)); }

  /// The answers of the passive handshake in specs/fragments/ESTABLISHED.yaml.
  void answer_handshake() {
    answer({{.ctl = wire::Flag::Syn | wire::Flag::Ack, .seq = 0}});
    answer({});
  }

  void say(const Said& said) {
    if (said.after == base::Duration::zero()) return say_now(said);
    stack_.after(said.after, [this, said] { say_now(said); });
  }

  /// The first instance of the scenario `text`.
  static plan::Plan plan_of(const std::string& text) {
    scenario::Loader loader({.specs_root = std::string(TCPROVE_SOURCE_DIR) + "/specs"});
    const auto scenario = loader.read(text, "played.yaml");
    if (!scenario) {
      ADD_FAILURE() << text << base::to_string(scenario.error());
      return {};
    }
    return scenario.value().plan(scenario.value().instances.front());
  }

  const engine::Outcome& play(const std::string& text) {
    plan_ = plan_of(text);
    return outcome_ = player_.play(plan_, 1);
  }

  /// Plays `steps` with nothing before them.
  const engine::Outcome& play_steps(const std::string& steps) { return play("steps:" + steps); }

  /// Plays `steps` on a connection that the peer has opened.
  const engine::Outcome& play_established(const std::string& steps) {
    answers_.push_front({});
    answers_.push_front({{.ctl = wire::Flag::Syn | wire::Flag::Ack, .seq = 0}});
    return play("given: ESTABLISHED\nsteps:" + steps);
  }

  /// Why the last play did not hold; empty where it did.
  [[nodiscard]] std::string why() const {
    if (outcome_.kind == engine::Outcome::Kind::Held) return {};
    if (!outcome_.mismatch) return outcome_.reason;
    return "expected " + outcome_.mismatch->expected + ", actual " + outcome_.mismatch->actual;
  }

  /// The segment of the last event of `kind`; it has none of the flags where there is no such.
  [[nodiscard]] wire::Segment last(trace::EventKind kind) const {
    wire::Segment segment;
    for (const trace::Event& event : player_.trace().events()) {
      if (event.kind != kind) continue;
      segment = wire::decode(player_.trace().octets_of(event)).segment;
    }
    return segment;
  }

  [[nodiscard]] std::size_t count(trace::EventKind kind) const {
    std::size_t count = 0;
    for (const trace::Event& event : player_.trace().events()) count += event.kind == kind ? 1 : 0;
    return count;
  }

  FakeAdapter stack_;
  engine::Player player_{stack_};
  plan::Plan plan_;
  engine::Outcome outcome_;
  std::deque<std::vector<Said>> answers_;

 private:
  void say_now(const Said& said) {
    wire::Segment segment;
    segment.destination_port = static_cast<std::uint16_t>(40000 + said.connection);
    segment.ctl = said.ctl;
    segment.seq = said.iss + said.seq;
    if (said.ctl.has(wire::Flag::Ack)) segment.ack = kPeerIss + said.ack;
    segment.wnd = 1000;
    segment.options = said.options;
    payload_.resize(said.len);
    plan::fill_stream(plan::Sender::Stack, said.connection, said.seq - 1, payload_);
    segment.payload = payload_;
    stack_.emit(segment);
  }

  std::vector<std::uint8_t> payload_;
};

}  // namespace tcprove::testing
