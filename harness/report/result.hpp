#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/base/virtual_time.hpp"
#include "harness/monitor/violation.hpp"
#include "harness/profile/facts.hpp"
#include "harness/tcp/cell_set.hpp"
#include "harness/trace/trace.hpp"

namespace tcprove::report {

/// What became of one instance of a scenario, in the order of the summary line.
enum class Verdict : std::uint8_t {
  Pass,
  Fail,          ///< A MUST was violated.
  Warn,          ///< A SHOULD was violated; fails with --strict.
  Inconclusive,  ///< Nothing can be said (a real clock, a lossy trace).
  Unsupported,   ///< The adapter does not offer what the scenario needs.
  Xfail,         ///< Violated, as specs/expected/<stack>.yaml says.
  Xpass,         ///< Held, although specs/expected/<stack>.yaml says otherwise.
  Error,         ///< The stack crashed or hung, or the adapter could not do its part.
};

inline constexpr std::size_t kVerdictCount = 8;

/// `pass`, `fail`, `warn`, `inconclusive`, `unsupported`, `xfail`, `xpass`, `error`.
std::string_view to_string(Verdict verdict);

/// Whether the verdict turns a run red.
bool is_red(Verdict verdict);

/// Where a step did not hold: the difference between what was expected and what came.
struct Difference {
  std::string file;      ///< Of the step: the scenario's, or a fragment's.
  int line = 0;          ///< 1-based.
  std::string step;      ///< As written: `expect: FIN,ACK seq=1`.
  std::string expected;  ///< `FIN,ACK seq=1 ack=1`, or another sentence of what should have been.
  std::string actual;    ///< `FIN,ACK seq=2 ack=1`, `nothing came within 500ms`.
  std::vector<std::string>
      fields;  ///< Names of those that differ: `seq`; empty where not one segment is compared.
};

/// One instance of one scenario on one stack.
struct ScenarioResult {
  std::string id;        ///< `textbook/close/…[ip=4]`.
  std::string instance;  ///< Its end that tells it from its siblings: `[ip=4]`; maybe empty.
  std::string file;      ///< As given on the command line or found below it.
  std::string claim;     ///< The scenario's first sentence.
  Verdict verdict = Verdict::Pass;
  std::string reason;                     ///< Why not pass: one line; empty for pass.
  bool steps_held = false;                ///< All of them, whatever the monitor found.
  std::vector<std::string> requirements;  ///< That it covers.
  std::vector<monitor::Violation> violations;
  std::vector<Difference> differences;  ///< None or one.
  std::vector<std::string>
      choices;  ///< Where a step allows several answers: `ACK`, `state: LISTEN`.
  std::vector<std::string> excuses;  ///< Known deviations that explain them, a sentence each.
  base::Duration virtual_time{};
  std::chrono::microseconds wall_time{};
  bool absolute_numbers = false;  ///< `--raw`, or the scenario counts so; its ladder does.
  std::optional<std::uint32_t>
      peer_iss;                    ///< As planned: what a peer that sends no SYN counts from.
  trace::Trace trace;              ///< Empty for pass unless captures were asked for.
  std::vector<std::string> steps;  ///< As written, by trace::StepIndex; empty where the trace is.
  std::vector<std::string>
      connections;  ///< Names by trace::ConnectionIndex; one without a name is a, b, ….
};

/// The id without the instance.
std::string_view scenario_of(const ScenarioResult& result);

/// A known deviation by rule that nothing showed although all that it speaks of was played.
struct StaleDeviation {
  std::string file;  ///< The list that holds it.
  int line = 0;
  std::string rule;
  std::string scenario;     ///< That it is narrowed down to; empty where it is not.
  std::string requirement;  ///< That it says is missed.
};

/// A requirement's verdict over all scenarios of a run.
struct RequirementResult {
  std::string id;
  std::string level;    ///< `MUST`, `MUST NOT`, `SHOULD`, …, as the catalogue has it.
  std::string verdict;  ///< pass, fail, warn, untested or not-applicable.
  std::string reason;   ///< For not-applicable and untested.
  std::vector<std::string> rules = {};  ///< Of the monitor's, that judge it.
  bool excused = false;  ///< fail or warn, and whoever shows it is a known deviation.
};

/// What a stack chose where the RFCs leave it a choice.
struct Profile {
  profile::Facts facts;
  /// By scenario, what its instances saw at steps that allow several answers, and how often.
  std::map<std::string, std::map<std::string, std::size_t>> choices;
};

struct MatrixResult;

/// All that a report can tell.
struct RunResult {
  std::string version;         ///< tcprove's.
  std::string target;          ///< As in --target.
  std::string target_version;  ///< The stack's own.
  std::uint64_t seed = 1;
  std::string expected;  ///< As in --expected; empty where it was not given.
  std::string capture;   ///< The file that was judged; empty where scenarios were played.
  std::string stack;     ///< As in --stack; empty where it was not given.
  std::vector<ScenarioResult> scenarios;  ///< In the order of their ids, whoever finished first.
  std::vector<RequirementResult> requirements;  ///< In the catalogue's order.
  tcp::CellSet cells;  ///< Of the state × event table, that some scenario exercised.
  std::vector<StaleDeviation> stale;  ///< In the order of their list.
  std::size_t not_played = 0;         ///< Instances left when the run was interrupted.
  std::string row;  ///< Options of the matrix row that was played alone; else empty.
  Profile profile;  ///< Empty where a capture was judged.
  std::shared_ptr<const MatrixResult> matrix;  ///< Null without --matrix.
  std::chrono::microseconds wall_time{};
};

}  // namespace tcprove::report
