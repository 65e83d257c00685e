#include "harness/report/junit.hpp"

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "harness/report/deviation_text.hpp"
#include "harness/report/document.hpp"
#include "harness/report/tally.hpp"
#include "harness/report/xml_text.hpp"

namespace tcprove::report {
namespace {

std::string attribute(std::string_view name, std::string_view value) {
  return fmt::format(" {}=\"{}\"", name, xml_escaped(value, true));
}

std::string seconds(std::chrono::microseconds d) {
  return fmt::format("{:.6f}", std::chrono::duration<double>(d).count());
}

/// What JUnit calls a verdict: an element inside the case, or none where it passed.
enum class Outcome : std::uint8_t { Passed, Failure, Error, Skipped };

Outcome outcome_of(Verdict verdict, const JunitOptions& options) {
  switch (verdict) {
    case Verdict::Pass:
      return Outcome::Passed;
    case Verdict::Warn:
      return options.strict ? Outcome::Failure : Outcome::Passed;
    case Verdict::Fail:
    case Verdict::Xpass:
      return Outcome::Failure;
    case Verdict::Error:
      return Outcome::Error;
    case Verdict::Inconclusive:
    case Verdict::Unsupported:
    case Verdict::Xfail:
      break;
  }
  return Outcome::Skipped;
}

struct Counts {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::size_t skipped = 0;
  std::chrono::microseconds time{};

  void add(const ScenarioResult& result, const JunitOptions& options) {
    const Outcome outcome = outcome_of(result.verdict, options);
    ++tests;
    failures += outcome == Outcome::Failure ? 1U : 0U;
    errors += outcome == Outcome::Error ? 1U : 0U;
    skipped += outcome == Outcome::Skipped ? 1U : 0U;
    time += result.wall_time;
  }

  [[nodiscard]] std::string attributes() const {
    return fmt::format(R"( tests="{}" failures="{}" errors="{}" skipped="{}")", tests, failures,
                       errors, skipped);
  }
};

std::string document_of(const RunResult& run, const ScenarioResult& result) {
  std::ostringstream text;
  write_document(text, run, result, {});
  return text.str();
}

/// Systems group by the class name's dots; the folder is the class.
std::string class_name(std::string_view group) {
  std::string name = group == "." ? "tcprove" : std::string(group);
  std::ranges::replace(name, '/', '.');
  return name;
}

std::string_view name_in_group(std::string_view id, std::string_view group) {
  return group == "." ? id : id.substr(group.size() + 1);
}

/// One line that tells a failure from another without opening it.
std::string message_of(const ScenarioResult& result) {
  if (!result.reason.empty()) return std::string(to_string(result.verdict)) + ": " + result.reason;
  if (!result.violations.empty()) {
    const monitor::Violation& violation = result.violations.front();
    return fmt::format("{}: {}", violation.requirement, violation.message);
  }
  return std::string(to_string(result.verdict));
}

void write_outcome(std::ostream& out, const RunResult& run, const ScenarioResult& result,
                   Outcome outcome) {
  const std::string message = attribute("message", message_of(result));
  const std::string type =
      attribute("type", result.violations.empty() ? std::string(to_string(result.verdict))
                                                  : result.violations.front().requirement);
  switch (outcome) {
    case Outcome::Passed:
      break;
    case Outcome::Skipped:
      out << "      <skipped" << message << "/>\n";
      break;
    case Outcome::Failure:
      out << "      <failure" << message << type << ">"
          << xml_escaped(document_of(run, result), false) << "</failure>\n";
      break;
    case Outcome::Error:
      out << "      <error" << message << type << ">"
          << xml_escaped(document_of(run, result), false) << "</error>\n";
      break;
  }
}

/// Where a suite stands: which of several targets' it is; empty where there is one alone.
struct Owner {
  std::string target;

