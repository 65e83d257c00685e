#include "harness/report/capture.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "harness/report/ladder.hpp"
#include "harness/wire/pcapng.hpp"

namespace tcprove::report {
namespace {

using Kind = LadderRow::Kind;

bool is_packet(const LadderRow& row) {
  return row.kind == Kind::ToStack || row.kind == Kind::FromStack;
}

/// What a row says beyond the packet itself.
void append_remarks(const LadderRow& row, std::vector<std::string>& comment) {
  if (row.kind == Kind::Call) {
    comment.push_back(fmt::format("call: {}, {}", row.text, row.answer));
  }
  if (row.lost) comment.emplace_back("lost on its way");
  if (!row.oddity.empty()) comment.push_back(row.oddity);
  if (!row.state.empty()) comment.push_back(fmt::format("state: {}", row.state));
  for (const std::string& note : row.notes) {
    comment.push_back(row.violated ? fmt::format("violated: {}", note) : note);
  }
}

/// The step's text, once: at the first packet that belongs to it.
class Steps {
 public:
  explicit Steps(const ScenarioResult& result) : result_(result) {}

  void append_new(const LadderRow& row, std::vector<std::string>& comment) {
    const trace::StepIndex step = result_.trace.events()[row.event].step;
    if (step == last_ || step >= result_.steps.size()) return;
    last_ = step;
    comment.push_back(fmt::format("step: {}", result_.steps[step]));
  }

 private:
  const ScenarioResult& result_;
  trace::StepIndex last_ = trace::kNoStep;
};

}  // namespace

void write_capture(std::ostream& out, const ScenarioResult& result) {
  wire::PcapngWriter writer(out, fmt::format("{}: {}", result.id, to_string(result.verdict)));
  const std::vector<LadderRow> rows = ladder_rows(result, false);
  Steps steps(result);
  std::vector<std::string> comment;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const LadderRow& row = rows[i];
    if (is_packet(row)) steps.append_new(row, comment);
    append_remarks(row, comment);
    if (!is_packet(row)) continue;
    // States and remarks that come after a packet and before the next stimulus are its doing.
    while (i + 1 < rows.size() &&
           (rows[i + 1].kind == Kind::State || rows[i + 1].kind == Kind::Remark)) {
      append_remarks(rows[++i], comment);
    }
    const trace::Event& event = result.trace.events()[row.event];
    writer.write(row.at,
                 row.kind == Kind::ToStack ? wire::PcapngWriter::Direction::ToStack
                                           : wire::PcapngWriter::Direction::FromStack,
                 result.trace.octets_of(event), fmt::format("{}", fmt::join(comment, "\n")));
    comment.clear();
  }
}

}  // namespace tcprove::report
