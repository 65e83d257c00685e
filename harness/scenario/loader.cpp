#include "harness/scenario/loader.hpp"

#include <algorithm>
#include <memory>
#include <system_error>
#include <utility>

#include "harness/plan/plan_octets.hpp"
#include "harness/scenario/blueprint.hpp"
#include "harness/scenario/claim.hpp"
#include "harness/scenario/compile.hpp"
#include "harness/scenario/plan_printer.hpp"

namespace tcprove::scenario {
namespace {

/// The file's name with blanks for its dashes: file names are claims.
std::string name_in_words(const std::string& id) {
  std::string name = std::filesystem::path(id).filename().string();
  std::replace(name.begin(), name.end(), '-', ' ');
  return name;
}

std::string id_of(const std::filesystem::path& path,
                  const std::optional<std::filesystem::path>& root) {
  std::filesystem::path id = path;
  if (root) {
    std::error_code error;
    const auto file = std::filesystem::absolute(path, error).lexically_normal();
    id = file.lexically_relative(std::filesystem::absolute(*root, error).lexically_normal());
  }
  return id.extension() == ".yaml" ? id.replace_extension().generic_string() : id.generic_string();
}

}  // namespace

plan::Plan Blueprint::plan(const Choice& choice) const { return compile(*this, choice); }

std::optional<std::filesystem::path> find_specs_root(const std::filesystem::path& path) {
  std::error_code error;
  const std::filesystem::path here = std::filesystem::current_path(error);
  std::filesystem::path folder = (here / path).lexically_normal();
  while (!std::filesystem::is_directory(folder / "fragments", error)) {
    if (!folder.has_relative_path()) return std::nullopt;
    folder = folder.parent_path();
  }
  return path.is_absolute() ? folder : folder.lexically_relative(here);
}

base::Result<Scenario> Loader::load(const std::filesystem::path& path) {
  if (path.extension() == ".plan") return load_plan(path);
  base::Result<SourcePtr> source = scenario::read_source(path);
  if (!source) return source.error();
  const std::optional<std::filesystem::path> root = find_specs_root(path);
  return read_source(source.value(), id_of(path, root), root.value_or(options_.specs_root));
}

base::Result<Scenario> Loader::load_plan(const std::filesystem::path& path) {
  const base::Result<std::string> text = read_octets(path);
  if (!text) return text.error();
  const wire::Octets octets(reinterpret_cast<const std::uint8_t*>(text.value().data()),
                            text.value().size());
  return read(to_yaml(plan::plan_of(octets), "Whatever these octets stand for violates nothing."),
              path.generic_string());
}

base::Result<Scenario> Loader::read(std::string_view text, const std::string& file) {
  return read_source(std::make_shared<const Source>(file, std::string(text)),
                     id_of(file, std::nullopt), options_.specs_root);
}

base::Result<Scenario> Loader::read_source(const SourcePtr& source, std::string id,
                                           const std::filesystem::path& root) {
  Fragments& fragments = fragments_.try_emplace(root, root).first->second;
  Problems problems(*source);
  const auto blueprint = read_blueprint(source, fragments, options_.catalogue, problems);
  if (blueprint == nullptr) return joined(problems.take(), fragments.take_errors());
  Scenario scenario;
  scenario.file = source->file();
  scenario.claim = claim_of(*source);
  if (scenario.claim.empty()) scenario.claim = name_in_words(id);
  scenario.covers = blueprint->covers;
  for (std::size_t i = 0; i < blueprint->matrix.count(); ++i) {
    const Choice choice = blueprint->matrix.at(i);
    scenario.instances.push_back({.id = id + blueprint->matrix.suffix(choice), .choice = choice});
  }
  scenario.id = std::move(id);
  scenario.source = blueprint;
  return scenario;
}

base::Result<Scenario> load_scenario(const std::filesystem::path& path,
                                     const LoadOptions& options) {
  return Loader(options).load(path);
}

}  // namespace tcprove::scenario