  [[nodiscard]] std::string suite(std::string_view name) const {
    return target.empty() ? std::string(name) : fmt::format("{}: {}", target, name);
  }
  [[nodiscard]] std::string class_of_case(std::string name) const {
    return target.empty() ? name : fmt::format("{}.{}", target, name);
  }
};

void write_case(std::ostream& out, const RunResult& run, const ScenarioResult& result,
                const Group& group, const Owner& owner, const JunitOptions& options) {
  out << "    <testcase" << attribute("classname", owner.class_of_case(class_name(group.name)))
      << attribute("name", name_in_group(result.id, group.name)) << attribute("file", result.file)
      << attribute("time", seconds(result.wall_time));
  if (result.verdict == Verdict::Pass) {
    out << "/>\n";
    return;
  }
  out << ">\n";
  const Outcome outcome = outcome_of(result.verdict, options);
  write_outcome(out, run, result, outcome);
  const bool has_output = outcome == Outcome::Passed || result.verdict == Verdict::Xfail ||
                          result.verdict == Verdict::Inconclusive;
  if (has_output) {
    out << "      <system-out>" << xml_escaped(document_of(run, result), false)
        << "</system-out>\n";
  }
  out << "    </testcase>\n";
}

void write_properties(std::ostream& out, const RunResult& run) {
  const auto property = [&out](std::string_view name, std::string_view value) {
    out << "      <property" << attribute("name", name) << attribute("value", value) << "/>\n";
  };
  out << "    <properties>\n";
  property("target", run.target);
  property("target_version", run.target_version);
  property("seed", std::to_string(run.seed));
  property("version", run.version);
  out << "    </properties>\n";
}

/// A suite of its own: each is a test that failed.
void write_stale(std::ostream& out, const RunResult& run, const Owner& owner) {
  if (run.stale.empty()) return;
  const std::size_t n = run.stale.size();
  const Counts counts{.tests = n, .failures = n};
  out << "  <testsuite" << attribute("name", owner.suite("known-deviations")) << counts.attributes()
      << attribute("time", seconds({})) << ">\n";
  for (const StaleDeviation& stale : run.stale) {
    const std::string in = stale.scenario.empty() ? "" : " in " + stale.scenario;
    out << "    <testcase"
        << attribute("classname", owner.class_of_case("tcprove.known-deviations"))
        << attribute("name", stale.rule + in) << attribute("file", stale.file)
        << attribute("time", seconds({})) << ">\n      <failure"
        << attribute("message", sentence_of(stale)) << attribute("type", stale.requirement)
        << "/>\n    </testcase>\n";
  }
  out << "  </testsuite>\n";
}

/// A suite per folder.
void write_suites(std::ostream& out, const RunResult& run, const Owner& owner,
                  const JunitOptions& options) {
  for (const Group& group : groups_of(run.scenarios)) {
    Counts counts;
    for (const ScenarioResult* result : group.scenarios) counts.add(*result, options);
    out << "  <testsuite" << attribute("name", owner.suite(group.name)) << counts.attributes()
        << attribute("time", seconds(counts.time)) << ">\n";
    write_properties(out, run);
    for (const ScenarioResult* result : group.scenarios) {
      write_case(out, run, *result, group, owner, options);
    }
    out << "  </testsuite>\n";
  }
  write_stale(out, run, owner);
}

}  // namespace

void write_junit(std::ostream& out, std::span<const RunResult> runs, const JunitOptions& options) {
  Counts all;
  std::chrono::microseconds wall_time{};
  for (const RunResult& run : runs) {
    for (const ScenarioResult& result : run.scenarios) all.add(result, options);
    all.tests += run.stale.size();
    all.failures += run.stale.size();
    wall_time += run.wall_time;
  }
  out << R"(<?xml version="1.0" encoding="UTF-8"?>)"
      << "\n<testsuites name=\"tcprove\"" << all.attributes()
      << attribute("time", seconds(wall_time)) << ">\n";
  for (const RunResult& run : runs) {
    write_suites(out, run, {.target = runs.size() > 1 ? run.target : ""}, options);
  }
  out << "</testsuites>\n";
}

}  // namespace tcprove::report
