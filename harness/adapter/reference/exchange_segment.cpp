#include "harness/adapter/reference/exchange_segment.hpp"

#include <algorithm>
#include <array>
#include <sstream>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "harness/adapter/reference/exchange.hpp"
#include "harness/base/check.hpp"
#include "harness/wire/icmp.hpp"
#include "harness/wire/options.hpp"

namespace tcprove::adapter::reference {
namespace {

using wire::Flag;
using wire::SeqNum;

constexpr std::array<std::pair<std::string_view, Flag>, 8> kFlags{{{"FIN", Flag::Fin},
                                                                   {"SYN", Flag::Syn},
                                                                   {"RST", Flag::Rst},
                                                                   {"PSH", Flag::Psh},
                                                                   {"ACK", Flag::Ack},
                                                                   {"URG", Flag::Urg},
                                                                   {"ECE", Flag::Ece},
                                                                   {"CWR", Flag::Cwr}}};

wire::Flags parse_flags(const std::string& text) {
  wire::Flags flags;
  std::istringstream names(text);
  for (std::string name; std::getline(names, name, ',');) {
    for (const auto& [known, flag] : kFlags) {
      if (name == known) flags |= flag;
    }
  }
  return flags;
}

/// `N` counts from `iss`; `#N` is raw.
SeqNum parse_number(const std::string& text, SeqNum iss) {
  if (text[0] == '#') return SeqNum(static_cast<std::uint32_t>(std::stoull(text.substr(1))));
  return iss + static_cast<std::uint32_t>(std::stoll(text));
}

std::string print_number(SeqNum number, SeqNum iss) {
  const std::uint32_t relative = wire::distance(iss, number);
  if (relative < 0x8000'0000U) return std::to_string(relative);
  return '#' + std::to_string(number.raw());
}

std::uint32_t parse_u32(const std::string& text) {
  return static_cast<std::uint32_t>(std::stoul(text, nullptr, 0));
}

void append_hex(const std::string& hex, std::vector<std::uint8_t>& out) {
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    out.push_back(static_cast<std::uint8_t>(std::stoul(hex.substr(i, 2), nullptr, 16)));
  }
}

/// Whether `key` is an option's; then it is appended.
bool append_option(const std::string& key, const std::string& value,
                   std::vector<std::uint8_t>& options) {
  if (key == "mss") {
    wire::append(wire::MaximumSegmentSize{static_cast<std::uint16_t>(parse_u32(value))}, options);
  } else if (key == "wscale") {
    wire::append(wire::WindowScale{static_cast<std::uint8_t>(parse_u32(value))}, options);
  } else if (key == "ts") {
    const std::size_t comma = value.find(',');
    wire::append(
        wire::Timestamps{.tsval = parse_u32(value), .tsecr = parse_u32(value.substr(comma + 1))},
        options);
  } else if (key == "opt") {
    append_hex(value, options);
  } else {
    return false;
  }
  return true;
}

}  // namespace

void ExchangeNumbers::set_ip(wire::IpVersion version) {
  const bool v4 = version == wire::IpVersion::V4;
  tuple = {
      .stack = {.address = *wire::parse_address(v4 ? "192.0.2.1" : "2001:db8::1"), .port = 7},
      .peer = {.address = *wire::parse_address(v4 ? "192.0.2.2" : "2001:db8::2"), .port = 40000}};
}

std::vector<std::uint8_t> ExchangeNumbers::encode(const std::string& line) {
  wire::Packet packet;
  packet.source = tuple.peer.address;
  packet.destination = tuple.stack.address;
  wire::Segment& seg = packet.segment;
  seg.source_port = tuple.peer.port;
  seg.destination_port = tuple.stack.port;
  seg.wnd = 65535;
  wire::Lies lies;
  std::vector<std::uint8_t> options;
  std::vector<std::uint8_t> ip_options;
  std::vector<std::uint8_t> text;

  std::istringstream words(line);
  std::string word;
  words >> word;
  seg.ctl = parse_flags(word);
  while (words >> word) {
    const std::size_t equals = word.find('=');
    const std::string key = word.substr(0, equals);
    const std::string value = word.substr(equals + 1);
    if (key == "seq") {
      seg.seq = parse_number(value, peer_iss);
    } else if (key == "ack") {
      seg.ack = parse_number(value, stack_iss);
    } else if (key == "len") {
      text.resize(parse_u32(value));
    } else if (key == "wnd") {
      seg.wnd = static_cast<std::uint16_t>(parse_u32(value));
    } else if (key == "up") {
      seg.up = static_cast<std::uint16_t>(parse_u32(value));
    } else if (key == "reserved") {
      seg.reserved = static_cast<std::uint8_t>(parse_u32(value));
    } else if (key == "checksum") {
      if (value == "bad") lies.checksum_bad = true;
      if (value == "zero") lies.checksum = std::uint16_t{0};
    } else if (key == "to") {
      packet.destination = *wire::parse_address(value);
    } else if (key == "ecn") {
      packet.traffic_class = static_cast<std::uint8_t>(parse_u32(value));
    } else if (key == "ip-opt") {
      append_hex(value, ip_options);
    } else {
      TCPROVE_CHECK(append_option(key, value, options), "a segment has a field of no meaning");
    }
  }
  const std::uint32_t first =
      wire::distance(peer_iss, seg.seq) + (seg.ctl.has(Flag::Syn) ? 1U : 0U);
  for (std::uint32_t i = 0; i < text.size(); ++i) text[i] = octet_at(first + i);
  packet.ip_options = ip_options;
  seg.options = options;
  seg.payload = text;
  wire::encode(packet, lies, packet_);
  return packet_;
}

std::vector<std::uint8_t> ExchangeNumbers::encode_icmp(const std::string& line) {
  wire::Packet about;
  about.source = tuple.stack.address;
  about.destination = tuple.peer.address;
  about.segment.source_port = tuple.stack.port;
  about.segment.destination_port = tuple.peer.port;
  wire::IcmpMessage message{.source = tuple.peer.address, .destination = tuple.stack.address};
  std::istringstream words(line);
  std::string word;
  words >> word;
  const auto name = std::ranges::find(wire::kIcmpErrorNames, word);
  TCPROVE_CHECK(name != wire::kIcmpErrorNames.end(), "an ICMP error of no meaning");
  message.error = static_cast<wire::IcmpError>(name - wire::kIcmpErrorNames.begin());
  while (words >> word) {
    if (word.starts_with("seq=")) about.segment.seq = parse_number(word.substr(4), stack_iss);
    if (word.starts_with("mtu=")) message.mtu = parse_u32(word.substr(4));
  }
  std::vector<std::uint8_t> quoted;
  wire::encode(about, {}, quoted);
  message.quoted = quoted;
  wire::encode(message, packet_);
  return packet_;
}

std::string ExchangeNumbers::describe(wire::Octets octets) const {
  const wire::Packet packet = wire::decode(octets);
  const wire::Segment& seg = packet.segment;
  std::string line = wire::to_string(seg.ctl);
  line += " seq=" + print_number(seg.seq, stack_iss);
  if (seg.ctl.has(Flag::Ack)) line += " ack=" + print_number(seg.ack, peer_iss);
  if (!seg.payload.empty()) {
    line += " len=" + std::to_string(seg.payload.size());
    const std::uint32_t first = wire::distance(stack_iss, seg.seq);
    bool right = true;
    for (std::uint32_t i = 0; i < seg.payload.size(); ++i) {
      right = right && seg.payload[i] == octet_at(first + i);
    }
    if (!right) line += '!';
  }
  if (seg.ctl.has(Flag::Urg)) line += " up=" + std::to_string(seg.up);
  if (show_wnd) line += " wnd=" + std::to_string(seg.wnd);
  if (packet.source != tuple.stack.address) line += " from=" + wire::to_string(packet.source);
  if (!packet.ip_options.empty()) {
    line += " to=" + wire::to_string(packet.destination) + " ip-opt=";
    for (const std::uint8_t octet : packet.ip_options) line += fmt::format("{:02x}", octet);
  }
  if (show_ip) {
    line += " ttl=" + std::to_string(packet.hop_limit) +
            " class=" + std::to_string(packet.traffic_class);
  }
  if (show_options && !seg.options.empty()) {
    line += " options=<" + wire::options_to_string(seg.options, peer_iss) + '>';
  }
  if (!packet.flaws.none()) line += " (" + wire::to_string(packet.flaws) + ')';
  return line;
}

}  // namespace tcprove::adapter::reference
