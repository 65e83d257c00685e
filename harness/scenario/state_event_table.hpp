#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/base/result.hpp"
#include "harness/scenario/reply_parser.hpp"
#include "harness/tcp/state_event.hpp"
#include "harness/tcp/user_call.hpp"

namespace tcprove::scenario {

class Catalogue;

/// When an outcome holds; specs/catalogue/state-event/README.md says what each means.
enum class When : std::uint8_t {
  PassiveOrigin,
  ActiveOrigin,
  TurnedActiveOrigin,
  ChallengeAck,
  NoChallengeAck,
  SeqInWindow,
  SeqLeftOfWindow,
  SeqAtRightEdge,
  SeqBeyondWindow,
  OverrunsWindow,
  CoversFin,
  LeavesFin,
  AckBelowRange,
  AckBelowUna,
  SegmentHasData,
  SegmentHasFin,
  QueuedData,
  UnreadData,
  SynUnacknowledged,
  ClosedByUser,
  NoListener,
  Timestamps,
  FastOpen,
};

inline constexpr std::array<std::string_view, 23> kWhenNames{
    "passive-origin",     "active-origin",     "turned-active-origin",
    "challenge-ack",      "no-challenge-ack",  "seq-in-window",
    "seq-left-of-window", "seq-at-right-edge", "seq-beyond-window",
    "overruns-window",    "covers-fin",        "leaves-fin",
    "ack-below-range",    "ack-below-una",     "segment-has-data",
    "segment-has-fin",    "queued-data",       "unread-data",
    "syn-unacknowledged", "closed-by-user",    "no-listener",
    "timestamps",         "fast-open"};

/// What the user learns of an event beyond a call's answer.
inline constexpr std::array<std::string_view, 5> kToldNames{"nothing", "open", "readable", "urgent",
                                                            "acknowledged"};

/// What an event may lead to: any of `replies`, in any of `next`.
struct Outcome {
  std::vector<Reply> replies;     ///< Never empty.
  std::vector<tcp::State> next;   ///< Never empty.
  std::vector<std::string> user;  ///< A call's answers, or what the user is told; empty: not said.
};

/// An outcome besides the row's own.
struct Alternative {
  enum class Kind : std::uint8_t {
    Condition,  ///< Instead of the row's own where `when` holds, and only then.
    Option,     ///< The RFCs allow it too, where `when` holds.
    Deviation,  ///< Seen in stacks and not in the RFCs.
  };
  Kind kind = Kind::Option;
  std::string source;  ///< Who says so.
  std::vector<When> when;
  Outcome outcome;  ///< What is empty is as in the row, or in the condition that took its place.
};

/// Why nobody may be failed by this row, and when; without a `when` always.
struct Open {
  std::string why;
  std::vector<When> when;
};

/// What one event calls for in one state.
struct StateEventRow {
  enum class Basis : std::uint8_t { Text, Derived, Ambiguous };

  tcp::Cell cell;
  std::string impossible;  ///< Why the event cannot occur; then the rest is empty.
  Outcome outcome;
  std::string requirement;  ///< Catalogue id.
  std::string section;      ///< Of RFC 9293 unless another is named.
  Basis basis = Basis::Text;
  std::vector<Alternative> alternatives;
  std::optional<Open> open;
  std::string notes;
  std::string file;
  int line = 0;  ///< Of the row in `file`.
};

/// The state × event table: a row for each of its 374 cells.
class StateEventTable {
 public:
  /// Requires: a row for each cell, in the order of their indices.
  explicit StateEventTable(std::vector<StateEventRow> rows);

  [[nodiscard]] const std::vector<StateEventRow>& rows() const { return rows_; }
  [[nodiscard]] const StateEventRow& row(tcp::Cell cell) const { return rows_[cell.index()]; }

 private:
  std::vector<StateEventRow> rows_;
};

/// Reads `STATE.yaml` for each state in `folder`.
///
/// `catalogue`: whose ids `requirement` may name; null: any.
/// Errors: all of them, in all files; also a cell without a row.
base::Result<StateEventTable> load_state_event_table(const std::filesystem::path& folder,
                                                     const Catalogue* catalogue);

}  // namespace tcprove::scenario
