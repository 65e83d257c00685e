#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/scenario/catalogue.hpp"

namespace tcprove::cli {

/// The specs that go with this run: below the working directory where it has a `specs/` of
/// tcprove's, else those that this binary was built with.
std::filesystem::path specs_folder();

/// The catalogue of specs_folder(); empty, with what is wrong on standard error, where it cannot be
/// read.
std::optional<scenario::Catalogue> read_catalogue();

/// `selections`, or all of specs_folder() where there are none.
std::vector<std::string> or_everything(std::vector<std::string> selections);

}  // namespace tcprove::cli
