#include "harness/scenario/state_event_table.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "harness/base/check.hpp"
#include "harness/scenario/catalogue.hpp"
#include "harness/scenario/map_reader.hpp"
#include "harness/scenario/problems.hpp"
#include "harness/scenario/source.hpp"
#include "harness/scenario/yaml_reader.hpp"

namespace tcprove::scenario {
namespace {

/// In the orders of the enumerators.
constexpr std::array<std::string_view, 3> kBasisNames{"text", "derived", "ambiguous"};
constexpr std::array<std::string_view, 3> kKindNames{"condition", "option", "deviation"};

/// Reads the rows of one state.
class StateReader {
 public:
  StateReader(tcp::State state, const Catalogue* catalogue, Problems& problems)
      : state_(state), catalogue_(catalogue), problems_(problems), rows_(tcp::kEventClassCount) {}

  /// One row for each event, in their order; nothing, with a report, where some have none.
  std::vector<std::optional<StateEventRow>> read(const Node& root) {
    if (root.kind != Node::Kind::Sequence) {
      problems_.add(root.place, fmt::format("a state's events are a list, not {}", describe(root)));
      return std::move(rows_);
    }
    for (const Node& item : root.items) read_row(item);
    for (std::size_t i = 0; i < tcp::kEventClassCount; ++i) {
      if (!rows_[i].has_value()) {
        problems_.add({}, fmt::format("{} has no row for {}", to_string(state_),
                                      tcp::kEventClassNames.at(i)));
      }
    }
    return std::move(rows_);
  }

 private:
  void read_row(const Node& node) {
    MapReader map(node, "a row", problems_);
    StateEventRow row;
    row.file = problems_.source().file();
    row.line = node.place.line;
    const Node* events = map.require("events");
    row.section = text(map.require("section"), "section");
    row.impossible = text(map.find("impossible"), "impossible");
    if (row.impossible.empty()) {
      row.outcome = read_outcome(map.require("reply"), map.require("next"), map.find("user"), {});
      row.requirement = read_requirement(map.require("requirement"));
      if (const Node* basis = map.find("basis")) {
        if (const auto index = read_word(*basis, "basis", kBasisNames, problems_)) {
          row.basis = static_cast<StateEventRow::Basis>(*index);
        }
      }
      read_open(map.find("open"), row);
      read_alternatives(map.find("alternatives"), row);
      row.notes = text(map.find("notes"), "notes");
    }
    map.finish();
    if (events != nullptr) place_row(*events, row);
  }

  void place_row(const Node& events, const StateEventRow& row) {
    for (const Node* event : read_texts(events, "events", problems_)) {
      const auto index = read_word(*event, "an event", tcp::kEventClassNames, problems_);
      if (!index) continue;
      std::optional<StateEventRow>& place = rows_[*index];
      if (place.has_value()) {
        problems_.add(event->place,
                      fmt::format("{} has a row already, in line {}", event->text, place->line));
      }
      place = row;
      place->cell = {.state = state_, .event = static_cast<tcp::EventClass>(*index)};
    }
  }

  /// What is not there is as in `otherwise`.
  Outcome read_outcome(const Node* reply, const Node* next, const Node* user, Outcome otherwise) {
    Outcome outcome = std::move(otherwise);
    if (reply != nullptr) outcome.replies = read_replies(*reply);
    if (next != nullptr) {
      outcome.next.clear();
      for (const Node* state : read_texts(*next, "next", problems_)) {
        if (const auto index = read_word(*state, "a state", tcp::kStateNames, problems_)) {
          outcome.next.push_back(static_cast<tcp::State>(*index));
        }
      }
    }
    if (user != nullptr) {
      outcome.user.clear();
      for (const Node* word : read_texts(*user, "user", problems_)) {
        if (read_word(*word, "what the user learns", user_words(), problems_)) {
          outcome.user.push_back(word->text);
        }
      }
    }
    return outcome;
  }

  static std::span<const std::string_view> user_words() {
    static const std::vector<std::string_view> kWords = [] {
      std::vector<std::string_view> words(tcp::kCallStatusNames.begin(),
                                          tcp::kCallStatusNames.end());
      words.insert(words.end(), kToldNames.begin(), kToldNames.end());
      return words;
    }();
    return kWords;
  }

