#include "harness/adapter/reference/isn_rfc6528.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <span>
#include <vector>

namespace tcprove::adapter::reference {
namespace {

/// SipHash's state (Aumasson and Bernstein, 2012).
class SipHash {
 public:
  SipHash(std::uint64_t k0, std::uint64_t k1)
      : v_{k0 ^ 0x736f6d6570736575U, k1 ^ 0x646f72616e646f6dU, k0 ^ 0x6c7967656e657261U,
           k1 ^ 0x7465646279746573U} {}

  void add(std::uint64_t word) {
    v_[3] ^= word;
    rounds(2);
    v_[0] ^= word;
  }

  std::uint64_t finish() {
    v_[2] ^= 0xff;
    rounds(4);
    return v_[0] ^ v_[1] ^ v_[2] ^ v_[3];
  }

 private:
  void rounds(int count) {
    for (int i = 0; i < count; ++i) {
      v_[0] += v_[1];
      v_[1] = std::rotl(v_[1], 13) ^ v_[0];
      v_[0] = std::rotl(v_[0], 32);
      v_[2] += v_[3];
      v_[3] = std::rotl(v_[3], 16) ^ v_[2];
      v_[0] += v_[3];
      v_[3] = std::rotl(v_[3], 21) ^ v_[0];
      v_[2] += v_[1];
      v_[1] = std::rotl(v_[1], 17) ^ v_[2];
      v_[2] = std::rotl(v_[2], 32);
    }
  }

  std::array<std::uint64_t, 4> v_;
};

/// The last word carries the length in its top octet, so that no two inputs give the same words.
void add_octets(std::span<const std::uint8_t> octets, SipHash& hash) {
  std::uint64_t word = 0;
  std::size_t filled = 0;
  for (const std::uint8_t octet : octets) {
    word |= std::uint64_t{octet} << (8 * filled);
    if (++filled < 8) continue;
    hash.add(word);
    word = 0;
    filled = 0;
  }
  hash.add(word | (static_cast<std::uint64_t>(octets.size()) << 56U));
}

void append(const wire::Endpoint& endpoint, std::vector<std::uint8_t>& out) {
  out.insert(out.end(), endpoint.address.octets.begin(), endpoint.address.octets.end());
  out.push_back(static_cast<std::uint8_t>(endpoint.port >> 8U));
  out.push_back(static_cast<std::uint8_t>(endpoint.port & 0xffU));
}

}  // namespace

std::uint64_t keyed_hash(const wire::FourTuple& tuple, std::uint64_t secret) {
  std::vector<std::uint8_t> octets;
  append(tuple.stack, octets);
  append(tuple.peer, octets);
  SipHash hash(secret, ~secret * 0x9e3779b97f4a7c15U);
  add_octets(octets, hash);
  return hash.finish();
}

wire::SeqNum initial_sequence_number(const wire::FourTuple& tuple, base::Instant now,
                                     std::uint64_t secret) {
  const auto ticks = now.time_since_epoch() / std::chrono::microseconds(4);
  return wire::SeqNum(
      static_cast<std::uint32_t>(static_cast<std::uint64_t>(ticks) + keyed_hash(tuple, secret)));
}

}  // namespace tcprove::adapter::reference
