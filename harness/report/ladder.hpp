#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "harness/base/virtual_time.hpp"
#include "harness/report/result.hpp"

namespace tcprove::report {

/// One rung of a ladder diagram: what the peer and the stack did at one instant, in words.
/// Text and HTML draw the same rows.
struct LadderRow {
  enum class Kind : std::uint8_t {
    ToStack,    ///< A packet on its way from the peer to the stack.
    FromStack,  ///< A packet on its way from the stack to the peer.
    Call,       ///< A user call with its answer, at the stack's side.
    State,      ///< The connection is seen in another state, with nothing else in this row.
    Wait,       ///< Time passed.
    Gap,        ///< Rows were left out here.
    Remark,     ///< No event: something should have been and was not.
  };

  Kind kind = Kind::Remark;
  base::Instant at;
  std::size_t event = monitor::kNoEvent;  ///< The first of the trace's events in this row.
  bool lost = false;                      ///< The packet did not arrive.
  bool violated = false;                  ///< What went wrong is seen here.
  std::string connection;                 ///< Name; empty where the trace has only one.
  std::string text;                       ///< Segment, call, or how much was passed.
  std::string answer;                     ///< The call's.
  std::string oddity;  ///< How a packet is broken, or that it is of no known connection.
  std::string state;   ///< That the connection is seen in from here; empty if unchanged.
  std::vector<std::string> notes;  ///< What was expected, or which requirement was violated.
};

/// All of a result's trace as rows. Numbers are relative to each side's initial sequence number
/// unless the result counts absolutely.
std::vector<LadderRow> ladder_rows(const ScenarioResult& result);

}  // namespace tcprove::report
