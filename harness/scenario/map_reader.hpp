#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/scenario/problems.hpp"
#include "harness/scenario/yaml_reader.hpp"

namespace tcprove::scenario {

/// Reads a map strictly: each key is asked for once, and what nobody asked for is a mistake.
///
/// Lifetime: keeps references to the node and to `problems`.
class MapReader {
 public:
  /// `what` names the map in messages: "a step". Reports a node that is no map, and keys given
  /// twice; then it reads as empty.
  MapReader(const Node& node, std::string_view what, Problems& problems);

  /// The value of `key`, or null where it is not there.
  const Node* find(std::string_view key);

  /// As find(); reports where it is not there.
  const Node* require(std::string_view key);

  /// Reports each key that was not asked for, with the nearest of those that were.
  void finish();

  [[nodiscard]] bool is_map() const { return node_.kind == Node::Kind::Map; }

 private:
  const Node& node_;
  std::string what_;
  Problems& problems_;
  std::vector<std::string_view> asked_;
};

/// The text of a scalar; null, with a report, where `node` is another thing. `what` names it.
const std::string* read_text(const Node& node, std::string_view what, Problems& problems);

/// The texts of a list of scalars, or of one scalar in place of a list of one; reports empty lists,
/// items that are not scalars and items given twice.
std::vector<const Node*> read_texts(const Node& node, std::string_view what, Problems& problems);

/// The one of `words` that `node` is; nothing, with a report and the nearest of them, where it is
/// none. Answers its index.
std::optional<std::size_t> read_word(const Node& node, std::string_view what,
                                     std::span<const std::string_view> words, Problems& problems);

/// `a, b or c`.
std::string alternatives(std::span<const std::string_view> words);

}  // namespace tcprove::scenario
