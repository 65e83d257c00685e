#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/base/virtual_time.hpp"
#include "harness/trace/event.hpp"

namespace tcprove::engine {

/// A step that did not hold.
struct Mismatch {
  trace::StepIndex step = 0;
  base::Instant at;                  ///< When it was clear.
  std::optional<std::size_t> event;  ///< The trace's event that shows it; none where nothing came.
  std::string expected;
  std::string actual;
  std::vector<std::string> fields;  ///< In which one segment differs from the one wanted.
};

/// What the stack did at a step that leaves it a choice.
struct Choice {
  trace::StepIndex step = 0;
  std::uint8_t taken = 0;  ///< `one-of`: the alternative; `state`: the tcp::State.

  bool operator==(const Choice&) const = default;
};

/// What playing a plan came to.
struct Outcome {
  enum class Kind : std::uint8_t {
    Held,
    Failed,
    Unsupported,   ///< The adapter lacks what the plan needs.
    Error,         ///< The adapter could not do its part, or a named limit was passed.
    Inconclusive,  ///< On a real clock: this process was too late to know.
  };
  Kind kind = Kind::Held;
  std::string reason;  ///< Unsupported, Error, Inconclusive; Held: what was left unchecked, empty
                       ///< where nothing was.
  bool still_judged = false;  ///< Unsupported: the monitor may judge what was played all the same.
  std::optional<Mismatch> mismatch;  ///< Failed.
  std::vector<Choice> choices;       ///< At the steps that held, in their order.
  base::Duration virtual_time{};
  /// On a real clock, the most that passed beyond what was to pass: where a stimulus came late, or
  /// a look at what the stack had done.
  base::Duration lateness{};
};

/// On a real clock a play that was later than this at any time holds nothing against the stack: a
/// delayed ACK, the shortest time that an RFC limits, has five times as long.
inline constexpr base::Duration kLatenessMax = std::chrono::milliseconds(100);

/// Why such a play is inconclusive.
std::string too_late(base::Duration lateness);

}  // namespace tcprove::engine
