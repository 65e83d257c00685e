#pragma once

#include <filesystem>
#include <string_view>

namespace tcprove::cli {

/// Where the capture of the instance `id` lies: `textbook/close/x[ip=4]` →
/// `FOLDER/textbook/close/x[ip=4].pcapng`. Always below `folder`, also where `id` is that of a file
/// outside of specs/ and begins with `/` or climbs with `..`.
std::filesystem::path capture_path(const std::filesystem::path& folder, std::string_view id);

}  // namespace tcprove::cli
