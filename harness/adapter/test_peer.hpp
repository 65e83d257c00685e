#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/adapter/adapter.hpp"
#include "harness/wire/flags.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::adapter {

inline constexpr std::uint16_t kStackPort = 7;
inline constexpr std::uint16_t kPeerPort = 40000;

/// A pristine stack of this version, with documentation addresses.
ResetOptions pristine(wire::IpVersion ip, std::uint64_t seed = 1);

/// The peer of one connection of the stack under test, for tests: sends what it is told, and reads
/// the stack's packets one by one.
///
/// Sequence numbers are relative: each side's SYN is 0. Lifetime: keeps `stack`; assign another to
/// begin anew.
class TestPeer {
 public:
  explicit TestPeer(Adapter& stack, wire::IpVersion ip = wire::IpVersion::V4,
                    std::uint16_t port = kPeerPort);

  struct Fields {
    std::uint32_t seq = 0;
    std::uint32_t ack = 0;
    std::string_view data{};
    std::uint16_t wnd = 0xffff;
    wire::Octets options{};
  };

  /// Sends a segment from the peer to the stack's port; options <mss 1460> on a SYN unless given.
  void send(wire::Flags ctl, const Fields& fields);

  /// The stack's next packet, as `PSH,ACK seq=1 ack=1 len=5`; `nothing` where there is none. Of a
  /// stack whose clock runs by itself it is waited for so long.
  std::string next(base::Duration patience = {});

  /// When the packet that next() read was emitted, since reset.
  [[nodiscard]] base::Duration at() const { return at_; }
  /// The segment of that packet. Lifetime: until the stack emits again.
  [[nodiscard]] const wire::Segment& segment() const { return segment_; }

  /// Listens on the stack's port.
  tcp::Handle listen();
  /// Opens to `listener` and accepts; both windows are open and nothing is left unread.
  tcp::Handle establish(tcp::Handle listener);
  /// Has the stack open from kStackPort.
  tcp::Handle open_actively();
  /// Opens so and establishes.
  tcp::Handle establish_actively();

  tcp::CallStatus call(tcp::CallKind kind, tcp::Handle handle);
  /// How many octets were taken, or the status: `5`, `would-block`.
  std::string send_call(tcp::Handle handle, std::string_view octets);
  /// The octets, or the status in brackets: `hello`, `<end-of-stream>`.
  std::string receive_call(tcp::Handle handle, std::size_t octets_max = 65536);

  [[nodiscard]] tcp::State state() const { return *stack_->state(tuple_); }
  [[nodiscard]] const wire::FourTuple& tuple() const { return tuple_; }

  /// Sends in another's name from now on.
  void pretend_to_be(const wire::IpAddress& address) { tuple_.peer.address = address; }

 private:
  Adapter* stack_;
  wire::FourTuple tuple_;
  wire::SeqNum stack_iss_;
  std::size_t read_ = 0;
  base::Duration at_{};
  wire::Segment segment_;
  std::vector<std::uint8_t> packet_;
};

}  // namespace tcprove::adapter
