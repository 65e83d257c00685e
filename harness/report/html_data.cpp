#include "harness/report/html_data.hpp"

#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "harness/report/document.hpp"
#include "harness/report/html_escape.hpp"
#include "harness/report/ladder.hpp"
#include "harness/report/ladder_marks.hpp"
#include "harness/report/ladder_text.hpp"
#include "harness/report/replay.hpp"
#include "harness/report/signs.hpp"

namespace tcprove::report {
namespace {

/// Texts by number, in the order in which they were met.
class Numbered {
 public:
  std::size_t of(std::string_view text) {
    const auto [place, is_new] = numbers_.try_emplace(std::string(text), texts_.size());
    if (is_new) texts_.push_back(&place->first);
    return place->second;
  }

  [[nodiscard]] const std::vector<const std::string*>& texts() const { return texts_; }

 private:
  std::unordered_map<std::string, std::size_t> numbers_;
  std::vector<const std::string*> texts_;  ///< Keys, which never move.
};

/// `[1,2]` piece by piece.
class List {
 public:
  List& add(std::string_view json) {
    if (text_.size() > 1) text_ += ',';
    text_ += json;
    return *this;
  }
  List& add(std::size_t number) { return add(std::to_string(number)); }
  List& add_text(std::string_view text) { return add(script_string(text)); }
  [[nodiscard]] std::string text() const { return text_ + "]"; }

 private:
  std::string text_ = "[";
};

/// All instances of one scenario, by run; null where a run was interrupted before.
struct Plays {
  const ScenarioResult* any = nullptr;
  std::vector<std::vector<const ScenarioResult*>> by_instance;  ///< Then by run.
};

/// Runs play the same selection, so that ids in their order are the same in each; an interrupted
/// one has fewer.
std::vector<Plays> gathered(std::span<const RunResult> runs) {
  std::vector<Plays> all;
  std::map<std::string_view, std::size_t> scenarios;
  std::map<std::string_view, std::size_t> instances;
  for (std::size_t r = 0; r < runs.size(); ++r) {
    for (const ScenarioResult& result : runs[r].scenarios) {
      const auto [scenario, new_one] = scenarios.try_emplace(scenario_of(result), all.size());
      if (new_one) all.push_back({.any = &result});
      Plays& plays = all[scenario->second];
      const auto [place, new_id] = instances.try_emplace(result.id, plays.by_instance.size());
      if (new_id) plays.by_instance.emplace_back(runs.size());
      plays.by_instance[place->second][r] = &result;
    }
  }
  return all;
}

class Data {
 public:
  Data(std::span<const RunResult> runs, std::span<const CatalogueRow> catalogue)
      : runs_(runs), catalogue_(catalogue) {
    strings_.of("");
    for (const RunResult& run : runs) {
      const std::string whole = replay_command(run, {}, true);
      replay_ends_.push_back(whole.substr(whole.find(" --target ")));
    }
  }

  std::string targets(std::span<const std::string> captures) const {
    List list;
    for (std::size_t r = 0; r < runs_.size(); ++r) {
      List target;
      target.add_text(runs_[r].target).add_text(runs_[r].target_version).add_text(replay_ends_[r]);
      target.add_text(r < captures.size() ? captures[r] : "");
      list.add(target.text());
    }
    return list.text();
  }

  std::string requirements() const {
    List list;
    for (std::size_t i = 0; i < catalogue_.size(); ++i) {
      const CatalogueRow& row = catalogue_[i];
      List rules;
      for (const std::string& rule : row.rules) rules.add_text(rule);
      List reasons;
      for (const RunResult& run : runs_) reasons.add_text(run.requirements[i].reason);
      List fields;
      fields.add_text(row.condition).add_text(row.stimulus).add_text(row.expected);
      fields.add_text(row.notes).add_text(row.untestable);
      fields.add(rules.text()).add(reasons.text());
      list.add(List().add_text(row.id).add(fields.text()).text());
    }
    return list.text();
  }

  std::string scenarios() {
    List list;
    for (const Plays& plays : gathered(runs_)) {
      List covers;
      for (const std::string& id : plays.any->requirements) covers.add_text(id);
      List suffixes;
      for (const auto& instance : plays.by_instance) suffixes.add_text(any_of(instance).instance);
      List by_run;
      for (std::size_t r = 0; r < runs_.size(); ++r) {
        List played;
        for (const auto& instance : plays.by_instance) played.add(play(r, instance[r]));
        by_run.add(played.text());
      }
      List scenario;
      scenario.add_text(scenario_of(*plays.any)).add_text(plays.any->file);
      scenario.add_text(plays.any->claim).add(covers.text());
      scenario.add(suffixes.text()).add(by_run.text());
      list.add(fmt::format("\n{}", scenario.text()));
    }
    return list.text();
  }

  [[nodiscard]] std::string strings() const {
    List list;
    for (const std::string* text : strings_.texts()) list.add_text(*text);
    return list.text();
  }

