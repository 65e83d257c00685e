#include "harness/cli/misuse.hpp"

#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/base/spelling.hpp"

namespace tcprove::cli {
namespace {

std::string unknown(std::string_view kind, std::string_view word,
                    const std::vector<std::string>& known) {
  const std::vector<std::string_view> candidates(known.begin(), known.end());
  const std::string near = base::nearest(word, candidates);
  return fmt::format("unknown {} \"{}\"{}", kind, word,
                     near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near));
}

std::vector<std::string> long_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::string unknown_option(const CLI::App& app, std::span<const char* const> words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (word == "--") break;
    if (word.size() < 2 || word.front() != '-') continue;
    const bool is_long = word.starts_with("--");
    const std::string name(is_long ? word.substr(0, word.find('=')) : word.substr(0, 2));
    const CLI::Option* const option = app.get_option_no_throw(name);
    if (option == nullptr) return unknown("option", name, long_names(app));
    // `--seed -1`: the next word is a value, whatever it looks like.
    if (option->get_items_expected_max() > 0 && name.size() == word.size()) ++i;
  }
  return {};
}

}  // namespace

std::string unknown_word(const CLI::App& app, std::span<const char* const> words) {
  if (words.empty() || std::string_view(words[0]).starts_with('-')) {
    return unknown_option(app, words.first(words.empty() ? 0 : 1));
  }
  std::vector<std::string> commands;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (command->get_name() == words[0]) return unknown_option(*command, words.subspan(1));
    commands.push_back(command->get_name());
  }
  return unknown("command", words[0], commands);
}

}  // namespace tcprove::cli
