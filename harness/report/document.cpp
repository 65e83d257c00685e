#include "harness/report/document.hpp"

#include <algorithm>
#include <cctype>
#include <span>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "harness/report/chapters.hpp"
#include "harness/report/ladder.hpp"
#include "harness/report/ladder_marks.hpp"
#include "harness/report/ladder_text.hpp"
#include "harness/report/replay.hpp"
#include "harness/report/utf8.hpp"

namespace tcprove::report {
namespace {

constexpr std::size_t kLabelColumns = 12;  ///< `  expected  `.

std::string upper(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return out;
}

/// A line of `^` under each `field=…` of `text`, the control bits being its first word.
std::string carets_under(std::string_view text, const std::vector<std::string>& fields) {
  std::string carets;
  bool first = true;
  while (!text.empty()) {
    const std::size_t bracket = text.find('<');
    const std::size_t blank = text.find(' ');
    const std::size_t close = bracket < blank ? text.find('>', bracket) : 0;
    const std::size_t end = std::min(text.find(' ', close), text.size());
    const std::string_view word = text.substr(0, end);
    const std::string_view name = word.substr(0, word.find_first_of("=<>!"));
    const bool differs = std::ranges::any_of(fields, [&](std::string_view field) {
      return name == field || (first && (field == "flags" || field == "ctl"));
    });
    carets.append(columns(word), differs ? '^' : ' ');
    if (end < text.size()) carets += ' ';
    text.remove_prefix(std::min(end + 1, text.size()));
    first = false;
  }
  const std::size_t last = carets.find_last_of('^');
  return carets.substr(0, last == std::string::npos ? 0 : last + 1);
}

/// Writes the lines of one document.
class Document {
 public:
  Document(std::ostream& out, const DocumentOptions& options) : out_(out), options_(options) {}

  void head(const ScenarioResult& result) {
    out_ << painted(upper(to_string(result.verdict)), ink_of(result.verdict), style()) << "  "
         << painted(plain(result.id), Ink::Bold, style()) << '\n';
    if (!result.claim.empty()) indented(result.claim);
    indented(place_of(result));
    out_ << '\n';
  }

  /// `label` and `text` beside it, wrapped under itself.
  void labelled(std::string_view label, std::string_view text, Ink ink = Ink::Plain) {
    const std::size_t room = style().width > kLabelColumns ? style().width - kLabelColumns : 1;
    for (const std::string& line : wrapped(plain(text), room)) {
      const std::string cell =
          padded(label.empty() ? "" : fmt::format("  {}", label), kLabelColumns);
      out_ << painted(cell, Ink::Dim, style()) << painted(line, ink, style()) << '\n';
      label = {};
    }
  }

  void difference(const Difference& d) {
    labelled("step", d.step);
    exact("expected", d.expected, Ink::Green);
    exact("actual", d.actual, Ink::Red);
    const std::string carets = carets_under(plain(d.actual), d.fields);
    if (!carets.empty()) {
      exact("", carets, Ink::Red);
    } else if (!d.fields.empty()) {
      labelled("differs", fmt::format("{}", fmt::join(d.fields, ", ")), Ink::Red);
    }
  }

  /// What the steps violated by their difference, then each rule once with what it found first.
  void violations(const ScenarioResult& result) {
    const std::span<const monitor::Violation> all = result.violations;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto same_rule = [&](const monitor::Violation& v) { return v.rule == all[i].rule; };
      const bool by_step = all[i].rule == monitor::kScenarioItself;
      if (!by_step && std::ranges::any_of(all.first(i), same_rule)) continue;
      if (i == 0 || all[i].requirement != all[i - 1].requirement) requirement(all[i]);
      if (by_step && !result.differences.empty()) continue;
      labelled("", fmt::format("{} [{}]", all[i].message, all[i].rule));
      const std::string place = place_of(all[i], result);
      if (all[i].line != 0 && place != place_of(result)) labelled("", place);
      const auto more = std::ranges::count_if(all.subspan(i + 1), same_rule);
      if (!by_step && more > 0) labelled("", fmt::format("and {} more by this rule", more));
    }
  }

  void requirement(const monitor::Violation& v) {
    labelled(v.level == monitor::Level::May ? "notes" : "violates",
             fmt::format("{} ({}), {}", v.requirement, monitor::to_string(v.level),
                         citation(v, style().utf8)));
  }

  void ladder(const ScenarioResult& result) {
    const std::vector<LadderRow> rows = ladder_rows(result);
    if (rows.empty()) return;
    out_ << '\n';
    write_ladder(out_, around_violations(rows, options_.ladder_rows), style());
    out_ << '\n';
  }

  /// Never wrapped: the eye compares what stands above, the shell takes what is pasted.
  void exact(std::string_view label, std::string_view text, Ink ink = Ink::Plain) {
    const std::string cell = padded(label.empty() ? "" : fmt::format("  {}", label), kLabelColumns);
    out_ << painted(cell, Ink::Dim, style()) << painted(plain(text), ink, style()) << '\n';
  }

 private:
  [[nodiscard]] const TextStyle& style() const { return options_.style; }
  [[nodiscard]] std::string plain(std::string_view text) const {
    return printable(text, style().utf8);
  }

  void indented(std::string_view text) {
    const std::size_t room = style().width > 2 ? style().width - 2 : 1;
    for (const std::string& line : wrapped(plain(text), room)) out_ << "  " << line << '\n';
  }

  static std::string place_of(const monitor::Violation& violation, const ScenarioResult& result) {
    return fmt::format("{}:{}", violation.file.empty() ? result.file : violation.file,
                       violation.line);
  }

  /// Of what went wrong first, as far as a step was under way.
  static std::string place_of(const ScenarioResult& result) {
    if (!result.differences.empty() && result.differences.front().line != 0) {
      return fmt::format("{}:{}", result.differences.front().file, result.differences.front().line);
    }
    for (const monitor::Violation& v : result.violations) {
      if (v.line != 0) return place_of(v, result);
    }
    return result.file;
  }

  std::ostream& out_;
  const DocumentOptions& options_;
};

}  // namespace

std::string citation(const monitor::Violation& violation, bool utf8) {
  return fmt::format("RFC {} {}{}", rfc_of(violation.requirement), glyphs(utf8).section,
                     violation.section);
}

void write_document(std::ostream& out, const RunResult& run, const ScenarioResult& result,
                    const DocumentOptions& options) {
  Document document(out, options);
  document.head(result);
  // Differences and violations tell the reason in full.
  const bool told = !result.differences.empty() || !result.violations.empty();
  if (!result.reason.empty() && (!told || result.verdict == Verdict::Error)) {
    document.labelled("reason", result.reason);
  }
  for (const Difference& difference : result.differences) document.difference(difference);
  document.violations(result);
  for (const std::string& excuse : result.excuses) document.labelled("known", excuse);
  if (result.violations.empty() && !result.requirements.empty()) {
    document.labelled("covers", fmt::format("{}", fmt::join(result.requirements, ", ")));
  }
  if (result.verdict == Verdict::Xpass) {
    document.labelled("held", "known deviations say that it fails: take it off their list");
  }
  document.ladder(result);
  document.exact("replay", replay_command(run, result, options.style.utf8));
}

}  // namespace tcprove::report
