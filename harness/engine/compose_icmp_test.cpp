#include "harness/engine/compose_icmp.hpp"

#include <gtest/gtest.h>

#include "harness/wire/icmp.hpp"

namespace tcprove::engine {
namespace {

/// A connection on which the stack has sent its SYN, 1000, and ten octets.
class ComposeIcmp : public testing::TestWithParam<wire::IpVersion> {
 protected:
  ComposeIcmp() {
    plan_.ip = GetParam();
    const bool v4 = plan_.ip == wire::IpVersion::V4;
    tuple_.stack = {.address = *wire::parse_address(v4 ? "192.0.2.1" : "2001:db8::1"), .port = 7};
    tuple_.peer = {.address = *wire::parse_address(v4 ? "192.0.2.2" : "2001:db8::2"), .port = 9};
    view_.restart(wire::SeqNum(1), std::nullopt);
    view_.stack_emitted({.seq = wire::SeqNum(1000), .ctl = wire::Flag::Syn});
  }

  wire::IcmpMessage compose(const plan::SendIcmp& icmp, wire::Octets latest = {}) {
    compose_icmp(icmp, {numbering_, view_, tuple_, latest}, octets_);
    const auto message = wire::decode_icmp(octets_);
    EXPECT_TRUE(message.has_value());
    return message.value_or(wire::IcmpMessage{});
  }

  wire::SeqNum quoted_seq(const plan::SendIcmp& icmp, wire::Octets latest = {}) {
    const auto quoted = wire::quoted_segment(compose(icmp, latest).quoted);
    EXPECT_TRUE(quoted && quoted->source == tuple_.stack && quoted->destination == tuple_.peer);
    return quoted ? quoted->seq : wire::SeqNum(0);
  }

  std::vector<std::uint8_t> emitted(wire::SeqNum seq) {
    const std::vector<std::uint8_t> data(10);
    wire::Packet packet;
    packet.source = tuple_.stack.address;
    packet.destination = tuple_.peer.address;
    packet.segment = {.source_port = 7, .destination_port = 9, .seq = seq, .payload = data};
    std::vector<std::uint8_t> octets;
    wire::encode(packet, {}, octets);
    return octets;
  }

  plan::Plan plan_;
  wire::FourTuple tuple_;
  ConnectionView view_;
  Numbering::Times times_{};
  Numbering numbering_{plan_, view_, times_};
  std::vector<std::uint8_t> octets_;
};

TEST_P(ComposeIcmp, QuotesWhatTheStackSentLast) {
  const auto latest = emitted(wire::SeqNum(1234));
  EXPECT_EQ(quoted_seq({}, latest), wire::SeqNum(1234));
}

TEST_P(ComposeIcmp, QuotesTheSequenceNumberThatIsNamed) {
  const auto latest = emitted(wire::SeqNum(1234));
  EXPECT_EQ(quoted_seq({.seq = plan::Expr{.constant = 5}}, latest), wire::SeqNum(1005));
}

TEST_P(ComposeIcmp, QuotesASegmentThatMightHaveBeenWhereThereIsNone) {
  EXPECT_EQ(quoted_seq({}), wire::SeqNum(1001)) << "past the SYN";
}

TEST_P(ComposeIcmp, SaysWhichErrorAndMtu) {
  const auto message =
      compose({.error = wire::IcmpError::FragmentationNeeded, .mtu = plan::Expr{.constant = 1300}});
  EXPECT_EQ(message.error, wire::IcmpError::FragmentationNeeded);
  EXPECT_EQ(message.mtu, 1300U);
  EXPECT_EQ(message.source, tuple_.peer.address);
  EXPECT_EQ(message.destination, tuple_.stack.address);
}

INSTANTIATE_TEST_SUITE_P(BothVersions, ComposeIcmp,
                         testing::Values(wire::IpVersion::V4, wire::IpVersion::V6));

}  // namespace
}  // namespace tcprove::engine
