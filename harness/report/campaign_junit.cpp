#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "harness/report/campaign.hpp"
#include "harness/report/xml_text.hpp"

namespace tcprove::report {
namespace {

std::string attribute(std::string_view name, std::string_view value) {
  return fmt::format(" {}=\"{}\"", name, xml_escaped(value, true));
}

void write_case(std::ostream& out, const CampaignResult& result, const CampaignFinding& finding) {
  out << "    <testcase" << attribute("classname", "fuzz." + result.target)
      << attribute("name", finding.name);
  if (!finding.file.empty()) out << attribute("file", finding.file);
  out << ">\n";
  if (!finding.known_reason.empty()) {
    out << "      <skipped" << attribute("message", finding.known_reason) << "/>\n";
  } else {
    const std::string text = fmt::format("{}: {}\ntcprove run {} --target {}\n", words_of(finding),
                                         finding.message, finding.file, result.target);
    out << "      <failure" << attribute("message", finding.message)
        << attribute("type", finding.requirement.empty() ? finding.rule : finding.requirement)
        << ">" << xml_escaped(text, false) << "</failure>\n";
  }
  out << "    </testcase>\n";
}

}  // namespace

void write_campaign_junit(std::ostream& out, const CampaignResult& result) {
  const auto known = std::ranges::count_if(result.findings, [](const CampaignFinding& finding) {
    return !finding.known_reason.empty();
  });
  const auto count = static_cast<std::ptrdiff_t>(result.findings.size());
  const std::string counts = fmt::format(R"( tests="{}" failures="{}" errors="0" skipped="{}")",
                                         std::max<std::ptrdiff_t>(count, 1), count - known, known);
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"tcprove\"" << counts
      << ">\n  <testsuite" << attribute("name", "fuzz " + result.target) << counts << ">\n";
  for (const CampaignFinding& finding : result.findings) write_case(out, result, finding);
  if (result.findings.empty()) {
    out << "    <testcase" << attribute("classname", "fuzz." + result.target)
        << " name=\"finds nothing\"/>\n";
  }
  out << "  </testsuite>\n</testsuites>\n";
}

}  // namespace tcprove::report
