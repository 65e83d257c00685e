#pragma once

#include <filesystem>
#include <functional>
#include <ostream>
#include <string>

namespace tcprove::base {

/// Writes a report to `path` through a file beside it, so that a full disk or a kill leaves either
/// the old report or the whole new one; makes the folders above it.
///
/// Errors: a sentence that names the path; empty where all was written.
std::string write_file(const std::filesystem::path& path,
                       const std::function<void(std::ostream&)>& write);

}  // namespace tcprove::base
