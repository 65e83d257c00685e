#include "harness/scenario/schema_validator.hpp"

#include <algorithm>
#include <regex>
#include <set>
#include <string_view>

namespace tcprove::scenario {
namespace {

using nlohmann::json;

bool has_type(const json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  if (type == "boolean") return value.is_boolean();
  return type == "null" && value.is_null();
}

bool has_one_type(const json& value, const json& types) {
  if (types.is_string()) return has_type(value, types);
  return std::any_of(types.begin(), types.end(),
                     [&](const json& type) { return has_type(value, type); });
}

bool is_unique(const json& array) {
  return std::set<json>(array.begin(), array.end()).size() == array.size();
}

}  // namespace

std::vector<std::string> SchemaValidator::mistakes(const json& document) const {
  Mistakes mistakes;
  check(schema_, document, "", mistakes);
  return mistakes;
}

const std::regex& SchemaValidator::pattern(const std::string& text) const {
  return patterns_.try_emplace(text, text).first->second;
}

bool SchemaValidator::accepts(const json& schema, const json& value) const {
  Mistakes mistakes;
  check(schema, value, "", mistakes);
  return mistakes.empty();
}

std::size_t SchemaValidator::accepting(const json& schemas, const json& value) const {
  return static_cast<std::size_t>(std::count_if(
      schemas.begin(), schemas.end(), [&](const json& schema) { return accepts(schema, value); }));
}

void SchemaValidator::check(const json& schema, const json& value, const std::string& path,
                            Mistakes& mistakes) const {
  if (schema.is_boolean()) {
    if (!schema.get<bool>()) mistakes.push_back(path + ": nothing may stand here");
    return;
  }
  if (schema.contains("$ref")) {
    // A pointer into this schema; draft 7 ignores what stands beside it.
    const auto pointer = json::json_pointer(schema.at("$ref").get<std::string>().substr(1));
    return check(schema_.at(pointer), value, path, mistakes);
  }
  for (const auto& [keyword, argument] : schema.items()) {
    check_keyword(schema, keyword, value, path, mistakes);
  }
  if (value.is_object()) check_object(schema, value, path, mistakes);
}

void SchemaValidator::check_keyword(const json& schema, const std::string& keyword,
                                    const json& value, const std::string& path,
                                    Mistakes& mistakes) const {
  static const std::set<std::string> kAnnotations{"$schema",     "title", "description", "examples",
                                                  "definitions", "then",  "else"};
  static const std::set<std::string> kOfObjects{
      "properties",   "additionalProperties", "propertyNames", "required",
      "dependencies", "minProperties",        "maxProperties"};
  const json& argument = schema.at(keyword);
  bool good = true;
  if (kAnnotations.contains(keyword)) return;
  if (kOfObjects.contains(keyword)) return;  // See check_object().
  if (keyword == "type") {
    good = has_one_type(value, argument);
  } else if (keyword == "enum") {
    good = std::find(argument.begin(), argument.end(), value) != argument.end();
  } else if (keyword == "pattern") {
    good = !value.is_string() ||
           std::regex_search(value.get<std::string>(), pattern(argument.get<std::string>()));
  } else if (keyword == "minimum") {
    good = !value.is_number() || value >= argument;
  } else if (keyword == "maximum") {
    good = !value.is_number() || value <= argument;
  } else if (keyword == "minItems") {
    good = !value.is_array() || value.size() >= argument;
  } else if (keyword == "maxItems") {
    good = !value.is_array() || value.size() <= argument;
  } else if (keyword == "uniqueItems") {
    good = !value.is_array() || is_unique(value);
  } else if (keyword == "items") {
    for (std::size_t i = 0; value.is_array() && i < value.size(); ++i) {
      check(argument, value[i], path + "/" + std::to_string(i), mistakes);
    }
  } else if (keyword == "allOf") {
    for (const json& part : argument) check(part, value, path, mistakes);
  } else if (keyword == "anyOf") {
    good = accepting(argument, value) >= 1;
  } else if (keyword == "oneOf") {
    good = accepting(argument, value) == 1;
  } else if (keyword == "if") {
    check(schema.at(accepts(argument, value) ? "then" : "else"), value, path, mistakes);
  } else {
    mistakes.push_back("the schema uses the keyword " + keyword + ", which is not known");
  }
  if (!good) mistakes.push_back(path + ": " + keyword + " " + argument.dump());
}

void SchemaValidator::check_object(const json& schema, const json& value, const std::string& path,
                                   Mistakes& mistakes) const {
  const json properties = schema.value("properties", json::object());
  const auto fail = [&](const std::string& why) { mistakes.push_back(path + ": " + why); };
  const json required = schema.value("required", json::array());
  for (const json& key : required) {
    if (!value.contains(key)) fail("requires " + key.dump());
  }
  if (value.size() < schema.value("minProperties", std::size_t{0})) fail("too few properties");
  if (value.size() > schema.value("maxProperties", value.size())) fail("too many properties");
  for (const auto& [key, member] : value.items()) {
    if (properties.contains(key)) {
      check(properties.at(key), member, path + "/" + key, mistakes);
    } else if (schema.contains("additionalProperties")) {
      check(schema.at("additionalProperties"), member, path + "/" + key, mistakes);
    }
    if (schema.contains("propertyNames")) check(schema.at("propertyNames"), key, path, mistakes);
  }
  const json dependencies = schema.value("dependencies", json::object());
  for (const auto& [key, dependency] : dependencies.items()) {
    if (!value.contains(key)) continue;
    if (dependency.is_object()) check(dependency, value, path, mistakes);
    if (!dependency.is_array()) continue;
    for (const json& other : dependency) {
      if (!value.contains(other)) fail(key + " needs " + other.dump());
    }
  }
}

nlohmann::json to_json(const Node& node) {
  switch (node.kind) {
    case Node::Kind::Null:
      return nullptr;
    case Node::Kind::Sequence: {
      json array = json::array();
      for (const Node& item : node.items) array.push_back(to_json(item));
      return array;
    }
    case Node::Kind::Map: {
      json object = json::object();
      for (const Node::Entry& entry : node.entries) object[entry.key.text] = to_json(entry.value);
      return object;
    }
    case Node::Kind::Scalar:
      break;
  }
  static const std::regex kInteger("[-+]?[0-9]+");
  static const std::regex kHexadecimal("0x[0-9a-fA-F]+");
  static const std::regex kFloat("[-+]?[0-9]+[.][0-9]+");
  if (node.quote != '\0') return node.text;
  if (node.text == "true" || node.text == "false") return node.text == "true";
  if (std::regex_match(node.text, kInteger)) return std::stoll(node.text);
  if (std::regex_match(node.text, kHexadecimal)) return std::stoll(node.text, nullptr, 16);
  if (std::regex_match(node.text, kFloat)) return std::stod(node.text);
  return node.text;
}

}  // namespace tcprove::scenario