  std::vector<Reply> read_replies(const Node& node) {
    std::vector<Reply> replies;
    for (const Node* text : read_texts(node, "reply", problems_)) {
      if (auto reply = parse_reply(*text, problems_)) replies.push_back(*std::move(reply));
    }
    return replies;
  }

  std::vector<When> read_when(const Node* node) {
    std::vector<When> when;
    if (node == nullptr) return when;
    for (const Node* word : read_texts(*node, "when", problems_)) {
      if (const auto index = read_word(*word, "when", kWhenNames, problems_)) {
        when.push_back(static_cast<When>(*index));
      }
    }
    return when;
  }

  void read_open(const Node* node, StateEventRow& row) {
    if (node == nullptr) return;
    MapReader map(*node, "open", problems_);
    Open open;
    open.why = text(map.require("why"), "why");
    open.when = read_when(map.find("when"));
    map.finish();
    row.open = std::move(open);
  }

  void read_alternatives(const Node* list, StateEventRow& row) {
    if (list == nullptr) return;
    if (list->kind != Node::Kind::Sequence || list->items.empty()) {
      problems_.add(list->place, "alternatives is a list of at least one");
    }
    for (const Node& item : list->items) {
      row.alternatives.push_back(read_alternative(item, row.outcome));
    }
  }

  Alternative read_alternative(const Node& node, const Outcome& main) {
    MapReader map(node, "an alternative", problems_);
    Alternative alternative;
    std::size_t kinds = 0;
    for (std::size_t i = 0; i < kKindNames.size(); ++i) {
      const Node* source = map.find(kKindNames.at(i));
      if (source == nullptr) continue;
      ++kinds;
      alternative.kind = static_cast<Alternative::Kind>(i);
      alternative.source = text(source, kKindNames.at(i));
    }
    if (map.is_map() && kinds != 1) {
      problems_.add(node.place, "an alternative is one of condition, option and deviation");
    }
    alternative.when = read_when(map.find("when"));
    if (kinds == 1 && alternative.kind == Alternative::Kind::Condition &&
        alternative.when.empty()) {
      problems_.add(node.place, "a condition needs the key \"when\"");
    }
    alternative.outcome = read_outcome(map.find("reply"), map.find("next"), map.find("user"), main);
    map.finish();
    return alternative;
  }

  std::string read_requirement(const Node* node) {
    std::string id = text(node, "requirement");
    if (!id.empty() && catalogue_ != nullptr && catalogue_->find(id) == nullptr) {
      problems_.add(node->place, fmt::format("the catalogue has no requirement {}", in_quotes(id)),
                    catalogue_->nearest(id));
    }
    return id;
  }

  /// Empty where there is none; an empty text is reported.
  std::string text(const Node* node, std::string_view key) {
    if (node == nullptr || read_text(*node, key, problems_) == nullptr) return {};
    if (node->text.empty()) problems_.add(node->place, fmt::format("{} is empty", key));
    return node->text;
  }

  tcp::State state_;
  const Catalogue* catalogue_;
  Problems& problems_;
  std::vector<std::optional<StateEventRow>> rows_;
};

}  // namespace

StateEventTable::StateEventTable(std::vector<StateEventRow> rows) : rows_(std::move(rows)) {
  TCPROVE_CHECK(rows_.size() == tcp::kCellCount, "each cell has a row");
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    TCPROVE_CHECK(rows_[i].cell.index() == i, "the rows are in the order of their cells");
  }
}

base::Result<StateEventTable> load_state_event_table(const std::filesystem::path& folder,
                                                     const Catalogue* catalogue) {
  std::vector<StateEventRow> rows;
  base::Diagnostics errors;
  for (std::size_t i = 0; i < tcp::kStateCount; ++i) {
    const auto source = read_source(folder / fmt::format("{}.yaml", tcp::kStateNames.at(i)));
    if (!source) {
      errors = joined(std::move(errors), source.error());
      continue;
    }
    Problems problems(*source.value());
    if (const std::optional<Node> root = parse_yaml(*source.value(), problems)) {
      StateReader reader(static_cast<tcp::State>(i), catalogue, problems);
      for (std::optional<StateEventRow>& row : reader.read(*root)) {
        if (row.has_value()) rows.push_back(*std::move(row));
      }
    }
    errors = joined(std::move(errors), problems.take());
  }
  if (!errors.empty()) return errors;
  return StateEventTable(std::move(rows));
}

}  // namespace tcprove::scenario
