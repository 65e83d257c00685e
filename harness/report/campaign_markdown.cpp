#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "harness/report/campaign.hpp"

namespace tcprove::report {
namespace {

/// Fit for a cell of a table: GFM section 4.10 ends one at a bar; nothing else may be read as
/// markup.
std::string cell(std::string_view text) {
  constexpr std::string_view kMarkup = "\\`*_{}[]<>#|";
  std::string out;
  for (const char c : text) {
    if (kMarkup.find(c) != std::string_view::npos) out += '\\';
    out += c == '\n' || c == '\r' ? ' ' : c;
  }
  return out;
}

void write_table(std::ostream& out, const CampaignResult& result, bool known) {
  const auto wanted = [known](const CampaignFinding& finding) {
    return finding.known_reason.empty() != known;
  };
  const auto count = std::ranges::count_if(result.findings, wanted);
  out << fmt::format("\n{} {} finding{}\n", count, known ? "known" : "new", count == 1 ? "" : "s");
  if (count == 0) return;
  out << fmt::format("\n| requirement | rule | state | {} |\n|---|---|---|---|\n",
                     known ? "why it is known" : "what happened, and the scenario that shows it");
  for (const CampaignFinding& finding : result.findings) {
    if (!wanted(finding)) continue;
    const std::string words =
        known ? finding.known_reason
              : fmt::format("{}{}{}{}", finding.message, finding.file.empty() ? "" : ": ",
                            finding.file, doubt_of(finding));
    out << fmt::format("| {} | {} | {} | {} |\n", cell(finding.requirement), cell(finding.rule),
                       cell(finding.state), cell(words));
  }
}

}  // namespace

void write_campaign_markdown(std::ostream& out, const CampaignResult& result) {
  out << fmt::format("# tcprove fuzz: {}\n", cell(result.target));
  write_table(out, result, false);
  write_table(out, result, true);
}

}  // namespace tcprove::report
