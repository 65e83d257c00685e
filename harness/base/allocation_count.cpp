#include "harness/base/allocation_count.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

#include "harness/base/check.hpp"

namespace {

std::atomic<std::size_t> count{0};

void* counted(std::size_t size) noexcept {
  ++count;
  return std::malloc(size == 0 ? 1 : size);
}

void* counted_or_abort(std::size_t size) {
  void* const memory = counted(size);
  TCPROVE_CHECK(memory != nullptr, "out of memory");
  return memory;
}

}  // namespace

namespace tcprove::base {

std::size_t allocation_count() { return count; }

}  // namespace tcprove::base

// Every form is replaced, as a sanitizer's own would be found mismatched with free(); over-aligned
// memory has its own pair of operators and is not counted.
void* operator new(std::size_t size) { return counted_or_abort(size); }
void* operator new[](std::size_t size) { return counted_or_abort(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return counted(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return counted(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
