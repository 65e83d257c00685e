#pragma once

#include <cstddef>
#include <vector>

#include "harness/plan/plan.hpp"

namespace tcprove::engine {

/// Past the last step of the batch that begins with step `first`: sends that follow on each other
/// with nothing expected, called or waited for in between, and whose octets are the same whether or
/// not the peer has seen the answers to those before. `first` + 1 where a batch has one step.
///
/// A send before a step that asks for silence is no batch with those before it: their answers would
/// break the silence.
std::size_t batch_end(const plan::Plan& plan, std::size_t first);

/// By step, whether it is delivered otherwise in batches than one by one.
std::vector<bool> steps_in_batches(const plan::Plan& plan);

}  // namespace tcprove::engine
