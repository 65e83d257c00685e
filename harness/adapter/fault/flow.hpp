#pragma once

#include <cstdint>
#include <optional>

#include "harness/wire/packet.hpp"

namespace tcprove::adapter::fault {

/// What a SYN offered.
struct SynOptions {
  std::optional<std::uint8_t> window_scale;
  bool timestamps = false;
  bool sack = false;
};

/// What has passed on one connection, as far as faults ask. All numbers are those of the stack
/// itself, before anything was spoiled.
struct Flow {
  wire::FourTuple tuple;

  std::optional<wire::SeqNum> iss;
  wire::SeqNum snd_una;             ///< The furthest ACK that arrived.
  wire::SeqNum snd_nxt;             ///< Past all that the stack emitted.
  std::optional<wire::SeqNum> fin;  ///< Where the stack's FIN is.
  SynOptions own_syn;

  std::optional<wire::SeqNum> irs;
  wire::SeqNum arrived;                  ///< Past all that arrived without a gap.
  std::optional<wire::SeqNum> peer_fin;  ///< Where the peer's FIN is.
  std::uint16_t peer_wnd = 0;            ///< The last Window field that arrived.
  SynOptions peer_syn;

  std::optional<wire::SeqNum> told_ack;  ///< The last ACK that the stack emitted after its SYN,
  std::uint16_t told_wnd = 0;            ///< and the Window field beside it.

  /// Both sides have sent their SYN.
  [[nodiscard]] bool synchronized() const { return iss && irs; }
  [[nodiscard]] bool window_scaled() const { return own_syn.window_scale && peer_syn.window_scale; }

  /// Whether `segment`, not noted yet, begins with what the stack has emitted before.
  [[nodiscard]] bool is_again(const wire::Segment& segment) const;

  void note_emission(const wire::Segment& segment);
  void note_arrival(const wire::Segment& segment);
};

}  // namespace tcprove::adapter::fault
