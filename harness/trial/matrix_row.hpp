#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/engine/conditions.hpp"
#include "harness/plan/plan.hpp"
#include "harness/tcp/capability.hpp"

namespace tcprove::trial {

/// How plans are played beside what they say: a row of the number and clock matrix. No verdict may
/// depend on it.
struct MatrixRow {
  std::optional<std::uint32_t> peer_iss;   ///< Else the plan's.
  std::optional<std::uint32_t> stack_iss;  ///< Else the plan's, or the stack's own choice.
  engine::Conditions conditions;

  bool operator==(const MatrixRow&) const = default;
};

/// Every pair of the initial sequence numbers at which arithmetic goes wrong; the clock just below
/// 2^31 and 2^32 milliseconds; segments in batches. What a stack with `offered` cannot be given is
/// left out.
std::vector<MatrixRow> matrix_rows(tcp::Capabilities offered);

/// The options of `tcprove run` that play the row alone: `--iss-peer 0x10 --iss-stack 0x0`; empty
/// where plans are played as they are written.
std::string to_options(const MatrixRow& row);

/// Gives `plan` the row's numbers. One that sets them itself, or that does not differ in the row
/// from how it is written, becomes `unreachable` for that reason.
void apply(const MatrixRow& row, plan::Plan& plan);

}  // namespace tcprove::trial
