#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/adapter/adapter.hpp"
#include "harness/wire/flags.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::adapter::linux {

/// The peer of one connection of the kernel's, for tests; numbers are relative, each side's SYN is
/// 0. Lifetime: keeps `stack`.
class TestPeer {
 public:
  TestPeer(Adapter& stack, wire::IpVersion ip);

  [[nodiscard]] ResetOptions link() const;
  [[nodiscard]] const wire::FourTuple& tuple() const { return tuple_; }
  [[nodiscard]] tcp::State state() const { return *stack_.state(tuple_); }

  struct Fields {
    std::uint32_t seq = 0;
    std::uint32_t ack = 0;
    std::string_view data{};
  };
  void send(wire::Flags ctl, const Fields& fields);

  /// The stack's next packet, as `PSH,ACK seq=1 ack=1 len=5`; `nothing` where none comes in time.
  std::string next(base::Duration patience = {});
  /// When it was emitted.
  [[nodiscard]] base::Instant at() const { return at_; }

  tcp::Handle listen();
  tcp::Handle open_actively();
  tcp::Handle establish_actively();
  tcp::CallStatus call(tcp::CallKind kind, tcp::Handle handle);
  /// How many octets were taken, or the status.
  std::string send_call(tcp::Handle handle, std::string_view octets);
  /// The octets, or the status in brackets.
  std::string receive_call(tcp::Handle handle);

 private:
  Adapter& stack_;
  wire::IpVersion ip_;
  wire::FourTuple tuple_;
  wire::SeqNum stack_iss_;
  std::size_t read_ = 0;
  base::Instant at_;
  std::vector<std::uint8_t> packet_;
};

}  // namespace tcprove::adapter::linux
