#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/base/result.hpp"
#include "harness/plan/plan.hpp"
#include "harness/scenario/source.hpp"
#include "harness/scenario/state_event_table.hpp"
#include "harness/scenario/yaml_reader.hpp"

namespace tcprove::scenario {

/// A value of a variable of the stimuli, and what instances call it.
struct NamedValue {
  std::string name;
  std::string text;
};

/// Steps of one of the files below specs/state-event/. Lifetime: the Stimuli's.
using StepNodes = std::vector<const Node*>;

/// One way into a state.
struct WayIn {
  tcp::State state = tcp::State::Closed;
  std::string name;
  plan::Role role = plan::Role::Passive;
  StepNodes steps;           ///< Those of the way that it goes on from included.
  std::int64_t rcv_nxt = 0;  ///< At its end, relative; likewise:
  std::int64_t snd_nxt = 0;
  std::vector<NamedValue> acks;  ///< Of ${ack}; at least one.
  std::vector<When> holds;
};

/// What an event is in some states.
struct Stimulus {
  std::vector<tcp::EventClass> events;
  tcp::States in;                 ///< Empty: any.
  std::vector<std::string> ways;  ///< Empty: any.
  std::vector<NamedValue> edges;  ///< Of ${edge}; may be none.
  /// What the event may also be taken for where it lies at the edge `right`.
  std::optional<tcp::EventClass> at_right;
  StepNodes before;
  StepNodes steps;
  StepNodes proof;                     ///< In place of the state's probe; empty: that one.
  std::optional<plan::Within> within;  ///< When the reply may come.
  std::vector<When> holds;
  std::int64_t sent = 0;    ///< Octets that `before` made the stack send.
  std::int64_t data = 0;    ///< Octets of a reply that has some.
  bool unheard = false;     ///< Replies are not compared.
  std::string unreachable;  ///< Why there is no exchange; then there are no steps.
};

/// How the events of the state × event table are brought about: `ways.yaml`, `stimuli.yaml` and
/// `probes.yaml` of specs/state-event/, read and checked.
struct Stimuli {
  Stimuli() = default;
  Stimuli(const Stimuli&) = delete;
  Stimuli& operator=(const Stimuli&) = delete;

  enum File : std::uint8_t { kWays, kStimuli, kProbes };
  std::array<SourcePtr, 3> sources;
  std::array<Node, 3> roots;
  std::vector<WayIn> ways;
  std::vector<Stimulus> stimuli;
  std::array<StepNodes, tcp::kStateCount> probes;

  /// The first that is for the cell on that way; null where none is.
  [[nodiscard]] const Stimulus* find(tcp::Cell cell, const WayIn& way) const;

  /// One step with the values of ${edge} and ${ack} in it. Requires: of `file`.
  [[nodiscard]] plan::Step step(const Node& node, File file, std::string_view edge,
                                std::string_view ack) const;
};

/// Reads the three files in `folder`. Errors: all of them; every step was read once.
base::Result<std::shared_ptr<const Stimuli>> load_stimuli(const std::filesystem::path& folder);

}  // namespace tcprove::scenario
