#include "fuzz/caught_abort.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include <dlfcn.h>
#include <sys/mman.h>
#include <unistd.h>

namespace tcprove::fuzz {
namespace {

struct KnownAbort {};

const std::function<bool(const std::string&)>* g_is_known = nullptr;  ///< While a play runs.

/// A file in memory that takes the place of standard output, where stacks print why they abort.
int printed() {
  static const int file = [] {
    const int made = memfd_create("printed", MFD_CLOEXEC);
    dup2(made, STDOUT_FILENO);
    return made;
  }();
  return file;
}

std::string take_printed() {
  std::fflush(stdout);
  std::array<char, 400> text{};
  const ssize_t size = pread(printed(), text.data(), text.size(), 0);
  if (ftruncate(printed(), 0) == 0) lseek(printed(), 0, SEEK_SET);
  return {text.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
}

}  // namespace

/// Takes the place of the C library's abort() in this program and in the stacks that it loads. By
/// its own name the compiler would know that it throws nothing.
[[noreturn]] void abort_or_give_up() __asm__("abort");

void abort_or_give_up() {
  if (g_is_known != nullptr) {
    const std::string text = take_printed();
    if ((*g_is_known)(text)) throw KnownAbort();
    std::fprintf(stderr, "%s\n", text.c_str());
  }
  static auto* const libc_abort = reinterpret_cast<void (*)()>(dlsym(RTLD_NEXT, "abort"));
  libc_abort();
  __builtin_unreachable();
}

bool survives(const std::function<void()>& play,
              const std::function<bool(const std::string&)>& is_known) {
  (void)printed();
  g_is_known = &is_known;
  bool survived = true;
  try {
    play();
  } catch (const KnownAbort&) {
    survived = false;
  }
  g_is_known = nullptr;
  return survived;
}

}  // namespace tcprove::fuzz
