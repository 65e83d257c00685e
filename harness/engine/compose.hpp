#pragma once

#include <vector>

#include "harness/adapter/adapter.hpp"
#include "harness/engine/connection_view.hpp"
#include "harness/plan/plan.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::engine {

/// Turns what a plan says about numbers into what stands on the wire, and back, for one connection.
class Numbering : public plan::SymbolValues {
 public:
  /// Times that the stack's profile gives.
  struct Times {
    base::Duration msl;
    base::Duration rto;
    base::Duration delayed_ack;
    const adapter::Adapter* clock = nullptr;  ///< Asked when its next timer fires.
  };

  /// Lifetime: keeps `plan` and `view`.
  Numbering(const plan::Plan& plan, const ConnectionView& view, const Times& times)
      : plan_(plan), view_(view), times_(times) {}

  [[nodiscard]] std::int64_t value(plan::Symbol symbol) const override;

  [[nodiscard]] wire::SeqNum peer_base() const {
    return wire::SeqNum(plan_.absolute_numbers ? 0 : plan_.peer_iss);
  }
  [[nodiscard]] wire::SeqNum stack_base() const {
    return plan_.absolute_numbers ? wire::SeqNum() : view_.iss();
  }

  /// The raw number that `expr` names in the peer's or the stack's sequence space.
  [[nodiscard]] wire::SeqNum peer_number(const plan::Expr& expr) const {
    return peer_base() + static_cast<wire::SeqLen>(expr.evaluate(*this));
  }
  [[nodiscard]] wire::SeqNum stack_number(const plan::Expr& expr) const {
    return stack_base() + static_cast<wire::SeqLen>(expr.evaluate(*this));
  }

  [[nodiscard]] base::Duration duration(const plan::Expr& expr) const {
    return base::Duration(expr.evaluate(*this));
  }

 private:
  const plan::Plan& plan_;
  const ConnectionView& view_;
  const Times& times_;
};

/// The peer's octets of one connection: the pattern of plan/stream.hpp but where a segment named
/// its own.
class PeerStream {
 public:
  void restart(std::uint16_t connection, wire::SeqNum peer_iss);

  /// Octets that a segment at `seq` carried by value; they are the stream from now on.
  void set(wire::SeqNum seq, wire::Octets octets);

  /// Fills `out` with the octets from `seq` on.
  void read(wire::SeqNum seq, std::span<std::uint8_t> out) const;

 private:
  struct Named {
    wire::SeqNum seq;
    std::vector<std::uint8_t> octets;
  };
  std::uint16_t connection_ = 0;
  wire::SeqNum first_;  ///< The number of the first octet after the SYN.
  std::vector<Named> named_;
};

/// The most octets of payload that one segment may carry (specs/README.md, Limits).
inline constexpr std::int64_t kPayloadOctetsMax = 65'000;

/// Builds the peer's packets; its buffers are kept, so a warm composer does not allocate.
class Composer {
 public:
  /// A segment ready to be sent, with its lies.
  ///
  /// Lifetime: the packet's views point into the composer, until the next call.
  struct Composed {
    wire::Packet packet;
    wire::Lies lies;
  };

  /// The segment that `text` names, on the connection that the rest is of.
  Composed compose(const plan::Plan& plan, const plan::SegmentText& text,
                   const wire::FourTuple& tuple, const Numbering& numbers,
                   const ConnectionView& view, PeerStream& stream);

 private:
  void append_word(std::uint32_t word);
  void compose_options(const std::vector<plan::OptionText>& options, const Numbering& numbers,
                       std::uint32_t echo);

  void compose_ip_fields(const plan::SegmentText& text, const wire::FourTuple& tuple,
                         wire::Packet& out);

  std::vector<std::uint8_t> options_;
  std::vector<std::uint8_t> ip_options_;
  std::vector<std::uint8_t> payload_;
};

}  // namespace tcprove::engine
