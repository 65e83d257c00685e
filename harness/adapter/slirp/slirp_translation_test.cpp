#include "harness/adapter/slirp/slirp_translation.hpp"

#include <gtest/gtest.h>

#include "harness/adapter/slirp/slirp_connections.hpp"
#include "harness/wire/flags.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::adapter::slirp {
namespace {

using enum wire::Flag;

const wire::IpAddress kOutside = *wire::parse_address("192.0.2.1");
const wire::IpAddress kGateway = *wire::parse_address("192.0.2.255");
const wire::Endpoint kPeer{.address = *wire::parse_address("192.0.2.2"), .port = 40000};

std::vector<std::uint8_t> packet(const wire::Endpoint& from, const wire::Endpoint& to,
                                 wire::Flags ctl) {
  wire::Packet packet;
  packet.source = from.address;
  packet.destination = to.address;
  packet.segment.source_port = from.port;
  packet.segment.destination_port = to.port;
  packet.segment.ctl = ctl;
  std::vector<std::uint8_t> octets;
  wire::encode(packet, {}, octets);
  return octets;
}

class SlirpTranslation : public testing::Test {
 protected:
  SlirpTranslation() {
    translation.clear(kOutside, kGateway);
    translation.expect(5000, kPeer);
  }

  wire::Endpoint source_of_a_syn_from(std::uint16_t inside_port) {
    std::vector<std::uint8_t> octets =
        packet({.address = kGateway, .port = inside_port}, kPeer, Syn);
    translation.outward(octets);
    const wire::Packet out = wire::decode(octets);
    EXPECT_TRUE(out.flaws.none()) << wire::to_string(out.flaws);
    return {.address = out.source, .port = out.segment.source_port};
  }

  wire::Endpoint destination_of_an_ack(std::size_t damaged = 0) {
    std::vector<std::uint8_t> octets = packet(kPeer, {.address = kOutside, .port = 5000}, Ack);
    if (damaged != 0) octets[damaged] ^= 0x55U;
    translation.inward(octets);
    const wire::Packet in = wire::decode(octets);
    EXPECT_EQ(in.flaws.none(), damaged == 0) << wire::to_string(in.flaws);
    return {.address = in.destination, .port = in.segment.destination_port};
  }

  Translation translation;
};

TEST_F(SlirpTranslation, LearnsThePortInsideFromTheSyn) {
  EXPECT_EQ(source_of_a_syn_from(33333), (wire::Endpoint{.address = kOutside, .port = 5000}));
  EXPECT_TRUE(translation.has_come());
  EXPECT_EQ(destination_of_an_ack(), (wire::Endpoint{.address = kGateway, .port = 33333}));
}

TEST_F(SlirpTranslation, LeavesAWrongChecksumWrong) {
  source_of_a_syn_from(33333);
  constexpr std::size_t kTcpChecksum = 36;
  EXPECT_EQ(destination_of_an_ack(kTcpChecksum).port, 33333);
}

TEST_F(SlirpTranslation, ForgetsASynThatDoesNotCome) {
  EXPECT_FALSE(translation.has_come());
  EXPECT_EQ(source_of_a_syn_from(33333).address, kGateway);
}

TEST_F(SlirpTranslation, SendsToTheListenerAgainOnceTheConnectionIsOver) {
  source_of_a_syn_from(33333);
  translation.end(5000, kPeer);
  EXPECT_EQ(destination_of_an_ack(), (wire::Endpoint{.address = kOutside, .port = 5000}));
}

TEST_F(SlirpTranslation, TakesTheLatestWhereAPortInsideIsGivenAgain) {
  source_of_a_syn_from(33333);
  translation.end(5000, kPeer);
  translation.expect(5001, kPeer);
  EXPECT_EQ(source_of_a_syn_from(33333).port, 5001);
  EXPECT_EQ(source_of_a_syn_from(33333).port, 5001) << "sent again";
}

TEST_F(SlirpTranslation, LeavesWhatIsNoTcpPacketAlone) {
  source_of_a_syn_from(33333);
  const std::vector<std::uint8_t> whole = packet(kPeer, {.address = kOutside, .port = 5000}, Ack);
  for (std::size_t size = 0; size < 24; ++size) {
    std::vector<std::uint8_t> octets(whole.begin(),
                                     whole.begin() + static_cast<std::ptrdiff_t>(size));
    const auto before = octets;
    translation.inward(octets);
    EXPECT_EQ(octets, before) << size << " octets";
  }
}

TEST(SlirpConnections, AreReadFromTheLinesThatTellOfThem) {
  std::string_view text =
      "  Protocol[State]    FD  Source Address  Port   Dest. Address  Port RecvQ SendQ\n"
      "  TCP[HOST_FORWARD]   9               *     0       192.0.2.2 40000     0     0\n"
      "  TCP[SYN_RCVD]      -1       192.0.2.2 40000       192.0.2.1     7     0     0\n"
      "  UDP[12 sec]         5       192.0.2.2 40000       192.0.2.1     7     0     0\n"
      "  TCP[TIME_WAIT]     11       192.0.2.2 40001       192.0.2.1     7     0     0\n";
  const auto first = next_connection(text);
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->state, tcp::State::SynReceived);
  EXPECT_EQ(first->descriptor, -1);
  EXPECT_EQ(first->source, kPeer);
  EXPECT_EQ(first->destination, (wire::Endpoint{.address = kOutside, .port = 7}));
  const auto second = next_connection(text);
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(second->state, tcp::State::TimeWait);
  EXPECT_EQ(second->descriptor, 11);
  EXPECT_EQ(next_connection(text), std::nullopt);
}

}  // namespace
}  // namespace tcprove::adapter::slirp
