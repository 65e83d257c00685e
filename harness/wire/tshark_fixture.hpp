#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "harness/base/virtual_time.hpp"
#include "harness/wire/options.hpp"
#include "harness/wire/packet_fixture.hpp"
#include "harness/wire/pcapng.hpp"

namespace tcprove::wire {

using OctetVector = std::vector<std::uint8_t>;

/// One packet of the capture; sent over IPv4 and over IPv6.
struct Sample {
  std::string comment;
  Flags ctl = Flag::Ack;
  std::vector<Option> options{};
  OctetVector payload{};
  Lies lies{};
  void (*edit)(Packet&) = [](Packet&) {};
};

std::vector<Sample> samples();

/// What one packet of the capture was written from, and what decode() reads in it.
struct Record {
  Sample sample;
  base::Instant at;
  PcapngWriter::Direction direction = PcapngWriter::Direction::ToStack;
  OctetVector octets;
  Packet packet;

  [[nodiscard]] bool v4() const { return packet.source.version == IpVersion::V4; }
};

/// A column of what tshark prints, and what we hold to be right there.
struct Field {
  const char* name;  ///< As tshark calls it.
  std::string (*expected)(const Record&);
};

std::span<const Field> fields();

}  // namespace tcprove::wire
