#pragma once

#include <map>
#include <regex>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "harness/scenario/yaml_reader.hpp"

namespace tcprove::scenario {

/// Checks documents against a JSON schema (draft 7) for tests: the keywords that
/// specs/scenario.schema.json uses and no others.
class SchemaValidator {
 public:
  explicit SchemaValidator(nlohmann::json schema) : schema_(std::move(schema)) {}

  /// What is wrong with `document`, one line each; a keyword that is not known is wrong as well.
  [[nodiscard]] std::vector<std::string> mistakes(const nlohmann::json& document) const;

 private:
  using Mistakes = std::vector<std::string>;

  void check(const nlohmann::json& schema, const nlohmann::json& value, const std::string& path,
             Mistakes& mistakes) const;
  void check_keyword(const nlohmann::json& schema, const std::string& keyword,
                     const nlohmann::json& value, const std::string& path,
                     Mistakes& mistakes) const;
  void check_object(const nlohmann::json& schema, const nlohmann::json& value,
                    const std::string& path, Mistakes& mistakes) const;
  [[nodiscard]] bool accepts(const nlohmann::json& schema, const nlohmann::json& value) const;
  [[nodiscard]] std::size_t accepting(const nlohmann::json& schemas,
                                      const nlohmann::json& value) const;

  [[nodiscard]] const std::regex& pattern(const std::string& text) const;

  nlohmann::json schema_;
  mutable std::map<std::string, std::regex> patterns_;  ///< Compiled when first used.
};

/// The document as an editor's YAML 1.2 reader sees it: plain numbers, booleans and nulls are such.
nlohmann::json to_json(const Node& node);

}  // namespace tcprove::scenario
