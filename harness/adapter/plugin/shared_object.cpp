#include "harness/adapter/plugin/shared_object.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <string_view>

#include <dlfcn.h>
#include <fmt/format.h>

namespace tcprove::adapter::plugin {
namespace {

bool is_elf(const std::string& path) {
  constexpr std::string_view kMagic = "\177ELF";
  std::array<char, kMagic.size()> begin{};
  std::ifstream(path, std::ios::binary).read(begin.data(), begin.size());
  return std::string_view(begin.data(), begin.size()) == kMagic;
}

/// A stack's own functions win over those of the same name in this program and its libraries: an
/// author's lwIP must not be judged by calling the lwIP that is built in here. Sanitizers refuse
/// that kind of loading.
int how_to_load() {
  const bool sanitized = dlsym(RTLD_DEFAULT, "__asan_init") != nullptr ||
                         dlsym(RTLD_DEFAULT, "__tsan_init") != nullptr;
  return RTLD_NOW | RTLD_LOCAL | (sanitized ? 0 : RTLD_DEEPBIND);
}

}  // namespace

base::Result<SharedObject, AdapterError> SharedObject::open(const std::string& path) {
  if (!is_elf(path)) return AdapterError{"it is not a shared object"};
  std::error_code error;
  // A path without a slash would be looked for elsewhere.
  const std::string file = std::filesystem::absolute(path, error).string();
  void* const handle = dlopen(file.c_str(), how_to_load());
  if (handle != nullptr) return SharedObject(handle);
  std::string_view why = dlerror();
  const std::string prefix = file + ": ";
  if (why.starts_with(prefix)) why.remove_prefix(prefix.size());
  return AdapterError{fmt::format("it cannot be loaded: {}", why)};
}

void* SharedObject::symbol(const char* name) const { return dlsym(handle_.get(), name); }

void SharedObject::Close::operator()(void* handle) const { dlclose(handle); }

}  // namespace tcprove::adapter::plugin
