#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "harness/adapter/adapter.hpp"
#include "harness/engine/compose.hpp"
#include "harness/engine/connection_view.hpp"
#include "harness/engine/expectation.hpp"
#include "harness/plan/plan.hpp"
#include "harness/trace/trace.hpp"

namespace tcprove::engine {

/// Our end of the wire: sends what a plan says, takes in what the stack emits and keeps it, a queue
/// a connection, until an expectation takes it up.
///
/// Lifetime: keeps the adapter and the trace; the plan until the next restart().
class Peer {
 public:
  Peer(adapter::Adapter& adapter, trace::Trace& trace);

  void restart(const plan::Plan& plan);

  /// When and for which step of the plan something happens.
  struct Moment {
    base::Instant now;
    trace::StepIndex step = 0;
  };

  /// Whether the stack settles and its answers are collected after each segment, or not until the
  /// caller does both.
  enum class Pace : std::uint8_t { OneByOne, Together };

  /// Sends the segments of `send` and delivers those that arrive; answers how many packets were
  /// collected.
  std::size_t send(const plan::Send& send, std::uint16_t connection, const Moment& moment,
                   Pace pace);

  /// Has an ICMP error come to the stack, and collects the answers; answers how many packets those
  /// were.
  std::size_t send_icmp(const plan::SendIcmp& icmp, std::uint16_t connection, const Moment& moment);

  /// Moves what the stack has emitted from the adapter's outbox to the trace and the queues;
  /// answers how many packets that were.
  std::size_t collect(trace::StepIndex step);

  /// What came on `connection` and was not taken up, oldest first. Of the first `passed` the views
  /// of options and payload may be void.
  [[nodiscard]] std::span<const Pending> queue(std::uint16_t connection, std::size_t passed = 0);

  /// Whether the stack emitted more at once than an outbox holds, so that packets are missing.
  [[nodiscard]] bool overflowed() const { return overflowed_; }

  /// Takes up what `standing` (Met) says of queue(connection); `lost` packets do not reach the
  /// peer.
  void take(std::uint16_t connection, const Standing& standing, bool lost);

  /// Whether the stack emitted anything on `connection`, or on none that is known, since the event
  /// `since` of the trace and no later than `until`; if so, the latest such event.
  [[nodiscard]] std::optional<std::size_t> emitted_since(
      std::uint16_t connection, std::size_t since,
      base::Instant until = base::Instant::max()) const;

  [[nodiscard]] Numbering numbering(std::uint16_t connection) const {
    return {*plan_, ends_[connection].view, times_};
  }
  [[nodiscard]] const ConnectionView& view(std::uint16_t connection) const {
    return ends_[connection].view;
  }
  [[nodiscard]] const PeerStream& stream(std::uint16_t connection) const {
    return ends_[connection].stream;
  }

 private:
  /// The peer's end of one connection.
  struct End {
    ConnectionView view;
    PeerStream stream;
    std::vector<Pending> queue;
    std::size_t head = 0;     ///< queue[0, head) is done with.
    std::size_t counted = 0;  ///< queue[0, counted) is in the view's bookkeeping.
    std::optional<std::size_t> latest;
  };

  /// A packet of the peer's on its way.
  struct Sent {
    std::vector<std::uint8_t> octets;
    wire::Segment
        segment;         ///< What it says; its options are a view of `octets`, its payload is gone.
    bool intact = true;  ///< No lies: what reaches the stack is what was meant.
    bool stray = false;  ///< Not between the connection's own addresses, so none of its segments.
  };

  void move_iss_on(const wire::Segment& emitted);
  static void encode(const Composer::Composed& composed, Sent& out);
  std::uint16_t connection_of(const wire::Packet& packet);
  void take_in(base::Instant at, wire::Octets octets, trace::StepIndex step);
  static void count_arrivals(End& end, std::size_t until);
  void refresh_views(std::span<Pending> queue);

  adapter::Adapter& adapter_;
  trace::Trace& trace_;
  const plan::Plan* plan_ = nullptr;
  Numbering::Times times_;
  std::vector<End> ends_;
  std::optional<std::size_t> latest_stray_;
  bool overflowed_ = false;
  std::optional<wire::SeqNum> planned_iss_;  ///< Of the connection that the stack opens next.
  Composer composer_;
  std::vector<Sent> sent_;  ///< Of one send, in the order sent; kept warm.
  std::vector<std::uint8_t> icmp_;
};

}  // namespace tcprove::engine
