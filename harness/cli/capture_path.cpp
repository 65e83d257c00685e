#include "harness/cli/capture_path.hpp"

namespace tcprove::cli {

namespace fs = std::filesystem;

fs::path capture_path(const fs::path& folder, std::string_view id) {
  fs::path path = folder;
  for (const fs::path& part : fs::path(id).relative_path()) path /= part == ".." ? "_" : part;
  path += ".pcapng";
  return path;
}

}  // namespace tcprove::cli
