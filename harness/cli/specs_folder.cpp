#include "harness/cli/specs_folder.hpp"

#include <iostream>
#include <system_error>

#include "harness/base/diagnostic.hpp"

namespace tcprove::cli {

namespace fs = std::filesystem;

fs::path specs_folder() {
  std::error_code error;
  const fs::path here = "specs";
  return fs::is_directory(here / "fragments", error) ? here : fs::path(TCPROVE_SPECS_DIR);
}

std::optional<scenario::Catalogue> read_catalogue() {
  base::Result<scenario::Catalogue> catalogue =
      scenario::load_catalogue(specs_folder() / "catalogue");
  if (catalogue) return std::move(catalogue.value());
  std::cerr << to_string(catalogue.error());
  return std::nullopt;
}

std::vector<std::string> or_everything(std::vector<std::string> selections) {
  if (selections.empty()) selections.push_back(specs_folder().string());
  return selections;
}

}  // namespace tcprove::cli
