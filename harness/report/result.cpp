#include "harness/report/result.hpp"

#include <array>

namespace tcprove::report {

std::string_view to_string(Verdict verdict) {
  static constexpr std::array<std::string_view, kVerdictCount> kNames{
      "pass", "fail", "warn", "inconclusive", "unsupported", "xfail", "xpass", "error"};
  return kNames.at(static_cast<std::size_t>(verdict));
}

bool is_red(Verdict verdict) {
  return verdict == Verdict::Fail || verdict == Verdict::Error || verdict == Verdict::Xpass;
}

std::string_view scenario_of(const ScenarioResult& result) {
  std::string_view id = result.id;
  if (id.ends_with(result.instance)) id.remove_suffix(result.instance.size());
  return id;
}

}  // namespace tcprove::report
