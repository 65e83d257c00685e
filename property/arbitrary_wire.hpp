#pragma once

#include <cstdint>
#include <ostream>
#include <vector>

#include <rapidcheck.h>

#include "harness/wire/big_endian.hpp"
#include "harness/wire/options.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::wire {

using OctetVector = std::vector<std::uint8_t>;

inline void showValue(SeqNum s, std::ostream& out) { out << s.raw(); }

/// A packet that a well-behaved sender may send, with the octets that its views point to.
struct WellFormed {
  Packet head;          ///< Without options and payload.
  OctetVector options;  ///< Padded, at most 40.
  OctetVector payload;

  [[nodiscard]] Packet packet() const {
    Packet whole = head;
    whole.segment.options = options;
    whole.segment.payload = payload;
    return whole;
  }
  [[nodiscard]] OctetVector encoded() const {
    OctetVector octets;
    encode(packet(), {}, octets);
    return octets;
  }
  [[nodiscard]] std::size_t tcp_begin() const {
    return head.source.version == IpVersion::V4 ? kIpv4HeaderOctets : kIpv6HeaderOctets;
  }
};

inline void showValue(const WellFormed& sent, std::ostream& out) {
  out << to_string(sent.head.source) << " > " << to_string(sent.head.destination) << ' ';
  rc::show(sent.encoded(), out);
}

}  // namespace tcprove::wire

namespace rc {

/// Numbers next to where something wraps or changes sign are as likely as all others together.
template <>
struct Arbitrary<tcprove::wire::SeqNum> {
  static Gen<tcprove::wire::SeqNum> arbitrary() {
    return gen::map(
        gen::tuple(gen::element<std::uint32_t>(0, 0x7fffffff, 0x80000000, 0xffffffff),
                   gen::inRange(-3, 4), gen::arbitrary<std::uint32_t>(), gen::arbitrary<bool>()),
        [](const auto& drawn) {
          const auto& [edge, step, anywhere, at_edge] = drawn;
          const auto near = edge + static_cast<std::uint32_t>(step);
          return tcprove::wire::SeqNum(at_edge ? near : anywhere);
        });
  }
};

/// As it stands on the wire: known kinds and their right lengths are frequent.
inline Gen<tcprove::wire::OctetVector> option_octets() {
  using tcprove::wire::OctetVector;
  const auto kind =
      gen::weightedOneOf<std::uint8_t>({{4, gen::element<std::uint8_t>(2, 3, 4, 5, 8, 34)},
                                        {1, gen::inRange<std::uint8_t>(2, 255)}});
  const auto size =
      gen::weightedOneOf<std::size_t>({{4, gen::element<std::size_t>(0, 1, 2, 4, 8, 16, 24, 32)},
                                       {1, gen::inRange<std::size_t>(0, 39)}});
  return gen::mapcat(gen::pair(kind, size), [](const auto& drawn) {
    const auto [a_kind, a_size] = drawn;
    return gen::map(gen::container<OctetVector>(a_size, gen::arbitrary<std::uint8_t>()),
                    [a_kind = a_kind](OctetVector data) {
                      const auto length = static_cast<std::uint8_t>(data.size() + 2);
                      data.insert(data.begin(), {a_kind, length});
                      return data;
                    });
  });
}

/// A list of options that fits into a header, padded.
inline Gen<tcprove::wire::OctetVector> options_octets() {
  using tcprove::wire::OctetVector;
  const auto one =
      gen::weightedOneOf<OctetVector>({{1, gen::just(OctetVector{1})}, {3, option_octets()}});
  return gen::map(gen::container<std::vector<OctetVector>>(one), [](const auto& list) {
    OctetVector octets;
    for (const OctetVector& option : list) {
      if (octets.size() + option.size() <= 40)
        octets.insert(octets.end(), option.begin(), option.end());
    }
    octets.resize((octets.size() + 3) / 4 * 4);
    return octets;
  });
}

template <>
struct Arbitrary<tcprove::wire::IpAddress> {
  static Gen<tcprove::wire::IpAddress> of(tcprove::wire::IpVersion version) {
    const std::size_t size = version == tcprove::wire::IpVersion::V4 ? 4 : 16;
    return gen::map(
        gen::container<tcprove::wire::OctetVector>(size, gen::arbitrary<std::uint8_t>()),
        [version](const tcprove::wire::OctetVector& octets) {
          tcprove::wire::IpAddress address{.version = version};
          std::copy(octets.begin(), octets.end(), address.octets.begin());
          return address;
        });
  }
  static Gen<tcprove::wire::IpAddress> arbitrary() {
    return gen::oneOf(of(tcprove::wire::IpVersion::V4), of(tcprove::wire::IpVersion::V6));
  }
};

template <>
struct Arbitrary<tcprove::wire::WellFormed> {
  static Gen<tcprove::wire::WellFormed> arbitrary() {
    return gen::exec([] {
      namespace wire = tcprove::wire;
      wire::WellFormed sent;
      sent.head.source = *gen::arbitrary<wire::IpAddress>();
      sent.head.destination = *Arbitrary<wire::IpAddress>::of(sent.head.source.version);
      sent.head.hop_limit = *gen::arbitrary<std::uint8_t>();
      sent.head.traffic_class = *gen::arbitrary<std::uint8_t>();
      wire::Segment& segment = sent.head.segment;
      segment.source_port = *gen::arbitrary<std::uint16_t>();
      segment.destination_port = *gen::arbitrary<std::uint16_t>();
      segment.seq = *gen::arbitrary<wire::SeqNum>();
      segment.ack = *gen::arbitrary<wire::SeqNum>();
      segment.reserved = *gen::inRange<std::uint8_t>(0, 16);
      segment.ctl = wire::Flags::from_octet(*gen::arbitrary<std::uint8_t>());
      segment.wnd = *gen::arbitrary<std::uint16_t>();
      segment.up = *gen::arbitrary<std::uint16_t>();
      sent.options = *options_octets();
      sent.payload = *gen::arbitrary<wire::OctetVector>();
      return sent;
    });
  }
};

}  // namespace rc
