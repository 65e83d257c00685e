#pragma once

#include <array>
#include <optional>
#include <vector>

#include "harness/adapter/fault/flow.hpp"
#include "harness/base/virtual_time.hpp"
#include "harness/wire/options.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::adapter::fault {

/// A packet that leaves beside the one that passes, towards the peer.
struct Extra {
  wire::Packet packet;
  base::Duration delay{};
};

/// One packet on its way between stack and peer, to be spoiled.
///
/// Lifetime: a passage lasts for one packet; its views point into that packet and into itself.
class Passage {
 public:
  /// What passed before on the packet's connection; this packet is not noted yet.
  const Flow& flow;
  bool iss_planned = false;  ///< The stack's ISS was given to it.

  wire::Lies lies;
  bool dropped = false;
  base::Duration delay{};  ///< Of an emission.
  std::optional<Extra> extra;

  Passage(const wire::Packet& packet, const Flow& its_flow) : flow(its_flow), packet_(packet) {}
  Passage(const Passage&) = delete;
  Passage& operator=(const Passage&) = delete;

  [[nodiscard]] const wire::Packet& packet() const { return packet_; }
  [[nodiscard]] const wire::Segment& segment() const { return packet_.segment; }
  [[nodiscard]] bool changed() const { return changed_; }

  /// The segment, to be written anew: lengths and checksum will be right but for `lies`.
  wire::Segment& change() {
    changed_ = true;
    return packet_.segment;
  }

  /// Replaces the options by `options`, at most 40 octets.
  void change_options(const std::vector<std::uint8_t>& options) {
    options_ = options;
    change().options = options_;
  }

  /// Appends `option` where there is room for it.
  void add_option(const wire::Option& option);

  /// Turns the bits `mask` of the payload's last octet. Requires: there is one.
  void flip_last_octet(std::uint8_t mask);

  /// Replaces the payload by one octet.
  void say_one_octet();

  /// A segment of the stack's that carries nothing, to be put into `extra`.
  [[nodiscard]] wire::Packet empty_segment(wire::Flags ctl) const;

 private:
  wire::Packet packet_;
  bool changed_ = false;
  std::vector<std::uint8_t> options_;
  std::vector<std::uint8_t> payload_;
};

}  // namespace tcprove::adapter::fault
