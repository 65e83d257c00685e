#include "harness/scenario/catalogue.hpp"

#include <array>
#include <functional>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "harness/base/check.hpp"
#include "harness/base/spelling.hpp"
#include "harness/scenario/map_reader.hpp"
#include "harness/scenario/problems.hpp"
#include "harness/scenario/source.hpp"
#include "harness/scenario/yaml_reader.hpp"

namespace tcprove::scenario {
namespace {

constexpr std::array<std::string_view, 8> kLevels{"MUST",        "MUST NOT",     "SHOULD",
                                                  "SHOULD NOT",  "MAY",          "RECOMMENDED",
                                                  "DESCRIPTIVE", "INFORMATIONAL"};
constexpr std::array<std::string_view, 4> kTestable{"wire", "api", "timing", "internal"};

/// Whether a file's requirements have a number, or only their section and a slug.
enum class Labelled : bool { No, Yes };

/// Reads the requirements of one file after another.
class CatalogueReader {
 public:
  void read(const std::filesystem::path& path, Labelled labelled) {
    const base::Result<SourcePtr> source = read_source(path);
    if (!source) {
      errors_ = joined(std::move(errors_), source.error());
      return;
    }
    Problems problems(*source.value());
    if (const std::optional<Node> root = parse_yaml(*source.value(), problems)) {
      if (root->kind != Node::Kind::Sequence) {
        problems.add(root->place, "the catalogue is a list of requirements");
      }
      for (const Node& item : root->items) read_requirement(item, labelled, problems);
    }
    errors_ = joined(std::move(errors_), problems.take());
  }

  base::Result<Catalogue> take() {
    if (!errors_.empty()) return std::move(errors_);
    return Catalogue(std::move(requirements_));
  }

 private:
  void read_requirement(const Node& node, Labelled labelled, Problems& problems) {
    MapReader map(node, "a requirement", problems);
    Requirement requirement;
    const auto text = [&](std::string_view key, std::string& value) {
      const Node* found = map.require(key);
      if (found != nullptr && read_text(*found, key, problems) != nullptr) value = found->text;
    };
    const auto optional_text = [&](std::string_view key, std::string& value) {
      const Node* found = map.find(key);
      if (found != nullptr && read_text(*found, key, problems) != nullptr) value = found->text;
    };
    text("id", requirement.id);
    text("section", requirement.section);
    text("text", requirement.text);
    if (const Node* level = map.require("level")) {
      if (read_word(*level, "level", kLevels, problems)) requirement.level = level->text;
    }
    if (labelled == Labelled::Yes) {
      text("slug", requirement.slug);
      text("stimulus", requirement.stimulus);
      text("expected", requirement.expected);
      if (const Node* testable = map.require("testable")) {
        if (read_word(*testable, "testable", kTestable, problems)) {
          requirement.testable = testable->text;
        }
      }
      read_also(map.find("also"), requirement, problems);
      optional_text("condition", requirement.condition);
      optional_text("notes", requirement.notes);
    } else {
      read_slug(node, requirement, problems);
    }
    optional_text("untestable", requirement.untestable);
    map.finish();
    check_id(node, requirement, problems);
    requirements_.push_back(std::move(requirement));
  }

  static void read_also(const Node* also, Requirement& requirement, Problems& problems) {
    if (also == nullptr) return;
    for (const Node* item : read_texts(*also, "also", problems)) {
      if (read_word(*item, "also", kTestable, problems)) requirement.also.push_back(item->text);
    }
  }

  static void read_slug(const Node& node, Requirement& requirement, Problems& problems) {
    const std::string prefix = requirement.section + "-";
    if (requirement.id.starts_with(prefix) && requirement.id.size() > prefix.size()) {
      requirement.slug = requirement.id.substr(prefix.size());
      requirement.testable = "wire";
    } else {
      problems.add(node.place, fmt::format("this id is its section and a slug: {}…", prefix));
    }
  }

  void check_id(const Node& node, const Requirement& requirement, Problems& problems) {
    for (const Requirement& other : requirements_) {
      if (other.id == requirement.id && !other.id.empty()) {
        problems.add(node.place,
                     fmt::format("the id {} is given twice", in_quotes(requirement.id)));
      }
    }
  }

  std::vector<Requirement> requirements_;
  base::Diagnostics errors_;
};

}  // namespace

Catalogue::Catalogue(std::vector<Requirement> requirements)
    : requirements_(std::move(requirements)) {
  for (std::size_t i = 0; i < requirements_.size(); ++i) {
    const bool inserted = index_.insert({requirements_[i].id, i}).second;
    TCPROVE_CHECK(inserted, "no two requirements have one id");
  }
}

const Requirement* Catalogue::find(std::string_view id) const {
  const auto found = index_.find(id);
  return found == index_.end() ? nullptr : &requirements_[found->second];
}

std::string Catalogue::nearest(std::string_view id) const {
  std::vector<std::string_view> ids;
  for (const auto& [known, position] : index_) ids.push_back(known);
  return base::nearest(id, ids);
}

base::Result<Catalogue> load_catalogue(const std::filesystem::path& folder) {
  CatalogueReader reader;
  reader.read(folder / "rfc9293.yaml", Labelled::Yes);
  reader.read(folder / "companions.yaml", Labelled::Yes);
  reader.read(folder / "unlabelled.yaml", Labelled::No);
  return reader.take();
}

}  // namespace tcprove::scenario
