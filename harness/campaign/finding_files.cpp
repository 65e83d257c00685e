#include "harness/campaign/finding_files.hpp"

#include <system_error>

#include <fmt/format.h>

#include "harness/base/output_file.hpp"
#include "harness/campaign/replay.hpp"
#include "harness/plan/plan_octets.hpp"
#include "harness/report/capture.hpp"
#include "harness/report/document.hpp"
#include "harness/scenario/plan_printer.hpp"

namespace tcprove::campaign {
namespace {

namespace fs = std::filesystem;

/// A finding's first sentence, which becomes the claim that its scenario breaks.
std::string claim_of(const FindingKind& kind) {
  if (kind.is_violation()) {
    return fmt::format("{} holds, by {}, from {} on.", kind.requirement, kind.rule, kind.state);
  }
  std::string claim = fmt::format("The stack lives on: {}", kind.rule);
  for (const char c : kind.state.empty() ? "" : " (" + kind.state + ")") {
    claim += c == '\n' || c == '\r' ? ' ' : c;
  }
  return claim + ".";
}

std::string yaml_of(const FindingKind& kind, const OctetVector& octets) {
  return scenario::to_yaml(plan::plan_of(octets), claim_of(kind));
}

/// As `tcprove run` would tell it.
report::ScenarioResult result_of(const Shown& shown, const plan::Plan& plan, const fs::path& file,
                                 Replay& replay) {
  report::ScenarioResult result{.id = file.stem().string(),
                                .file = file.string(),
                                .claim = claim_of(shown.kind),
                                .verdict = report::Verdict::Error,
                                .reason = shown.violation.message,
                                .peer_iss = plan.peer_iss};
  if (shown.kind.is_violation()) {
    const bool must = shown.violation.level == monitor::Level::Must;
    result.verdict = must ? report::Verdict::Fail : report::Verdict::Warn;
    result.violations.push_back(shown.violation);
  }
  for (const plan::Step& step : plan.steps) result.steps.push_back(step.text);
  for (const plan::Connection& connection : plan.connections) {
    result.connections.push_back(connection.name);
  }
  result.trace = std::move(replay.trace);
  return result;
}

}  // namespace

fs::path FindingFiles::file(const FindingKind& kind, const char* ending) const {
  return folder_ / (stem_of(kind) + ending);
}

fs::path FindingFiles::scenario_of(const FindingKind& kind) const { return file(kind, ".yaml"); }

bool FindingFiles::is_finished(const FindingKind& kind) const {
  std::error_code error;
  return fs::exists(file(kind, ".pcapng"), error) && fs::exists(scenario_of(kind), error);
}

std::string FindingFiles::write_plan(const Shown& shown, const OctetVector& octets) const {
  std::string failure = base::write_file(file(shown.kind, ".plan"), [&](std::ostream& out) {
    out.write(reinterpret_cast<const char*>(octets.data()),
              static_cast<std::streamsize>(octets.size()));
  });
  if (!failure.empty()) return failure;
  return base::write_file(scenario_of(shown.kind),
                          [&](std::ostream& out) { out << yaml_of(shown.kind, octets); });
}

std::string FindingFiles::write_found(const Shown& shown, const OctetVector& octets) const {
  return write_plan(shown, octets);
}

std::string FindingFiles::write_short(Shown& shown, const OctetVector& octets,
                                      bool& replays) const {
  std::string failure = write_plan(shown, octets);
  if (!failure.empty()) return failure;
  Replay again = replay(target_, yaml_of(shown.kind, octets), std::chrono::seconds(10));
  const Shown* const same = again.find(shown.kind);
  replays = same != nullptr;
  if (same != nullptr) shown = *same;
  const plan::Plan plan = plan::plan_of(octets);
  const report::ScenarioResult result = result_of(shown, plan, scenario_of(shown.kind), again);
  const report::RunResult run{.target = target_};
  failure = base::write_file(file(shown.kind, ".txt"), [&](std::ostream& out) {
    report::write_document(out, run, result, {.ladder_rows = 0});
  });
  if (!failure.empty()) return failure;
  return base::write_file(file(shown.kind, ".pcapng"),
                          [&](std::ostream& out) { report::write_capture(out, result); });
}

}  // namespace tcprove::campaign
