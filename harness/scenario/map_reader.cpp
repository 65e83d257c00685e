#include "harness/scenario/map_reader.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "harness/base/spelling.hpp"

namespace tcprove::scenario {

MapReader::MapReader(const Node& node, std::string_view what, Problems& problems)
    : node_(node), what_(what), problems_(problems) {
  if (!is_map()) {
    problems.add(node.place, fmt::format("{} is a map, not {}", what, describe(node)));
    return;
  }
  std::set<std::string_view> seen;
  for (const Node::Entry& entry : node.entries) {
    if (!seen.insert(entry.key.text).second) {
      problems.add(entry.key.place,
                   fmt::format("the key {} is given twice", in_quotes(entry.key.text)));
    }
  }
}

const Node* MapReader::find(std::string_view key) {
  asked_.push_back(key);
  const auto entry = std::find_if(node_.entries.begin(), node_.entries.end(),
                                  [&](const Node::Entry& e) { return e.key.text == key; });
  return entry == node_.entries.end() ? nullptr : &entry->value;
}

const Node* MapReader::require(std::string_view key) {
  const Node* value = find(key);
  if (value == nullptr && is_map()) {
    problems_.add(node_.place, fmt::format("{} needs the key {}", what_, in_quotes(key)));
  }
  return value;
}

void MapReader::finish() {
  for (const Node::Entry& entry : node_.entries) {
    const std::string& key = entry.key.text;
    if (std::find(asked_.begin(), asked_.end(), key) != asked_.end()) continue;
    if (node_.flow && entry.value.is_null()) {
      problems_.add(entry.key.place,
                    fmt::format("within {{ }} a comma ends a text: quote the text that {} "
                                "belongs to",
                                in_quotes(key)));
      continue;
    }
    problems_.add(entry.key.place, fmt::format("{} has no key {}", what_, in_quotes(key)),
                  base::nearest(key, asked_));
  }
}

const std::string* read_text(const Node& node, std::string_view what, Problems& problems) {
  if (node.is_scalar()) return &node.text;
  problems.add(node.place, fmt::format("{} is a text, not {}", what, describe(node)));
  return nullptr;
}

std::vector<const Node*> read_texts(const Node& node, std::string_view what, Problems& problems) {
  if (node.is_scalar()) return {&node};
  if (node.kind != Node::Kind::Sequence || node.items.empty()) {
    const bool empty = node.kind == Node::Kind::Sequence;
    problems.add(node.place, fmt::format("{} is a list, not {}", what,
                                         empty ? "an empty one" : describe(node)));
    return {};
  }
  std::vector<const Node*> texts;
  std::set<std::string_view> seen;
  for (const Node& item : node.items) {
    if (read_text(item, fmt::format("each of {}", what), problems) == nullptr) continue;
    if (!seen.insert(item.text).second) {
      problems.add(item.place, fmt::format("{} is given twice", in_quotes(item.text)));
      continue;
    }
    texts.push_back(&item);
  }
  return texts;
}

std::string alternatives(std::span<const std::string_view> words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += words[i];
  }
  return text;
}

std::optional<std::size_t> read_word(const Node& node, std::string_view what,
                                     std::span<const std::string_view> words, Problems& problems) {
  const std::string* text = read_text(node, what, problems);
  if (text == nullptr) return std::nullopt;
  const auto word = std::find(words.begin(), words.end(), *text);
  if (word != words.end()) return static_cast<std::size_t>(word - words.begin());
  problems.add(node.place,
               fmt::format("{} is {}, not {}", what, alternatives(words), in_quotes(*text)),
               base::nearest(*text, words));
  return std::nullopt;
}

}  // namespace tcprove::scenario