  static std::string listed(const Numbered& numbered) {
    List list;
    for (const std::string* text : numbered.texts()) list.add(*text);
    return list.text();
  }
  [[nodiscard]] std::string rows() const { return listed(rows_); }
  [[nodiscard]] std::string ladders() const { return listed(ladders_); }

 private:
  static const ScenarioResult& any_of(const std::vector<const ScenarioResult*>& by_run) {
    for (const ScenarioResult* result : by_run) {
      if (result != nullptr) return *result;
    }
    return *by_run.front();
  }

  std::size_t row(const LadderRow& row) {
    List list;
    list.add(static_cast<std::size_t>(row.kind));
    const int decimals = decimals_of({&row, 1});
    const std::size_t clock =
        strings_.of(row.kind == LadderRow::Kind::Gap ? "" : clock_text(row.at, decimals));
    list.add(clock).add((row.lost ? 1U : 0U) + (row.violated ? 2U : 0U));
    list.add(strings_.of(row.text)).add(strings_.of(row.answer)).add(strings_.of(row.oddity));
    list.add(strings_.of(row.state)).add(strings_.of(row.connection));
    for (const std::string& note : row.notes) list.add(strings_.of(note));
    return rows_.of(list.text());
  }

  /// Its number, or -1 where there is nothing to draw.
  std::string ladder(const ScenarioResult& result) {
    std::vector<LadderRow> all = ladder_rows(result);
    if (all.empty()) return "-1";
    if (all.size() > kHtmlLadderRowsMax) all = around_violations(all, kHtmlLadderRowsMax / 2);
    List list;
    for (const LadderRow& one : all) list.add(row(one));
    return std::to_string(ladders_.of(list.text()));
  }

  std::string play(std::size_t run, const ScenarioResult* result) {
    if (result == nullptr) return "null";
    List list;
    list.add(static_cast<std::size_t>(result->verdict)).add(ladder(*result));
    const std::string more = details(run, *result);
    if (more != "{}") list.add(more);
    return list.text();
  }

  /// What is there beyond the verdict, by letters that html/data.js knows.
  std::string details(std::size_t run, const ScenarioResult& result) {
    std::string text = "{";
    const auto add = [&text](char key, std::string_view json) {
      text += fmt::format("{}\"{}\":{}", text.size() > 1 ? "," : "", key, json);
    };
    if (!result.reason.empty() && result.verdict != Verdict::Xfail) {
      add('r', std::to_string(strings_.of(result.reason)));
    }
    for (const Difference& d : result.differences) {
      List list;
      list.add(strings_.of(d.step)).add(strings_.of(d.expected)).add(strings_.of(d.actual));
      list.add(strings_.of(fmt::format("{}:{}", d.file, d.line)));
      add('d', list.text());
      break;
    }
    if (!result.violations.empty()) add('v', violations(result));
    if (fails_unnamed(result)) add('u', "1");
    if (!result.excuses.empty()) {
      List list;
      for (const std::string& excuse : result.excuses) list.add(strings_.of(excuse));
      add('x', list.text());
    }
    const std::string replay = replay_command(runs_[run], result, true);
    const std::string usual =
        fmt::format("tcprove run '{}{}'{}", result.file, result.instance, replay_ends_[run]);
    if (replay != usual) add('c', std::to_string(strings_.of(replay)));
    return text + "}";
  }

  std::string violations(const ScenarioResult& result) {
    List list;
    for (const monitor::Violation& v : result.violations) {
      List one;
      one.add(strings_.of(v.requirement)).add(strings_.of(monitor::to_string(v.level)));
      one.add(strings_.of(citation(v, true))).add(strings_.of(v.rule)).add(strings_.of(v.message));
      if (v.line != 0) one.add(strings_.of(fmt::format("{}:{}", v.file, v.line)));
      list.add(one.text());
    }
    return list.text();
  }

  std::span<const RunResult> runs_;
  std::span<const CatalogueRow> catalogue_;
  std::vector<std::string> replay_ends_;  ///< By run: all of a command behind the instance.
  Numbered strings_;
  Numbered rows_;
  Numbered ladders_;
};

std::string verdicts() {
  List list;
  for (std::size_t i = 0; i < kVerdictCount; ++i) {
    const std::string_view name = to_string(static_cast<Verdict>(i));
    list.add(List().add_text(name).add_text(sign_of_shown(name)).text());
  }
  return list.text();
}

}  // namespace

void write_html_data(std::ostream& out, std::span<const RunResult> runs,
                     std::span<const CatalogueRow> catalogue,
                     std::span<const std::string> captures) {
  Data data(runs, catalogue);
  const std::string scenarios = data.scenarios();  // Numbers all texts, rows and ladders.
  out << "{\"verdicts\":" << verdicts() << ",\n\"targets\":" << data.targets(captures)
      << ",\n\"requirements\":" << data.requirements() << ",\n\"strings\":" << data.strings()
      << ",\n\"rows\":" << data.rows() << ",\n\"ladders\":" << data.ladders()
      << ",\n\"scenarios\":" << scenarios << "}\n";
}

}  // namespace tcprove::report
