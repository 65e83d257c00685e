#pragma once

#include <optional>

#include "harness/profile/facts.hpp"
#include "harness/trace/event.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::profile {

/// Follows one connection through a trace and measures.
///
/// Lifetime: keeps `facts`.
class Watch {
 public:
  Watch(Facts& facts, bool iss_planned) : facts_(&facts), iss_planned_(iss_planned) {}

  /// Time has come so far, on whatever connection; before each of the others.
  void at(base::Instant now);
  void arrived(const wire::Segment& segment);
  void emitted(const wire::Packet& packet);
  /// Called and Answered alike.
  void called(const trace::Event& event);
  void state(tcp::State state);
  /// The trace is over.
  void end();

 private:
  /// The earliest segment that is not acknowledged, since nothing else happened.
  struct Front {
    wire::SeqNum seq;
    bool syn = false;
    bool ack = false;
    base::Instant first;
    base::Instant last;
    base::Duration interval{};
    std::int64_t retransmissions = 0;
  };
  /// What the stack sends of itself at growing or equal intervals.
  struct Probing {
    base::Instant last;
    base::Duration interval{};
  };
  struct AwaitedAck {
    base::Instant since;
    wire::SeqNum ack;
  };
  struct Flight {
    base::Instant at;
    std::int64_t octets = 0;
  };

  void disturbed();
  void opened(const wire::Packet& packet);
  void note_options(const wire::Segment& segment);
  void note_sizes(const wire::Packet& packet);
  void note_new_octets(const wire::Segment& segment);
  void note_repeated(const wire::Segment& segment);
  void note_ack(const wire::Segment& segment);
  bool note_window_probe(const wire::Segment& segment);
  bool note_keep_alive(const wire::Segment& segment);
  void note_given_up();
  void close_flight();
  void add(Quantity quantity, std::int64_t value) { (*facts_)[quantity].add(value); }
  void add(Quantity quantity, base::Duration value) { add(quantity, value.count()); }
  void add_interval(Quantity quantity, base::Duration now, base::Duration before);
  [[nodiscard]] bool outstanding() const { return snd_una_ != snd_nxt_; }

  Facts* facts_;
  bool iss_planned_;
  base::Instant now_;
  base::Instant before_;        ///< The last instant before now_ at which anything happened.
  base::Instant disturbed_at_;  ///< A segment arrived or a call was made.
  base::Instant wire_at_;       ///< A segment arrived or was emitted.

  bool syn_seen_ = false;  ///< The stack's.
  wire::SeqNum iss_;
  base::Instant iss_at_;
  std::optional<std::uint8_t> shift_;
  bool window_seen_ = false;
  wire::SeqNum snd_una_;
  wire::SeqNum snd_nxt_;
  std::optional<wire::SeqNum> rcv_nxt_;

  bool peer_syn_seen_ = false;
  std::optional<std::uint16_t> peer_mss_;
  std::optional<std::uint8_t> peer_shift_;
  std::uint32_t peer_wnd_ = 0;
  std::uint32_t peer_wnd_field_ = 0;
  std::int64_t duplicates_ = 0;  ///< ACKs in a row.
  std::int64_t taken_ = 0;       ///< Octets that the stack took of its user.

  bool ttl_set_ = false;
  bool user_timeout_set_ = false;
  bool keep_alive_ = false;
  bool interval_set_ = false;

  std::optional<Front> front_;
  std::optional<Probing> window_probing_;
  std::optional<Probing> keeping_alive_;
  std::optional<AwaitedAck> awaited_ack_;
  std::optional<Flight> flight_;
  bool flight_over_ = false;
  std::optional<base::Instant> time_wait_since_;
};

}  // namespace tcprove::profile
