// Whatever plan is played on a stack, the monitor finds nothing that is not known of it, and the
// stack lives.

#include <array>
#include <cstdint>

#include "fuzz/stack_player.hpp"
#include "harness/plan/plan_octets.hpp"
#include "harness/tcp/answered_cells.hpp"

using namespace tcprove;

namespace {

/// What libFuzzer counts beside branches: how the stack answered in which cell of the state × event
/// table. A stack that was compiled without instrumentation is explored by that.
__attribute__((section("__libfuzzer_extra_counters")))
std::array<std::uint8_t, tcp::AnsweredCells::kCount>
    g_answered;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static fuzz::StackPlayer stack(TCPROVE_FUZZ_TARGET);
  const plan::Plan plan = plan::plan_of({data, size});
  const bool lives = stack.play(plan);
  if (!lives) return 0;
  stack.player().answered().for_each([](std::size_t index) { g_answered.at(index) = 1; });
  for (const campaign::Shown& shown : stack.shown()) {
    if (stack.known().find_rule(shown.kind.rule) != nullptr) continue;
    const std::string what = shown.kind.is_violation()
                                 ? shown.kind.requirement + " " + shown.kind.rule
                                 : shown.kind.rule;
    fuzz::fail(plan, TCPROVE_FUZZ_TARGET, what, shown.violation.message);
  }
  return 0;
}
