#include "harness/cli/own_steps.hpp"

#include <filesystem>

namespace tcprove::cli {

bool is_own_step(const plan::Plan& plan, trace::StepIndex index) {
  if (index >= plan.steps.size() || index < plan.way_steps) return false;
  const std::filesystem::path file = plan.files[plan.steps[index].file];
  return file.parent_path().filename() != "fragments";
}

}  // namespace tcprove::cli
