#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "harness/wire/packet.hpp"

namespace tcprove::adapter::tun {

/// What is known of the connections of one play, so that they can be ended.
class Flows {
 public:
  void clear() { flows_.clear(); }

  void note_arrival(const wire::Packet& packet);   ///< The stack gets it.
  void note_emission(const wire::Packet& packet);  ///< The stack sends it.

  /// Resets for all that may be open: at the number that the stack has acknowledged, and at the one
  /// past what it got, in case it has not said so yet. None for whoever never answered.
  [[nodiscard]] std::vector<std::vector<std::uint8_t>> resets() const;

 private:
  struct Flow {
    wire::FourTuple tuple;
    std::optional<wire::SeqNum> acknowledged;
    std::optional<wire::SeqNum> sent;
  };
  Flow& flow(const wire::FourTuple& tuple);

  std::vector<Flow> flows_;
};

}  // namespace tcprove::adapter::tun
