#include "harness/monitor/ladder_notation.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <sstream>
#include <vector>

#include "harness/wire/icmp.hpp"
#include "harness/wire/options.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::monitor {
namespace {

using base::Duration;
using trace::EventKind;
using wire::Flag;
using Fields = std::map<std::string, std::string>;

/// Thrown nowhere: a mistake is kept until the line is done.
class Reader {
 public:
  explicit Reader(Ladder& ladder) : ladder_(ladder) { connections(1); }

  void line(const std::string& text) {
    std::istringstream words(text);
    std::string first;
    words >> first;
    if (first.ends_with(":")) return directive(first, text.substr(text.find(':') + 1));
    if (step_ != trace::kNoStep) ++step_;
    at_ = base::Instant(duration(first));
    std::string rest;
    std::getline(words, rest);
    event(rest);
  }

  [[nodiscard]] const std::string& mistake() const { return mistake_; }

 private:
  /// How many octets of a connection the user handed over and got.
  struct Stream {
    std::uint32_t sent = 0;
    std::uint32_t read = 0;
  };

  void wrong(const std::string& why) {
    if (mistake_.empty()) mistake_ = why;
  }

  std::uint32_t number(std::string_view text) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) {
      wrong("not a number: " + std::string(text));
    }
    return value;
  }

  Duration duration(const std::string& text) {
    static const std::vector<std::pair<std::string, Duration>> kUnits{
        {"ms", std::chrono::milliseconds(1)},
        {"us", std::chrono::microseconds(1)},
        {"min", std::chrono::minutes(1)},
        {"h", std::chrono::hours(1)},
        {"s", std::chrono::seconds(1)}};
    for (const auto& [name, unit] : kUnits) {
      if (text.ends_with(name)) {
        return number(text.substr(0, text.size() - name.size())) * unit;
      }
    }
    wrong("not an instant: " + text);
    return {};
  }

  void connections(std::uint32_t count) {
    auto& all = ladder_.trace.connections;
    for (auto i = static_cast<std::uint16_t>(all.size()); i < count; ++i) {
      all.push_back(
          {.stack = {.address = address(1), .port = 7},
           .peer = {.address = address(2), .port = static_cast<std::uint16_t>(40000 + i)}});
    }
  }

  [[nodiscard]] wire::IpAddress address(std::uint8_t host) const {
    if (v6_) return {.version = wire::IpVersion::V6, .octets = {0x20, 1, 0xd, 0xb8, host}};
    return {.version = wire::IpVersion::V4, .octets = {192, 0, 2, host}};
  }

  void directive(const std::string& name, const std::string& value) {
    std::istringstream words(value);
    std::string word;
    if (name == "trips:") {
      words >> ladder_.trips;
    } else if (name == "facts:") {
      while (words >> word) fact(word);
    } else if (name == "given:") {
      words >> word;
      std::string rest;
      std::getline(words, rest);
      handshake(word, fields_of(rest));
    } else if (name == "stack-iss:") {
      words >> word;
      stack_iss_ = wire::SeqNum(number(word));
    } else if (name == "peer-iss:") {
      words >> word;
      peer_iss_ = wire::SeqNum(number(word));
    } else {
      wrong("no such directive: " + name);
    }
  }

  void fact(const std::string& word) {
    if (word == "capture") {
      ladder_.facts.complete = false;
    } else if (word == "no-challenge-ack") {
      ladder_.facts.challenge_ack = false;
    } else if (word == "states-told") {
      step_ = 0;
    } else if (word == "errors-told") {
      ladder_.facts.errors_told = true;
    } else if (word == "fast-open") {
      ladder_.facts.fast_open = true;
    } else if (word == "rack-tlp") {
      ladder_.facts.rack_tlp = true;
    } else if (word == "hystart") {
      ladder_.facts.hystart = true;
    } else if (word == "source-route") {
      ladder_.facts.source_route = true;
    } else if (word == "sack") {
      ladder_.facts.sack = true;
    } else if (word == "ecn") {
      ladder_.facts.ecn = true;
    } else if (word == "timestamps") {
      ladder_.facts.timestamps = true;
    } else if (word == "error-reports") {
      ladder_.facts.error_reports = true;
    } else if (word == "urgent-receive") {
      ladder_.facts.urgent_receive = true;
    } else if (word == "iss-planned") {
      ladder_.trace.iss_planned = true;
    } else if (word == "user-unseen") {
      ladder_.facts.user_seen = false;
    } else if (word.starts_with("msl=")) {
      ladder_.facts.msl = duration(word.substr(4));
    } else if (word == "ipv6") {
      v6_ = true;
      ladder_.trace.connections.clear();
      connections(1);
    } else if (word.starts_with("connections=")) {
      connections(number(word.substr(12)));
    } else {
      wrong("no such fact: " + word);
    }
  }

  void handshake(const std::string& role, Fields fields) {
    const std::string peer = fields.contains("peer") ? fields["peer"] : "<mss 1460>";
    const std::string stack = fields.contains("stack") ? fields["stack"] : "<mss 1460>";
    const std::string wnd = fields.contains("wnd") ? " wnd=" + fields["wnd"] : "";
    if (role == "passive") {
      event("call listen -> ok");
      event("> SYN seq=0 options=" + peer + wnd);
      event("< SYN,ACK seq=0 ack=1 options=" + stack);
      event("> ACK seq=1 ack=1" + wnd);
      event("call accept -> ok");
    } else if (role == "active") {
      event("call connect -> ok");
      event("< SYN seq=0 options=" + stack);
      event("> SYN,ACK seq=0 ack=1 options=" + peer + wnd);
      event("< ACK seq=1 ack=1");
    } else {
      wrong("given: passive or active");
    }
  }

  void event(std::string text) {
    text.erase(0, text.find_first_not_of(' '));
    connection_ = 0;
    if (text.starts_with("@")) {
      connection_ = static_cast<std::uint16_t>(number(text.substr(1, text.find(' ') - 1)));
      text.erase(0, text.find_first_not_of(' ', text.find(' ')));
    }
    std::istringstream words(text);
    std::string verb;
    words >> verb;
    std::string rest;
    std::getline(words, rest);
    static const std::map<std::string, EventKind> kPackets{{">", EventKind::Sent},
                                                           {">x", EventKind::Lost},
                                                           {"<", EventKind::Emitted},
                                                           {"<x", EventKind::Dropped}};
    if (const auto packet_kind = kPackets.find(verb); packet_kind != kPackets.end()) {
      segment(packet_kind->second, rest);
    } else if (verb == "call") {
      call(rest);
    } else if (verb == "state") {
      rest.erase(0, rest.find_first_not_of(' '));
      const auto state = tcp::parse_state(rest);
      if (!state) wrong("no such state: " + rest);
      append({.kind = EventKind::State, .state = state.value_or(tcp::State::Closed)}, {});
    } else if (verb == "wait") {
      append({.kind = EventKind::Waited}, {});
    } else {
      wrong("no such event: " + verb);
    }
  }

  void append(trace::Event event, wire::Octets octets) {
    event.at = at_;
    event.step = step_;
    event.connection = connection_;
    ladder_.trace.append(event, octets);
  }

  void call(const std::string& text) {
    const auto arrow = text.find("->");
    std::istringstream words(text.substr(0, arrow));
    std::string kind;
    words >> kind;
    const auto name = std::ranges::find(tcp::kCallNames, kind);
    if (name == tcp::kCallNames.end()) return wrong("no such call: " + kind);
    trace::Event event{.kind = EventKind::Called,
                       .call = static_cast<tcp::CallKind>(name - tcp::kCallNames.begin())};
    std::string rest;
    std::getline(words, rest);
    Fields offered = fields_of(rest);
    const std::uint32_t offered_size = offered.contains("len") ? number(offered["len"]) : 0;
    for (const auto& [option, value] : offered) setting(option, value, event);
    Stream& stream = streams_[connection_];
    append(event, payload(stack_iss_ + 1 + stream.sent, offered_size, offered.contains("data")));
    if (arrow == std::string::npos) return;
    std::istringstream answer(text.substr(arrow + 2));
    std::string result;
    answer >> result;
    std::getline(answer, rest);
    Fields got = fields_of(rest);
    const auto status = tcp::parse_call_status(result);
    if (!status) wrong("no such result: " + result);
    event.kind = EventKind::Answered;
    event.status = status.value_or(tcp::CallStatus::Ok);
    const bool sends = event.call == tcp::CallKind::Send;
    const bool took = sends && event.status == tcp::CallStatus::Ok;
    const std::uint32_t size = got.contains("len") ? number(got["len"]) : took ? offered_size : 0;
    if (size > offered_size && sends) wrong("SEND took more than there was");
    if (took) event.took = size;
    for (std::size_t i = 0; i < tcp::kReportCount; ++i) {
      if (got.contains("report") && got["report"] == tcp::kReportNames.at(i)) {
        event.report = static_cast<tcp::Report>(i);
      }
    }
    const std::uint32_t received = sends ? 0 : size;
    append(event, payload(peer_iss_ + 1 + stream.read, received, got.contains("data")));
    stream.sent += event.took;
    stream.read += received;
    // A new connection's octets count from its own SYN.
    if (event.call == tcp::CallKind::Connect || event.call == tcp::CallKind::Accept) stream = {};
  }

  void setting(const std::string& name, const std::string& value, trace::Event& event) {
    const auto option = tcp::parse_user_option(name);
    if (!option) return;
    event.option = *option;
    switch (tcp::facts(*option).value) {
      case tcp::OptionValue::Switch:
        event.value = value == "on" ? 1 : 0;
        return;
      case tcp::OptionValue::Duration:
      case tcp::OptionValue::DurationOrOff:
        event.value = value == "off" ? 0 : duration(value).count();
        return;
      case tcp::OptionValue::Number:
        event.value = number(value);
        return;
      case tcp::OptionValue::Address:
        event.value = wire::ipv4_octets(*wire::parse_address(value));
        return;
    }
  }

  /// `name=value` words; a value in <> may hold spaces.
  Fields fields_of(const std::string& text) {
    Fields fields;
    std::size_t at = 0;
    while ((at = text.find_first_not_of(' ', at)) != std::string::npos) {
      const std::size_t equal = text.find('=', at);
      if (equal == std::string::npos) {
        wrong("not a field: " + text.substr(at));
        break;
      }
      const bool angled = equal + 1 < text.size() && text[equal + 1] == '<';
      std::size_t end = text.find(angled ? '>' : ' ', equal);
      if (angled && end != std::string::npos) ++end;
      fields[text.substr(at, equal - at)] = text.substr(equal + 1, end - equal - 1);
      at = end;
    }
    return fields;
  }

  /// The stream's octets from `seq` on: a function of the number alone.
  std::vector<std::uint8_t> payload(wire::SeqNum seq, std::size_t size, bool other) {
    std::vector<std::uint8_t> octets(size);
    for (std::size_t i = 0; i < size; ++i) {
      const std::uint32_t n = seq.raw() + static_cast<std::uint32_t>(i);
      octets[i] = static_cast<std::uint8_t>((n * 2654435761U >> 24U) ^ (other ? 0x5aU : 0U));
    }
    return octets;
  }

  wire::Flags flags(const std::string& text) {
    static const std::map<std::string, Flag> kFlags{
        {"SYN", Flag::Syn}, {"ACK", Flag::Ack}, {"FIN", Flag::Fin}, {"RST", Flag::Rst},
        {"PSH", Flag::Psh}, {"URG", Flag::Urg}, {"ECE", Flag::Ece}, {"CWR", Flag::Cwr}};
    wire::Flags set;
    std::istringstream words(text);
    std::string name;
    while (std::getline(words, name, ',')) {
      const auto flag = kFlags.find(name);
      if (flag == kFlags.end()) {
        if (name != "none") wrong("no such flag: " + name);
      } else {
        set |= flag->second;
      }
    }
    return set;
  }

  std::vector<std::uint8_t> options(std::string text, wire::SeqNum sack_base) {
    std::vector<std::uint8_t> octets;
    if (text.starts_with("hex:")) {
      for (std::size_t i = 4; i + 1 < text.size(); i += 2) {
        octets.push_back(static_cast<std::uint8_t>(std::stoul(text.substr(i, 2), nullptr, 16)));
      }
      return octets;
    }
    std::ranges::replace(text, '<', ' ');
    std::ranges::replace(text, '>', ' ');
    std::istringstream list(text);
    std::string item;
    while (std::getline(list, item, ',')) {
      std::istringstream words(item);
      std::string name;
      std::string a;
      std::string b;
      words >> name >> a >> b;
      if (name == "mss") {
        wire::append(wire::MaximumSegmentSize{static_cast<std::uint16_t>(number(a))}, octets);
      } else if (name == "wscale") {
        wire::append(wire::WindowScale{static_cast<std::uint8_t>(number(a))}, octets);
      } else if (name == "sack-ok") {
        wire::append(wire::SackPermitted{}, octets);
      } else if (name == "sack") {
        std::istringstream blocks(item.substr(item.find("sack") + 4));
        wire::Sack sack;
        for (std::string block; blocks >> block && sack.count < sack.blocks.size();) {
          const auto colon = block.find(':');
          sack.blocks.at(sack.count++) = {.left = sack_base + number(block.substr(0, colon)),
                                          .right = sack_base + number(block.substr(colon + 1))};
        }
        wire::append(sack, octets);
      } else if (name == "ts") {
        wire::append(wire::Timestamps{.tsval = number(a), .tsecr = number(b)}, octets);
      } else if (name == "fast-open") {
        std::vector<std::uint8_t> cookie(a.size() / 2, 0xc0);
        if (!a.empty())
          cookie[0] = static_cast<std::uint8_t>(std::stoul(a.substr(0, 2), nullptr, 16));
        wire::append(wire::FastOpen{.cookie = cookie}, octets);
      } else if (name == "nop") {
        wire::append(wire::NoOperation{}, octets);
      } else if (!name.empty()) {
        wrong("no such option: " + name);
      }
    }
    return octets;
  }

  /// `NAME seq=N`: an error about the stack's segment that begins there.
  void icmp(const std::string& text) {
    std::istringstream words(text);
    std::string name;
    words >> name;
    std::string rest;
    std::getline(words, rest);
    Fields f = fields_of(rest);
    const auto known = std::ranges::find(wire::kIcmpErrorNames, name);
    if (known == wire::kIcmpErrorNames.end()) return wrong("no such ICMP error: " + name);
    const wire::FourTuple& tuple = ladder_.trace.connections.at(connection_);
    wire::Packet about{.source = tuple.stack.address, .destination = tuple.peer.address};
    about.segment.source_port = tuple.stack.port;
    about.segment.destination_port = tuple.peer.port;
    about.segment.seq = stack_iss_ + number(f["seq"]);
    std::vector<std::uint8_t> quoted;
    wire::encode(about, {}, quoted);
    std::vector<std::uint8_t> octets;
    wire::encode({.source = tuple.peer.address,
                  .destination = tuple.stack.address,
                  .error = static_cast<wire::IcmpError>(known - wire::kIcmpErrorNames.begin()),
                  .quoted = quoted},
                 octets);
    append({.kind = EventKind::Sent}, octets);
  }

  void segment(EventKind kind, const std::string& text) {
    std::istringstream words(text);
    std::string ctl;
    words >> ctl;
    std::string rest;
    std::getline(words, rest);
    Fields f = fields_of(rest);
    if (ctl == "ICMP") return icmp(rest);
    const bool to_stack = kind == EventKind::Sent || kind == EventKind::Lost;
    const wire::FourTuple& tuple = ladder_.trace.connections.at(connection_);
    const wire::Endpoint& from = to_stack ? tuple.peer : tuple.stack;
    const wire::Endpoint& to = to_stack ? tuple.stack : tuple.peer;
    const auto numbered = [&](const char* name, wire::SeqNum iss) {
      if (!f.contains(name)) return wire::SeqNum();
      if (f[name].starts_with("raw:")) return wire::SeqNum(number(f[name].substr(4)));
      return iss + number(f[name]);
    };
    const auto field = [&](const char* name, std::uint32_t otherwise) {
      return f.contains(name) ? number(f[name]) : otherwise;
    };
    wire::Packet packet{.source = from.address, .destination = to.address};
    packet.traffic_class = static_cast<std::uint8_t>(field("ecn", 0) | field("dscp", 0) << 2U);
    packet.hop_limit = static_cast<std::uint8_t>(field("ttl", 64));
    wire::Segment& s = packet.segment;
    s.source_port = from.port;
    s.destination_port = to.port;
    s.ctl = flags(ctl);
    // What a stack sends is pushed: few scenarios are about that.
    if (!to_stack && f.contains("len") && !f.contains("push")) s.ctl |= Flag::Psh;
    s.seq = numbered("seq", to_stack ? peer_iss_ : stack_iss_);
    s.ack = numbered("ack", to_stack ? stack_iss_ : peer_iss_);
    s.wnd = static_cast<std::uint16_t>(field("wnd", 65535));
    s.up = static_cast<std::uint16_t>(field("up", 0));
    s.reserved = static_cast<std::uint8_t>(field("reserved", 0));
    const auto data =
        payload(s.seq + (s.ctl.has(Flag::Syn) ? 1U : 0U), field("len", 0), f.contains("data"));
    s.payload = data;
    const auto option_octets = options(f["options"], to_stack ? stack_iss_ : peer_iss_);
    s.options = option_octets;
    const auto ip_options = options(f["ip-options"], stack_iss_);
    packet.ip_options = ip_options;
    if (f.contains("by")) packet.destination = *wire::parse_address(f["by"]);
    wire::Lies lies{.checksum_bad = f.contains("checksum")};
    if (f.contains("offset")) lies.data_offset = static_cast<std::uint8_t>(field("offset", 5));
    std::vector<std::uint8_t> octets;
    wire::encode(packet, lies, octets);
    append({.kind = kind}, octets);
  }

  Ladder& ladder_;
  bool v6_ = false;
  trace::StepIndex step_ = trace::kNoStep;
  base::Instant at_;
  trace::ConnectionIndex connection_ = 0;
  wire::SeqNum peer_iss_{1'000'000};
  wire::SeqNum stack_iss_{0xffff'fff0};  ///< Wraps soon, so that no rule compares raw numbers.
  std::map<trace::ConnectionIndex, Stream> streams_;
  std::string mistake_;
};

}  // namespace

Ladder parse_ladder(std::string_view text) {
  Ladder ladder;
  Reader reader(ladder);
  std::istringstream lines{std::string(text)};
  std::string line;
  for (int n = 1; std::getline(lines, line); ++n) {
    const std::size_t hash = line.find('#');
    if (hash == 0 && ladder.claim.empty()) ladder.claim = line.substr(1);
    line = line.substr(0, hash);
    if (line.find_first_not_of(' ') == std::string::npos) continue;
    reader.line(line);
    if (reader.mistake().empty()) continue;
    ladder.error = "line " + std::to_string(n) + ": " + reader.mistake();
    break;
  }
  return ladder;
}

}  // namespace tcprove::monitor
