#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "harness/smoke/bench.hpp"
#include "harness/tcp/capability.hpp"

namespace tcprove::smoke {

/// What came of a check.
enum class Verdict : std::uint8_t {
  Works,
  Broken,     ///< The adapter promises it, and it is not so.
  Missing,    ///< A capability that the adapter does not claim.
  Unclaimed,  ///< One that it does not claim and that seems to work.
  Untried,    ///< Needs what does not work or is not there.
};

struct Finding {
  Verdict verdict = Verdict::Works;
  std::string why = {};  ///< Broken: what was seen. Untried: what stands in the way.
};

/// One thing that an adapter's author wants to know.
struct Check {
  std::string_view name;             ///< A capability's, or that of a law that every adapter keeps.
  std::string_view promise;          ///< What it means that it works, as a clause.
  std::string_view next;             ///< What to do where it does not.
  std::string_view head = {};        ///< Top-level keys of the exchange beside its steps.
  std::string_view steps = {};       ///< Of the exchange behind the opening; empty: `law` tells.
  Finding (*law)(Bench&) = nullptr;  ///< Of a capability: Broken or Works, claimed or not.

  [[nodiscard]] std::optional<tcp::Capability> capability() const {
    return tcp::parse_capability(name);
  }
};

/// All checks in the order in which an author gets them to work.
std::span<const Check> checks();

/// Makes one check.
Finding look(const Check& check, Bench& bench);

}  // namespace tcprove::smoke
