#include "harness/scenario/yaml_reader.hpp"

#include <sstream>
#include <utility>

#include <fmt/format.h>
#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "harness/scenario/utf8.hpp"

namespace tcprove::scenario {
namespace {

/// yaml-cpp counts lines and columns from 0.
base::Place place_of(const YAML::Mark& mark) {
  return {.line = mark.line + 1, .column = mark.column + 1};
}

Node node_at(base::Place place, Node::Kind kind) {
  Node node;
  node.kind = kind;
  node.place = place;
  return node;
}

/// Where the quoted text that begins at `offset` ends, its closing quote included; npos where it
/// does not: yaml-cpp takes the end of the file for the quote.
std::size_t end_of_quoted(std::string_view text, std::size_t offset) {
  const char quote = text[offset];
  for (std::size_t i = offset + 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      // '' is a quote within single quotes.
      if (quote == '"' || i + 1 >= text.size() || text[i + 1] != quote) return i + 1;
      ++i;
    }
  }
  return std::string_view::npos;
}

/// Builds Nodes from yaml-cpp's events, so that marks, quotes and repeated keys survive and nothing
/// is expanded.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(const Source& source, Problems& problems) : source_(source), problems_(problems) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ == 2) {
      problems_.add(place_of(mark), "a second YAML document begins here; a file holds one");
    }
  }
  void OnDocumentEnd() override {}
  void OnAnchor(const YAML::Mark& mark, const std::string& /*name*/) override {
    refuse_once("anchors", mark, anchor_seen_);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    refuse_once("aliases", mark, alias_seen_);
    attach(node_at(place_of(mark), Node::Kind::Null));
  }
  void OnNull(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    attach(node_at(place_of_null(mark), Node::Kind::Null));
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t /*anchor*/,
                const std::string& value) override {
    refuse_tag(mark, tag);
    attach(scalar(mark, value));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t /*anchor*/,
                       YAML::EmitterStyle::value style) override {
    open(mark, tag, Node::Kind::Sequence, style);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t /*anchor*/,
                  YAML::EmitterStyle::value style) override {
    open(mark, tag, Node::Kind::Map, style);
  }
  void OnMapEnd() override { close(); }

  /// The innermost `[` or `{` that is open; null where there is none.
  [[nodiscard]] const Node* open_flow() const {
    return !open_.empty() && open_.back().node.flow ? &open_.back().node : nullptr;
  }

  [[nodiscard]] Node take_root() { return std::move(root_); }

 private:
  struct Frame {
    Node node;
    std::optional<Node> key;  ///< Of the map entry whose value comes next.
  };

  void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    // Untagged plain nodes come with "?", quoted ones with "!".
    if (!tag.empty() && tag != "?" && tag != "!") refuse_once("tags", mark, tag_seen_);
  }

  /// A file that uses one uses many; the first tells enough.
  void refuse_once(const char* what, const YAML::Mark& mark, bool& seen) {
    if (!seen) {
      problems_.add(place_of(mark), fmt::format("{} are not part of the scenario language", what));
    }
    seen = true;
  }

  Node scalar(const YAML::Mark& mark, const std::string& value) {
    Node node = node_at(place_of(mark), Node::Kind::Scalar);
    node.text = value;
    const std::size_t begin = source_.offset(node.place.line, node.place.column);
    const std::string_view rest = std::string_view(source_.text()).substr(begin);
    if (rest.empty()) return node;
    const char first = rest[0];
    const bool quoted = first == '"' || first == '\'';
    if (quoted || first == '|' || first == '>') node.quote = first;
    if (quoted) read_quoted(begin, node);
    const std::string_view shown = rest.substr(quoted ? 1 : 0);
    if (shown.starts_with(value)) {
      node.text_column = node.place.column + (quoted ? 1 : 0);
      node.place.width = static_cast<int>(value.size() + (quoted ? 2 : 0));
    }
    return node;
  }

  void read_quoted(std::size_t begin, Node& node) {
    const std::size_t end = end_of_quoted(source_.text(), begin);
    if (end == std::string_view::npos) {
      problems_.add(node.place, "this quote is not closed");
      return;
    }
    std::string raw = source_.text().substr(begin, end - begin);
    if (node.quote == '"' && raw.find('\n') == std::string::npos) node.raw = std::move(raw);
  }

  /// yaml-cpp gives an empty value the place of what comes next; the dash before it is nearer.
  base::Place place_of_null(const YAML::Mark& mark) const {
    if (open_.empty()) return place_of(mark);
    const Frame& frame = open_.back();
    if (frame.key) return frame.key->place;
    const std::size_t next = source_.offset(mark.line + 1, mark.column + 1);
    const std::size_t dash = source_.text().find_last_not_of(" \t\r\n", next == 0 ? 0 : next - 1);
    if (dash == std::string::npos || source_.text()[dash] != '-') return frame.node.place;
    return source_.place_of(dash);
  }

  void open(const YAML::Mark& mark, const std::string& tag, Node::Kind kind,
            YAML::EmitterStyle::value style) {
    refuse_tag(mark, tag);
    if (++depth_ > kYamlNestingMax) {
      if (depth_ == kYamlNestingMax + 1) {
        problems_.add(place_of(mark), fmt::format("lists and maps may stand in each other at most "
                                                  "{} deep",
                                                  kYamlNestingMax));
      }
      return;
    }
    Node node = node_at(place_of(mark), kind);
    node.flow = style == YAML::EmitterStyle::Flow;
    open_.push_back({.node = std::move(node), .key = {}});
  }

  void close() {
    if (depth_-- > kYamlNestingMax) return;
    Node node = std::move(open_.back().node);
    open_.pop_back();
    attach(std::move(node));
  }

  void attach(Node node) {
    if (depth_ > kYamlNestingMax) return;
    if (open_.empty()) {
      if (documents_ == 1) root_ = std::move(node);
      return;
    }
    Frame& frame = open_.back();
    if (frame.node.kind == Node::Kind::Sequence) {
      frame.node.items.push_back(std::move(node));
    } else if (frame.key) {
      frame.node.entries.push_back({.key = *std::move(frame.key), .value = std::move(node)});
      frame.key.reset();
    } else {
      if (!node.is_scalar()) {
        problems_.add(node.place, fmt::format("a key is a word, not {}", describe(node)));
      }
      frame.key = std::move(node);
    }
  }

  const Source& source_;
  Problems& problems_;
  std::vector<Frame> open_;
  std::size_t depth_ = 0;
  int documents_ = 0;
  bool anchor_seen_ = false;
  bool alias_seen_ = false;
  bool tag_seen_ = false;
  Node root_;
};

