#include "harness/adapter/lwip/lwip_heap.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <memory>

#include <dlfcn.h>
#include <lwip/mem.h>
#include <sanitizer/asan_interface.h>

#include "harness/base/check.hpp"

namespace tcprove::adapter::lwip {
namespace {

/// What stands at the begin of a block; its user's octets begin in place of `next`, eight octets
/// into the block, as lwIP's MEM_ALIGNMENT wants.
struct Block {
  int size_class;
  alignas(8) Block* next;
};

/// To AddressSanitizer: a block's own octets are ours. All of it that no user has is nobody's, so
/// that what lwIP does past an end, or after a release, is seen.
void show(void* block) { ASAN_UNPOISON_MEMORY_REGION(block, sizeof(Block)); }

/// Blocks of 2^size_class octets, cut from one arena; a freed one waits in the list of its class.
class Heap {
 public:
  void* allocate(std::size_t octets) {
    if (octets > kLargest - offsetof(Block, next)) return nullptr;
    const std::size_t size = std::bit_ceil(std::max(octets + offsetof(Block, next), kSmallest));
    const int size_class = std::countr_zero(size);
    Block*& first_free = free_[static_cast<std::size_t>(size_class)];
    Block* block = first_free;
    if (block != nullptr) {
      show(block);
      first_free = block->next;
    } else if (size <= kHeapOctets - used_) {
      show(&arena_[used_]);
      block = new (&arena_[used_]) Block{.size_class = size_class, .next = nullptr};
      used_ += size;
    } else {
      return nullptr;
    }
    ASAN_POISON_MEMORY_REGION(&block->next, size - offsetof(Block, next));
    ASAN_UNPOISON_MEMORY_REGION(&block->next, octets);
    return &block->next;
  }

  void release(void* octets) {
    auto* const block =
        reinterpret_cast<Block*>(static_cast<std::byte*>(octets) - offsetof(Block, next));
    Block*& first_free = free_[static_cast<std::size_t>(block->size_class)];
    show(block);
    block->next = first_free;
    first_free = block;
    const std::size_t size = std::size_t{1} << static_cast<unsigned>(block->size_class);
    ASAN_POISON_MEMORY_REGION(&block->next, size - offsetof(Block, next));
  }

  void clear() {
    ASAN_POISON_MEMORY_REGION(arena_.get(), used_);
    free_.fill(nullptr);
    used_ = 0;
  }

 private:
  static constexpr std::size_t kSmallest = 32;
  static constexpr std::size_t kLargest = 128U << 10U;  // lwIP's packets have 16-bit lengths

  std::unique_ptr<std::byte[]> arena_ = std::make_unique_for_overwrite<std::byte[]>(kHeapOctets);
  std::size_t used_ = 0;
  std::array<Block*, std::countr_zero(kLargest) + 1> free_{};
};

Heap& heap() {
  static Heap the_one;
  return the_one;
}

}  // namespace

void clear_heap() { heap().clear(); }

}  // namespace tcprove::adapter::lwip

extern "C" {

void* mem_malloc(mem_size_t octets) { return tcprove::adapter::lwip::heap().allocate(octets); }

void mem_free(void* octets) { tcprove::adapter::lwip::heap().release(octets); }

}  // extern "C"

namespace tcprove::adapter::lwip {

void check_heap() {
  TCPROVE_CHECK(dlsym(RTLD_DEFAULT, "mem_malloc") == reinterpret_cast<void*>(&mem_malloc) &&
                    dlsym(RTLD_DEFAULT, "mem_free") == reinterpret_cast<void*>(&mem_free),
                "the linker did not export our heap to liblwip");
}

}  // namespace tcprove::adapter::lwip
