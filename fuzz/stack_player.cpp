#include "fuzz/stack_player.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "fuzz/caught_abort.hpp"
#include "harness/adapter/registry.hpp"
#include "harness/base/check.hpp"
#include "harness/scenario/plan_printer.hpp"

namespace tcprove::fuzz {
namespace {

namespace fs = std::filesystem;

/// Beside the fuzzer, for one that was taken elsewhere, else in the tree that it was built from.
fs::path specs_folder() {
  std::error_code error;
  const fs::path beside = fs::read_symlink("/proc/self/exe", error).parent_path() / "specs";
  return fs::is_directory(beside, error) ? beside : fs::path(TCPROVE_SPECS_DIR);
}

campaign::KnownFindings known_of(const std::string& target) {
  auto known = campaign::load_known_findings(specs_folder(), target);
  TCPROVE_CHECK(known.ok(), "what is known of the stack can be read");
  return std::move(known.value());
}

std::unique_ptr<adapter::Adapter> stack_of(const std::string& target) {
  auto stack = adapter::make_adapter(target);
  TCPROVE_CHECK(stack.ok(), "the target is built into this fuzzer");
  return std::move(stack.value());
}

}  // namespace

StackPlayer::StackPlayer(const std::string& target)
    : known_(known_of(target)), stack_(stack_of(target)), player_(*stack_) {}

bool StackPlayer::play(const plan::Plan& plan) {
  shown_.clear();
  return survives(
      [&] { shown_ = campaign::findings_of(player_.play(plan, 1), player_.trace()); },
      [&](const std::string& printed) { return known_.find_death(printed) != nullptr; });
}

void fail(const plan::Plan& plan, const std::string& target, const std::string& what,
          const std::string& message) {
  const std::string scenario = scenario::to_yaml(plan, "Found by a fuzzer.");
  std::fprintf(stderr, "%s\nThe scenario for `tcprove run FILE --target %s`:\n%s\n",
               message.c_str(), target.c_str(), scenario.c_str());
  std::fprintf(stderr, "ASSERTION FAILED: %s\n", what.c_str());
  std::abort();
}

}  // namespace tcprove::fuzz
