#include "harness/base/output_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

#include <fmt/format.h>
#include <unistd.h>

namespace tcprove::base {
namespace {

namespace fs = std::filesystem;

std::string failure(const fs::path& path) {
  return fmt::format("cannot write {}: {}", path.string(), std::strerror(errno));
}

/// Devices and pipes (`--json /dev/stdout`) are written to as they are.
bool is_replaceable(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  return !fs::exists(status) || fs::is_regular_file(status);
}

/// What a link leads to, which is replaced and not the link; else `path`.
fs::path behind_link(const fs::path& path) {
  std::error_code error;
  if (!fs::is_symlink(path, error)) return path;
  fs::path target = fs::canonical(path, error);
  return error ? path : target;
}

}  // namespace

std::string write_file(const fs::path& named, const std::function<void(std::ostream&)>& write) {
  std::error_code error;
  const bool replace = is_replaceable(named);
  const fs::path path = replace ? behind_link(named) : named;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), error);
  if (error) {
    return fmt::format("cannot make the folder {}: {}", path.parent_path().string(),
                       error.message());
  }
  fs::path beside = path;
  if (replace) beside += fmt::format(".{}.part", getpid());

  errno = 0;
  std::ofstream out(beside, std::ios::binary | std::ios::trunc);
  if (!out) return failure(path);
  write(out);
  out.close();
  if (!out) {
    std::string reason = failure(path);
    if (replace) fs::remove(beside, error);
    return reason;
  }
  if (!replace) return {};
  fs::rename(beside, path, error);
  if (!error) return {};
  std::string reason = fmt::format("cannot write {}: {}", path.string(), error.message());
  fs::remove(beside, error);
  return reason;
}

}  // namespace tcprove::base
