#include "harness/cli/capture_path.hpp"

#include <algorithm>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace tcprove::cli {

namespace fs = std::filesystem;

fs::path capture_path(const fs::path& folder, std::string_view id) {
  fs::path path = folder;
  for (const fs::path& part : fs::path(id).relative_path()) path /= part == ".." ? "_" : part;
  path += ".pcapng";
  return path;
}

namespace {

/// Up to where names of files may be long everywhere.
constexpr std::size_t kNameOctetsMax = 100;

std::string folder_name(std::string_view target) {
  std::string name(target.substr(0, kNameOctetsMax));
  std::ranges::replace_if(
      name, [](unsigned char c) { return c == '/' || c == ':' || c < 0x20; }, '_');
  if (name.find_first_not_of('.') == std::string::npos) std::ranges::replace(name, '.', '_');
  return name;
}

}  // namespace

fs::path capture_folder(const fs::path& folder, std::span<const std::string> targets,
                        std::size_t index) {
  if (targets.size() == 1) return folder;
  std::vector<std::string> taken;
  for (const std::string& target : targets.first(index + 1)) {
    const std::string name = folder_name(target);
    std::string free = name;
    for (int n = 2; std::ranges::find(taken, free) != taken.end(); ++n) {
      free = fmt::format("{}_{}", name, n);
    }
    taken.push_back(std::move(free));
  }
  return folder / taken.back();
}

std::string address_from(const fs::path& file, const fs::path& folder) {
  std::error_code error;
  const fs::path from = fs::weakly_canonical(fs::absolute(file), error).parent_path();
  const fs::path to = fs::weakly_canonical(fs::absolute(folder), error);
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
  std::string address;
  for (const char c : to.lexically_relative(from).generic_string()) {
    if (kPlain.find(c) != std::string_view::npos) {
      address += c;
    } else {
      address += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return address == "." ? "./" : address + "/";
}

}  // namespace tcprove::cli
