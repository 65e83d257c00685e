#include <fmt/format.h>

#include "harness/wire/tshark_fixture.hpp"

namespace tcprove::wire {
namespace {

std::string hex(Octets octets) {
  std::string text;
  for (const std::uint8_t octet : octets) text += fmt::format("{:02x}", octet);
  return text;
}

/// What `print` makes of each option of type T, comma separated, as tshark does.
template <class T, class Print>
std::string each(const Record& record, Print print) {
  std::string text;
  OptionReader reader(record.packet.segment.options);
  while (const std::optional<Option> option = reader.next()) {
    if (const T* found = std::get_if<T>(&*option)) {
      if (!text.empty()) text += ',';
      text += print(*found);
    }
  }
  return text;
}

std::string edges(const Record& record, SeqNum Sack::Block::*edge) {
  return each<Sack>(record, [edge](const Sack& sack) {
    std::string text;
    for (std::size_t i = 0; i < sack.count; ++i) {
      text += fmt::format("{}{}", i == 0 ? "" : ",", (sack.blocks[i].*edge).raw());
    }
    return text;
  });
}

std::string kinds(const Record& record) {
  std::string text;
  OptionReader reader(record.packet.segment.options);
  while (const std::optional<Option> option = reader.next()) {
    text += fmt::format("{}{}", text.empty() ? "" : ",", kind_of(*option));
  }
  return text;
}

const Field kFields[] = {
    {"frame.comment", [](const Record& r) { return r.sample.comment; }},
    {"frame.time_epoch",
     [](const Record& r) {
       const auto count = r.at.time_since_epoch().count();
       return fmt::format("{}.{:09}", count / 1'000'000'000, count % 1'000'000'000);
     }},
    {"frame.packet_flags_direction",
     [](const Record& r) { return fmt::format("0x{:08x}", static_cast<unsigned>(r.direction)); }},
    {"ip.src", [](const Record& r) { return r.v4() ? to_string(r.packet.source) : ""; }},
    {"ip.dst", [](const Record& r) { return r.v4() ? to_string(r.packet.destination) : ""; }},
    {"ip.ttl", [](const Record& r) { return r.v4() ? fmt::format("{}", r.packet.hop_limit) : ""; }},
    {"ip.dsfield",
     [](const Record& r) { return r.v4() ? fmt::format("0x{:02x}", r.packet.traffic_class) : ""; }},
    {"ip.len", [](const Record& r) { return r.v4() ? fmt::format("{}", r.octets.size()) : ""; }},
    {"ip.checksum.status",
     [](const Record& r) -> std::string {
       return !r.v4() ? "" : r.packet.flaws.has(Flaw::IpChecksum) ? "0" : "1";
     }},
    {"ipv6.src", [](const Record& r) { return r.v4() ? "" : to_string(r.packet.source); }},
    {"ipv6.dst", [](const Record& r) { return r.v4() ? "" : to_string(r.packet.destination); }},
    {"ipv6.hlim",
     [](const Record& r) { return r.v4() ? "" : fmt::format("{}", r.packet.hop_limit); }},
    {"ipv6.tclass",
     [](const Record& r) { return r.v4() ? "" : fmt::format("0x{:08x}", r.packet.traffic_class); }},
    {"ipv6.plen",
     [](const Record& r) { return r.v4() ? "" : fmt::format("{}", r.octets.size() - 40); }},
    {"tcp.srcport",
     [](const Record& r) { return fmt::format("{}", r.packet.segment.source_port); }},
    {"tcp.dstport",
     [](const Record& r) { return fmt::format("{}", r.packet.segment.destination_port); }},
    {"tcp.seq_raw", [](const Record& r) { return fmt::format("{}", r.packet.segment.seq.raw()); }},
    {"tcp.ack_raw", [](const Record& r) { return fmt::format("{}", r.packet.segment.ack.raw()); }},
    {"tcp.hdr_len",
     [](const Record& r) { return fmt::format("{}", 4 * r.packet.segment.data_offset); }},
    {"tcp.flags",
     [](const Record& r) {
       return fmt::format("0x{:02x}{:02x}", r.packet.segment.reserved,
                          r.packet.segment.ctl.octet());
     }},
    {"tcp.window_size_value",
     [](const Record& r) { return fmt::format("{}", r.packet.segment.wnd); }},
    {"tcp.checksum",
     [](const Record& r) { return fmt::format("0x{:04x}", r.packet.segment.checksum); }},
    {"tcp.checksum.status",
     [](const Record& r) -> std::string {
       return r.packet.flaws.has(Flaw::TcpChecksum) ? "0" : "1";
     }},
    {"tcp.urgent_pointer", [](const Record& r) { return fmt::format("{}", r.packet.segment.up); }},
    {"tcp.options", [](const Record& r) { return hex(r.packet.segment.options); }},
    {"tcp.option_kind", kinds},
    {"tcp.options.mss_val",
     [](const Record& r) {
       return each<MaximumSegmentSize>(r, [](const auto& o) { return std::to_string(o.octets); });
     }},
    {"tcp.options.wscale.shift",
     [](const Record& r) {
       return each<WindowScale>(r, [](const auto& o) { return std::to_string(o.shift); });
     }},
    {"tcp.options.timestamp.tsval",
     [](const Record& r) {
       return each<Timestamps>(r, [](const auto& o) { return std::to_string(o.tsval); });
     }},
    {"tcp.options.timestamp.tsecr",
     [](const Record& r) {
       return each<Timestamps>(r, [](const auto& o) { return std::to_string(o.tsecr); });
     }},
    {"tcp.options.sack_le", [](const Record& r) { return edges(r, &Sack::Block::left); }},
    {"tcp.options.sack_re", [](const Record& r) { return edges(r, &Sack::Block::right); }},
    {"tcp.options.tfo.cookie",
     [](const Record& r) {
       return each<FastOpen>(r, [](const auto& o) { return hex(o.cookie); });
     }},
    {"tcp.len", [](const Record& r) { return fmt::format("{}", r.packet.segment.payload.size()); }},
    {"tcp.payload", [](const Record& r) { return hex(r.packet.segment.payload); }},
};

}  // namespace

std::span<const Field> fields() { return kFields; }

}  // namespace tcprove::wire
