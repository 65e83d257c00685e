// libFuzzer's mutations of plans: whole steps stay whole.

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "harness/plan/mutate.hpp"
#include "harness/plan/plan_octets.hpp"

using namespace tcprove;

// libFuzzer's own: octet by octet, with the operands of comparisons that it has seen.
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max);

namespace {

std::size_t steps_within(std::size_t octets) {
  return octets < plan::kHeaderOctets ? 0 : (octets - plan::kHeaderOctets) / plan::kStepOctets;
}

std::size_t put(const std::vector<std::uint8_t>& octets, std::uint8_t* out, std::size_t max) {
  const std::size_t size = std::min(octets.size(), max);
  std::copy_n(octets.begin(), size, out);
  return size;
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max, unsigned int seed) {
  constexpr unsigned kOutOfWhich = 16;  // One plan is new, one is changed octet by octet.
  if (seed % kOutOfWhich == 0) return LLVMFuzzerMutate(data, size, max);
  const std::size_t steps = steps_within(max);
  if (seed % kOutOfWhich == 1) return put(plan::plan_octets_at_random(seed, steps), data, max);
  return put(plan::mutate({data, size}, seed, steps), data, max);
}

extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* one, std::size_t one_size,
                                                 const std::uint8_t* other, std::size_t other_size,
                                                 std::uint8_t* out, std::size_t max,
                                                 unsigned int seed) {
  return put(plan::cross({one, one_size}, {other, other_size}, seed, steps_within(max)), out, max);
}
