#include "harness/adapter/tun/arrivals.hpp"

#include <gtest/gtest.h>
#include <linux/if_packet.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/wire/icmp.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::adapter::tun {
namespace {

constexpr PortRange kOurs{.first = 2000, .last = 2031};

class Arrivals : public testing::TestWithParam<wire::IpVersion> {
 protected:
  Arrivals() {
    const bool v4 = GetParam() == wire::IpVersion::V4;
    place.stack = {.address = *wire::parse_address(v4 ? "10.0.0.2" : "fd00::2"), .port = 7};
    place.peer = *wire::parse_address(v4 ? "10.0.0.3" : "fd00::3");
  }

  [[nodiscard]] std::vector<std::uint8_t> segment_to(std::uint16_t port) const {
    wire::Packet packet;
    packet.source = place.stack.address;
    packet.destination = place.peer;
    packet.segment.source_port = 7;
    packet.segment.destination_port = port;
    std::vector<std::uint8_t> octets;
    wire::encode(packet, {}, octets);
    return octets;
  }

  /// Of a segment from our `port`.
  [[nodiscard]] std::vector<std::uint8_t> error_about(std::uint16_t port) const {
    wire::Packet packet;
    packet.source = place.peer;
    packet.destination = place.stack.address;
    packet.segment.source_port = port;
    std::vector<std::uint8_t> quoted;
    wire::encode(packet, {}, quoted);
    std::vector<std::uint8_t> octets;
    wire::encode(wire::IcmpMessage{.source = place.stack.address,
                                   .destination = place.peer,
                                   .error = wire::IcmpError::PortUnreachable,
                                   .quoted = quoted},
                 octets);
    return octets;
  }

  Place place;
};

INSTANTIATE_TEST_SUITE_P(Ip, Arrivals, testing::Values(wire::IpVersion::V4, wire::IpVersion::V6));

TEST_P(Arrivals, AreOursFromTheStackToOurPorts) {
  EXPECT_FALSE(is_about(place, kOurs, segment_to(1999)));
  EXPECT_TRUE(is_about(place, kOurs, segment_to(2000)));
  EXPECT_TRUE(is_about(place, kOurs, segment_to(2031)));
  EXPECT_FALSE(is_about(place, kOurs, segment_to(2032)));
  std::swap(place.stack.address, place.peer);
  const auto from_another = segment_to(2000);
  std::swap(place.stack.address, place.peer);
  EXPECT_FALSE(is_about(place, kOurs, from_another));
  EXPECT_FALSE(is_about(place, kOurs, {}));
}

TEST_P(Arrivals, AreOursAsErrorsAboutOurPorts) {
  EXPECT_TRUE(is_about(place, kOurs, error_about(2000)));
  EXPECT_FALSE(is_about(place, kOurs, error_about(2032)));
}

/// Runs the program in the kernel, on a socket that takes any octets.
class Filter {
 public:
  Filter() {
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, ends_.data()), 0);
    // What is no packet socket has no type of packet; there the first two lines are not run.
    auto program = arrivals(kOurs);
    sock_fprog attached{.len = static_cast<unsigned short>(program.size() - 2),
                        .filter = program.data() + 2};
    EXPECT_EQ(setsockopt(ends_[1], SOL_SOCKET, SO_ATTACH_FILTER, &attached, sizeof attached), 0);
  }
  ~Filter() {
    for (const int end : ends_) close(end);
  }
  Filter(const Filter&) = delete;
  Filter& operator=(const Filter&) = delete;

  bool takes(wire::Octets octets) {
    send(ends_[0], octets.data(), octets.size(), 0);
    std::array<std::uint8_t, 2048> buffer;
    return recv(ends_[1], buffer.data(), buffer.size(), 0) > 0;
  }

 private:
  std::array<int, 2> ends_{};
};

TEST_P(Arrivals, WakeForOurPortsAndForWhatTheKernelCannotTell) {
  Filter filter;
  EXPECT_FALSE(filter.takes(segment_to(1999)));
  EXPECT_TRUE(filter.takes(segment_to(2000)));
  EXPECT_TRUE(filter.takes(segment_to(2031)));
  EXPECT_FALSE(filter.takes(segment_to(2032)));
  EXPECT_TRUE(filter.takes(error_about(2000)));
  std::vector<std::uint8_t> packet = segment_to(1999);
  const std::size_t protocol = GetParam() == wire::IpVersion::V4 ? 9 : 6;
  packet[protocol] = 17;  // UDP
  EXPECT_FALSE(filter.takes(packet));
  packet[0] = 0;  // ARP
  EXPECT_FALSE(filter.takes(packet));
}

TEST(ArrivalsFilter, WakesForPortsBehindIpv4Options) {
  std::vector<std::uint8_t> packet(44);
  packet[0] = 0x46;
  packet[9] = 6;
  packet[26] = 2000 >> 8;
  packet[27] = 2000 & 0xff;
  EXPECT_TRUE(Filter().takes(packet));
  packet[27] = 1999 & 0xff;
  EXPECT_FALSE(Filter().takes(packet));
  packet[7] = 1;  // A fragment past the first has no ports.
  EXPECT_TRUE(Filter().takes(packet));
}

}  // namespace
}  // namespace tcprove::adapter::tun
