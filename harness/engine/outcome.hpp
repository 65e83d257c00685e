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
    Unsupported,  ///< The adapter lacks what the plan needs.
    Error,        ///< The adapter could not do its part, or a named limit was passed.
  };
  Kind kind = Kind::Held;
  std::string
      reason;  ///< Unsupported, Error; Held: what was left unchecked, empty where nothing was.
  std::optional<Mismatch> mismatch;  ///< Failed.
  std::vector<Choice> choices;       ///< At the steps that held, in their order.
  base::Duration virtual_time{};
};

}  // namespace tcprove::engine
