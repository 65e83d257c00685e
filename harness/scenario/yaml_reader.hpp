#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/scenario/problems.hpp"
#include "harness/scenario/source.hpp"

namespace tcprove::scenario {

/// How deep lists and maps may stand in each other; the language itself needs six levels.
inline constexpr std::size_t kYamlNestingMax = 16;

/// A piece of YAML with its place in the source. Nothing is converted: `010` stays `010`.
struct Node {
  enum class Kind : std::uint8_t { Null, Scalar, Sequence, Map };
  struct Entry;

  Kind kind = Kind::Null;
  bool flow = false;        ///< Written as `[…]` or `{…}`.
  char quote = '\0';        ///< Scalars: `"`, `'`, `|` or `>` where one was used.
  base::Place place;        ///< Where it begins; an empty value: its key.
  int text_column = 0;      ///< Where text[0] stands if the source shows `text` as it is; else 0.
  std::string text;         ///< Scalars, as YAML reads them.
  std::string raw;          ///< Double-quoted scalars on one line: as written, with their quotes.
  std::vector<Node> items;  ///< Sequences.
  std::vector<Entry> entries;  ///< Maps, in the order written.

  [[nodiscard]] bool is_scalar() const { return kind == Kind::Scalar; }
  [[nodiscard]] bool is_null() const { return kind == Kind::Null; }
};

struct Node::Entry {
  Node key;  ///< Always a scalar.
  Node value;
};

/// Reads the one document of `source`.
///
/// What could expand or run away is refused before anything is built from it: anchors, aliases and
/// tags, a second document, nesting beyond kYamlNestingMax, octets that are not text.
/// Errors: in `problems`; nothing is answered then.
std::optional<Node> parse_yaml(const Source& source, Problems& problems);

/// `a list`, `a map`, `a text`, `nothing`: what stands there, for messages.
const char* describe(const Node& node);

}  // namespace tcprove::scenario
