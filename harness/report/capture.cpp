#include "harness/report/capture.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
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

/// Holds each packet back until the next, as what comes after the last one belongs to it.
class Packets {
 public:
  Packets(std::ostream& out, const ScenarioResult& result)
      : writer_(out, fmt::format("{}: {}", result.id, to_string(result.verdict))),
        result_(result) {}

  void add(const LadderRow& row, std::vector<std::string> comment) {
    write_held();
    held_ = &row;
    comment_ = std::move(comment);
  }

  void end(std::vector<std::string> comment) {
    std::ranges::move(comment, std::back_inserter(comment_));
    write_held();
  }

 private:
  void write_held() {
    if (held_ == nullptr) return;
    writer_.write(held_->at,
                  held_->kind == Kind::ToStack ? wire::PcapngWriter::Direction::ToStack
                                               : wire::PcapngWriter::Direction::FromStack,
                  result_.trace.octets_of(result_.trace.events()[held_->event]),
                  fmt::format("{}", fmt::join(comment_, "\n")));
  }

  wire::PcapngWriter writer_;
  const ScenarioResult& result_;
  const LadderRow* held_ = nullptr;
  std::vector<std::string> comment_;
};

}  // namespace

void write_capture(std::ostream& out, const ScenarioResult& result) {
  Packets packets(out, result);
  const std::vector<LadderRow> rows = ladder_rows(result);
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
    packets.add(row, std::exchange(comment, {}));
  }
  packets.end(std::move(comment));
}

}  // namespace tcprove::report
