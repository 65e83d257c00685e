#include "harness/adapter/lwip/lwip_library.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include <link.h>
#include <lwip/priv/tcp_priv.h>

#include "harness/adapter/lwip/lwip_environment.hpp"
#include "harness/adapter/lwip/lwip_heap.hpp"
#include "harness/base/check.hpp"

namespace tcprove::adapter::lwip {
namespace {

using Octets = std::span<std::byte>;

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kWithAddressSanitizer = true;
#elif defined(__has_feature)
constexpr bool kWithAddressSanitizer = __has_feature(address_sanitizer);
#else
constexpr bool kWithAddressSanitizer = false;
#endif

/// Between the variables of a library that was built with AddressSanitizer lie octets that nobody
/// may touch, least of all by a function that looks.
[[maybe_unused]] __attribute__((no_sanitize("address", "undefined"))) void copy_unseen(
    std::span<const std::byte> from, std::byte* to) {
  using Word = std::uint64_t __attribute__((may_alias));
  const auto* const words = reinterpret_cast<const Word*>(from.data());
  auto* const out = reinterpret_cast<volatile Word*>(to);  // Else it is made a memcpy().
  const std::size_t count = from.size() / sizeof(Word);
  for (std::size_t i = 0; i < count; ++i) out[i] = words[i];
  for (std::size_t i = count * sizeof(Word); i < from.size(); ++i) {
    reinterpret_cast<volatile std::byte*>(to)[i] = from[i];
  }
}

void copy(std::span<const std::byte> from, std::byte* to) {
  if constexpr (kWithAddressSanitizer) {
    copy_unseen(from, to);
  } else {
    std::memcpy(to, from.data(), from.size());
  }
}

/// Where the dynamic linker put the library.
struct Mapping {
  Octets all;
  Octets variables;  ///< Writable, less what the linker made read-only after relocation.
};

Octets octets_at(ElfW(Addr) begin, ElfW(Addr) end) {
  return {reinterpret_cast<std::byte*>(begin), end - begin};  // NOLINT(performance-no-int-to-ptr)
}

Mapping mapping_of(const dl_phdr_info& object) {
  ElfW(Addr) first = UINTPTR_MAX;
  ElfW(Addr) last = 0;
  ElfW(Addr) variables_begin = 0;
  ElfW(Addr) variables_end = 0;
  ElfW(Addr) read_only_end = 0;
  for (const ElfW(Phdr) & segment : std::span(object.dlpi_phdr, object.dlpi_phnum)) {
    const ElfW(Addr) begin = object.dlpi_addr + segment.p_vaddr;
    const ElfW(Addr) end = begin + segment.p_memsz;
    if (segment.p_type == PT_GNU_RELRO) read_only_end = end;
    if (segment.p_type != PT_LOAD) continue;
    first = std::min(first, begin);
    last = std::max(last, end);
    if ((segment.p_flags & PF_W) == 0) continue;
    variables_begin = begin;
    variables_end = end;
  }
  return {.all = octets_at(first, last),
          .variables = octets_at(std::max(variables_begin, read_only_end), variables_end)};
}

bool contains(Octets octets, const void* address) {
  const std::less_equal<const void*> not_after;
  return not_after(octets.data(), address) && !not_after(octets.data() + octets.size(), address);
}

/// The one whose functions we call, of several that a process may hold.
int find_library(dl_phdr_info* object, std::size_t, void* found) {
  const Mapping mapping = mapping_of(*object);
  if (!contains(mapping.all, reinterpret_cast<const void*>(&tcp_input))) return 0;
  *static_cast<Mapping*>(found) = mapping;
  return 1;
}

/// The library as it was before anyone called it.
struct Pristine {
  Mapping mapping;
  std::vector<std::byte> variables;

  Pristine() {
    TCPROVE_CHECK(dl_iterate_phdr(find_library, &mapping) == 1, "liblwip is not loaded");
    // A program that is not position-independent would have been given copies of its own.
    TCPROVE_CHECK(contains(mapping.variables, &tcp_active_pcbs),
                  "lwIP's variables lie outside of liblwip");
    variables.resize(mapping.variables.size());
    copy(mapping.variables, variables.data());
    check_environment();
    check_heap();
  }
};

const Pristine& pristine() {
  static const Pristine the_one;
  return the_one;
}

}  // namespace

void restore_library() {
  const Pristine& was = pristine();
  copy(was.variables, was.mapping.variables.data());
  clear_heap();
}

bool is_library_code(const void* address) { return contains(pristine().mapping.all, address); }

}  // namespace tcprove::adapter::lwip
