#pragma once

#include <filesystem>

#include "harness/base/result.hpp"
#include "harness/scenario/catalogue.hpp"
#include "harness/scenario/unproven_file.hpp"

namespace tcprove::cli {

/// Where it is listed what the score is known not to prove.
std::filesystem::path unproven_path();

/// Reads the list; a specs folder of somebody's own need not have one.
base::Result<scenario::UnprovenList> read_unproven(const scenario::Catalogue& catalogue);

/// Whether the score must prove the requirement: it has a number in RFC 9293, and something outside
/// can show it.
bool needs_proof(const scenario::Requirement& requirement);

}  // namespace tcprove::cli
