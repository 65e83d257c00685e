#include "harness/cli/unproven.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>

#include "harness/cli/specs_folder.hpp"

namespace tcprove::cli {

std::filesystem::path unproven_path() { return specs_folder() / "expected" / "unproven.yaml"; }

base::Result<scenario::UnprovenList> read_unproven(const scenario::Catalogue& catalogue) {
  std::error_code error;
  const bool absent = !std::filesystem::exists(unproven_path(), error) && !error;
  if (absent) return scenario::UnprovenList();
  return scenario::load_unproven(unproven_path(), catalogue);
}

bool needs_proof(const scenario::Requirement& requirement) {
  constexpr std::array<std::string_view, 4> kNumbered{"MUST-", "SHLD-", "MAY-", "REC-"};
  return requirement.untestable.empty() &&
         std::ranges::any_of(kNumbered, [&](std::string_view beginning) {
           return requirement.id.starts_with(beginning);
         });
}

}  // namespace tcprove::cli