/// yaml-cpp blames what it met last; the author needs what he forgot.
void explain(const YAML::Exception& exception, const TreeBuilder& builder, Problems& problems) {
  const Source& source = problems.source();
  const base::Place place = place_of(exception.mark);
  if (const Node* flow = builder.open_flow()) {
    const std::string_view line = source.line(flow->place.line);
    const bool variable = line.find("${") != std::string_view::npos;
    const bool map = flow->kind == Node::Kind::Map;
    return problems.add(flow->place,
                        variable ? std::string("within [ ] and { } a text with ${ } must be quoted")
                                 : fmt::format("this {} is not closed", map ? '{' : '['));
  }
  if (source.line(place.line).starts_with('\t')) {
    return problems.add({.line = place.line, .column = 1},
                        "YAML is indented with blanks, not tabs");
  }
  if (exception.msg == "illegal map value") {
    return problems.add(place,
                        "no key may stand here: the indentation is wrong, or a text with a colon "
                        "and a blank is not quoted");
  }
  if (exception.msg == "end of sequence not found" || exception.msg == "end of map not found") {
    return problems.add(place, "the indentation of this line fits nothing above it");
  }
  problems.add(place, fmt::format("this is not YAML: {}", exception.msg));
}

bool check_text(const Source& source, Problems& problems) {
  if (source.text().size() > kSourceOctetsMax) {
    problems.add({}, fmt::format("the file is longer than {} KiB", kSourceOctetsMax / 1024));
    return false;
  }
  if (const auto at = first_non_text(source.text())) {
    base::Place place = source.place_of(*at);
    // A line that is not text cannot be shown: the place stands in the message.
    problems.add(
        {}, fmt::format("this is not UTF-8 text: octet 0x{:02x} at line {}, column {}",
                        static_cast<unsigned char>(source.text()[*at]), place.line, place.column));
    return false;
  }
  return true;
}

}  // namespace

std::optional<Node> parse_yaml(const Source& source, Problems& problems) {
  if (!check_text(source, problems)) return std::nullopt;
  const std::size_t before = problems.count();
  TreeBuilder builder(source, problems);
  try {
    std::istringstream in(source.text());
    YAML::Parser parser(in);
    bool more = parser.HandleNextDocument(builder);
    if (!more) problems.add({}, "the file is empty");
    // Two are enough to know that there is more than one.
    if (more) parser.HandleNextDocument(builder);
  } catch (const YAML::DeepRecursion&) {
    // The builder has named the place where it went too deep.
  } catch (const YAML::Exception& exception) {
    explain(exception, builder, problems);
  } catch (const std::exception& exception) {
    problems.add({}, fmt::format("this is not YAML: {}", exception.what()));
  }
  if (problems.count() != before) return std::nullopt;
  return builder.take_root();
}

const char* describe(const Node& node) {
  switch (node.kind) {
    case Node::Kind::Null:
      return "nothing";
    case Node::Kind::Scalar:
      return "a text";
    case Node::Kind::Sequence:
      return "a list";
    case Node::Kind::Map:
      return "a map";
  }
  return "nothing";
}

}  // namespace tcprove::scenario
