#include "harness/adapter/reference/isn_rfc6528.hpp"

#include <gtest/gtest.h>

namespace tcprove::adapter::reference {
namespace {

wire::FourTuple tuple(std::uint16_t peer_port) {
  return {.stack = {.address = *wire::parse_address("192.0.2.1"), .port = 7},
          .peer = {.address = *wire::parse_address("192.0.2.2"), .port = peer_port}};
}

TEST(InitialSequenceNumber, AdvancesEveryFourMicroseconds) {
  const wire::SeqNum now = initial_sequence_number(tuple(1), base::Instant(), 1);
  const base::Instant later(std::chrono::seconds(1));
  EXPECT_EQ(wire::distance(now, initial_sequence_number(tuple(1), later, 1)), 250'000U);
}

TEST(InitialSequenceNumber, DiffersByTupleAndSecret) {
  const wire::SeqNum one = initial_sequence_number(tuple(1), base::Instant(), 1);
  EXPECT_NE(one, initial_sequence_number(tuple(2), base::Instant(), 1));
  EXPECT_NE(one, initial_sequence_number(tuple(1), base::Instant(), 2));
}

}  // namespace
}  // namespace tcprove::adapter::reference
