#include "harness/campaign/known_findings.hpp"

#include <string>
#include <system_error>

namespace tcprove::campaign {
namespace {

namespace fs = std::filesystem;
using scenario::Deviation;

template <class Speaks>
const Deviation* find(const std::vector<scenario::ExpectedDeviations>& lists,
                      const Speaks& speaks) {
  for (const scenario::ExpectedDeviations& list : lists) {
    for (const Deviation& deviation : list.deviations) {
      if (speaks(deviation)) return &deviation;
    }
  }
  return nullptr;
}

}  // namespace

const Deviation* KnownFindings::find_rule(std::string_view rule) const {
  return find(lists_, [rule](const Deviation& deviation) {
    return deviation.scenario.empty() && !deviation.rule.empty() && deviation.rule == rule;
  });
}

const Deviation* KnownFindings::find_death(std::string_view reason) const {
  return find(lists_, [reason](const Deviation& deviation) {
    return !deviation.death.empty() && reason.find(deviation.death) != std::string_view::npos;
  });
}

std::vector<fs::path> lists_of(const fs::path& specs, std::string_view target) {
  const std::string name = std::string(target) + ".yaml";
  std::vector<fs::path> lists;
  for (const fs::path& path : {specs / "expected" / name, specs / "expected/generated" / name}) {
    std::error_code error;
    if (fs::exists(path, error)) lists.push_back(path);
  }
  return lists;
}

base::Result<KnownFindings> load_known_findings(const fs::path& specs, std::string_view target) {
  std::vector<scenario::ExpectedDeviations> lists;
  for (const fs::path& path : lists_of(specs, target)) {
    auto list = scenario::load_expected(path, nullptr);
    if (!list) return list.error();
    lists.push_back(std::move(list.value()));
  }
  return KnownFindings(std::move(lists));
}

}  // namespace tcprove::campaign
