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

std::vector<fs::path> with_generated(const fs::path& list) {
  std::vector<fs::path> lists{list};
  fs::path generated = list.parent_path() / "generated" / list.filename();
  std::error_code error;
  if (fs::exists(generated, error)) lists.push_back(std::move(generated));
  return lists;
}

std::vector<fs::path> lists_of(const fs::path& specs, std::string_view target) {
  std::vector<fs::path> lists =
      with_generated(specs / "expected" / (std::string(target) + ".yaml"));
  std::error_code error;
  if (!fs::exists(lists.front(), error)) lists.erase(lists.begin());
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
