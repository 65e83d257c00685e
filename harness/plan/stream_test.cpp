#include "harness/plan/stream.hpp"

#include <array>
#include <cstddef>

#include <gtest/gtest.h>

namespace tcprove::plan {
namespace {

/// How many of the first 4,096 octets of two streams are alike; 16 on average if they are
/// unrelated.
std::size_t alike(Sender a, std::uint16_t connection_a, Sender b, std::uint16_t connection_b,
                  std::uint32_t shift) {
  std::size_t count = 0;
  for (std::uint32_t offset = 0; offset < 4096; ++offset) {
    if (stream_octet(a, connection_a, offset) == stream_octet(b, connection_b, offset + shift)) {
      ++count;
    }
  }
  return count;
}

constexpr std::size_t kUnrelatedMax = 48;

TEST(Stream, AShiftedStreamIsNoticed) {
  for (const std::uint32_t shift : {1U, 2U, 4U, 256U, 536U, 1460U, 65536U}) {
    EXPECT_LT(alike(Sender::Peer, 0, Sender::Peer, 0, shift), kUnrelatedMax) << shift;
  }
}

TEST(Stream, TheOtherSidesStreamIsNoticed) {
  EXPECT_LT(alike(Sender::Peer, 0, Sender::Stack, 0, 0), kUnrelatedMax);
}

TEST(Stream, AnotherConnectionsStreamIsNoticed) {
  for (std::uint16_t connection = 1; connection < 64; ++connection) {
    EXPECT_LT(alike(Sender::Peer, 0, Sender::Peer, connection, 0), kUnrelatedMax) << connection;
  }
}

TEST(Stream, FillingAgreesWithEachOctetAlone) {
  for (const std::uint32_t offset : {0U, 1U, 7U, 8U, 1459U, 0xfffffffaU}) {
    std::array<std::uint8_t, 40> filled{};
    fill_stream(Sender::Stack, 3, offset, filled);
    for (std::uint32_t i = 0; i < filled.size(); ++i) {
      EXPECT_EQ(filled.at(i), stream_octet(Sender::Stack, 3, offset + i)) << offset << "+" << i;
    }
  }
}

}  // namespace
}  // namespace tcprove::plan
