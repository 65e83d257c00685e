#pragma once

#include <string>
#include <string_view>

#include "harness/engine/player.hpp"

namespace tcprove::smoke {

/// One adapter, and the exchanges that are played on it.
///
/// Lifetime: keeps the adapter.
class Bench {
 public:
  explicit Bench(adapter::Adapter& adapter) : adapter_(adapter), player_(adapter) {}

  /// Plays `steps` in the scenario language, whatever capabilities they need, behind the opening of
  /// a connection in the way that `head` names or the stack offers.
  ///
  /// Requires: both texts are right, as no author of an adapter has written them.
  engine::Outcome play(std::string_view head, std::string_view steps);

  /// Plays what makes a stack do a bit of everything that it claims.
  engine::Outcome play_everything();

  /// Plays what leaves a stack as untidy as it can be left.
  engine::Outcome leave_a_mess();

  [[nodiscard]] adapter::Adapter& adapter() const { return adapter_; }
  /// Of the last play().
  [[nodiscard]] const trace::Trace& trace() const { return player_.trace(); }
  [[nodiscard]] bool claims(tcp::Capability capability) const {
    return adapter_.profile().capabilities.has(capability);
  }
  /// How the stack opens: `passive` where it can, else `active`.
  [[nodiscard]] std::string_view role() const;

  static constexpr std::uint64_t kSeed = 1;

 private:
  adapter::Adapter& adapter_;
  engine::Player player_;
};

/// Steps that add nothing to the opening of a connection.
inline constexpr std::string_view kOpensOnly = "  - wait: 0s\n";

/// `expected …; got …` of a step that did not hold, or the reason of one that could not be played.
std::string words_of(const engine::Outcome& outcome);

}  // namespace tcprove::smoke
