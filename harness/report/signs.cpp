#include "harness/report/signs.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "harness/report/requirements.hpp"
#include "harness/report/result.hpp"

namespace tcprove::report {

std::string_view sign_of_shown(std::string_view shown) {
  using Sign = std::pair<std::string_view, std::string_view>;
  static const std::array<Sign, 10> kSigns{{{to_string(Verdict::Pass), "✓"},
                                            {to_string(Verdict::Fail), "✗"},
                                            {to_string(Verdict::Warn), "!"},
                                            {to_string(Verdict::Inconclusive), "?"},
                                            {to_string(Verdict::Unsupported), "–"},
                                            {to_string(Verdict::Xfail), "≈"},
                                            {to_string(Verdict::Xpass), "↑"},
                                            {to_string(Verdict::Error), "‼"},
                                            {kRequirementUntested, "·"},
                                            {kRequirementNotApplicable, "–"}}};
  const auto* const sign = std::ranges::find(kSigns, shown, &Sign::first);
  return sign == kSigns.end() ? " " : sign->second;
}

}  // namespace tcprove::report
