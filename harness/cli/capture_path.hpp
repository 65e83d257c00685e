#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace tcprove::cli {

/// Where the capture of the instance `id` lies: `textbook/close/x[ip=4]` →
/// `FOLDER/textbook/close/x[ip=4].pcapng`. Always below `folder`, also where `id` is that of a file
/// outside of specs/ and begins with `/` or climbs with `..`.
std::filesystem::path capture_path(const std::filesystem::path& folder, std::string_view id);

/// Below which folder the captures of `targets[index]` lie: `folder` itself where it is the only
/// one, else one named as the target, with `_` for what a name cannot hold, and for each target
/// another.
std::filesystem::path capture_folder(const std::filesystem::path& folder,
                                     std::span<const std::string> targets, std::size_t index);

/// The address of `folder` as a page at `file` links to it: relative, percent-encoded, ending in a
/// slash.
std::string address_from(const std::filesystem::path& file, const std::filesystem::path& folder);

}  // namespace tcprove::cli
