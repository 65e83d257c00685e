#include "harness/plan/words.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "harness/wire/options.hpp"

namespace tcprove::plan {
namespace {

using wire::OptionKind;

template <class T>
void add_field(std::string_view name, const std::optional<T>& value, std::string& text) {
  if (!value) return;
  text += ' ';
  text += name;
  text += '=';
  if constexpr (std::is_same_v<T, Expr>) {
    text += to_string(*value);
  } else {
    text += std::to_string(*value);
  }
}

std::string hex_of(const std::vector<std::uint8_t>& octets) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t octet : octets) {
    text += kDigits[octet >> 4U];
    text += kDigits[octet & 15U];
  }
  return text;
}

/// `mss 1460`, where the option has the data of its kind; nothing where it has not.
std::optional<std::string> name_and_value(const OptionText& option) {
  std::vector<std::uint8_t> octets{option.kind, static_cast<std::uint8_t>(option.data.size() + 2)};
  octets.insert(octets.end(), option.data.begin(), option.data.end());
  wire::OptionReader reader(octets);
  const std::optional<wire::Option> known = reader.next();
  if (!known || std::holds_alternative<wire::UnknownOption>(*known)) return std::nullopt;
  if (std::holds_alternative<wire::Sack>(*known)) return std::nullopt;
  return wire::to_string(*known, wire::SeqNum());
}

std::string to_string(const OptionText& option) {
  if (option.kind == static_cast<std::uint8_t>(OptionKind::NoOperation)) return "nop";
  if (option.kind == static_cast<std::uint8_t>(OptionKind::EndOfList)) return "eol";
  std::string text;
  if (!option.sack.empty()) {
    text = "sack";
    for (const auto& [left, right] : option.sack) {
      text += ' ' + to_string(left) + ':' + to_string(right);
    }
  } else if (const std::optional<std::string> named = name_and_value(option)) {
    text = *named;
    constexpr std::string_view kZero = " 0";
    if (option.echo && text.ends_with(kZero)) {
      text.resize(text.size() - kZero.size());
      text += " echo";
    }
  } else {
    text = "kind " + std::to_string(option.kind);
    if (!option.data.empty()) text += ' ' + hex_of(option.data);
  }
  if (option.length) text += " length " + std::to_string(*option.length);
  return text;
}

void add_address(std::string_view name, std::optional<SpecialAddress> address, std::string& text) {
  if (!address) return;
  text += ' ';
  text += name;
  text += '=';
  text += kSpecialAddressNames.at(static_cast<std::size_t>(*address));
}

/// `<kind 7 040000, kind 30>`.
std::string ip_options_to_string(const std::vector<OptionText>& options) {
  std::string text;
  for (const OptionText& option : options) {
    text += (text.empty() ? "<kind " : ", kind ") + std::to_string(option.kind);
    if (!option.data.empty()) text += ' ' + hex_of(option.data);
  }
  return text + '>';
}

/// `keep-alive-interval 10s`.
std::string setting_of(const Call& call) {
  const std::string name(tcp::to_string(call.option));
  if (!call.value) return name + " off";
  switch (tcp::facts(call.option).value) {
    case tcp::OptionValue::Switch:
      return name + " on";
    case tcp::OptionValue::Duration:
    case tcp::OptionValue::DurationOrOff:
      return name + ' ' + duration_to_string(*call.value);
    case tcp::OptionValue::Address:
      return name + ' ' +
             to_string(wire::ipv4_address(static_cast<std::uint32_t>(call.value->constant)));
    case tcp::OptionValue::Number:
      break;
  }
  return name + ' ' + to_string(*call.value);
}

}  // namespace

std::string to_string(const std::vector<OptionText>& options) {
  std::string text = "<";
  for (const OptionText& option : options)
    text += (text.size() > 1 ? ", " : "") + to_string(option);
  return text + '>';
}

std::string to_string(const SegmentText& s) {
  std::string text = wire::to_string(s.ctl);
  add_field("seq", s.seq, text);
  add_field("ack", s.ack, text);
  add_field("len", s.len, text);
  add_field("wnd", s.wnd, text);
  add_field("up", s.up, text);
  if (s.options) text += " options=" + to_string(*s.options);
  add_field("ttl", s.ttl, text);
  add_field("dscp", s.dscp, text);
  if (s.ecn) text += " ecn=" + std::string(kEcnNames.at(*s.ecn));
  if (s.ip_options) text += " ip-options=" + ip_options_to_string(*s.ip_options);
  add_address("from", s.from, text);
  add_address("to", s.to, text);
  if (s.checksum_bad) text += " checksum=bad";
  add_field("checksum", s.checksum, text);
  add_field("offset", s.data_offset, text);
  add_field("reserved", s.reserved, text);
  add_field("truncate", s.truncate_tcp, text);
  add_field("ip-length", s.ip_length, text);
  return text;
}

std::string to_string(const Call& call) {
  std::string text(tcp::to_string(call.kind));
  const bool counts = call.kind == tcp::CallKind::Send || call.kind == tcp::CallKind::Receive;
  if (counts && call.octets) text += ' ' + to_string(*call.octets);
  if (call.urgent) text += " urgent";
  if (call.kind == tcp::CallKind::Set) text += ' ' + setting_of(call);
  if (call.report) text += ' ' + std::string(tcp::to_string(*call.report));
  add_address("from", call.from, text);
  add_address("to", call.to, text);
  return text;
}

std::string to_string(const SendIcmp& icmp) {
  std::string text = "ICMP " + std::string(wire::to_string(icmp.error));
  add_field("seq", icmp.seq, text);
  add_field("mtu", icmp.mtu, text);
  return text;
}

std::string_view verb_of(const Send& send) {
  using Arrivals = std::vector<std::uint8_t>;
  if (send.sent.size() != 1) return "reorder";
  if (send.arrive == Arrivals{0}) return "send";
  if (send.arrive.empty()) return "lose";
  return send.arrive == Arrivals{0, 0} ? "duplicate" : "reorder";
}

std::string summary_of(const Step& step) {
  if (const auto* call = std::get_if<Call>(&step.action)) return "call: " + to_string(*call);
  if (const auto* wait = std::get_if<Wait>(&step.action)) {
    return "wait: " + duration_to_string(wait->duration);
  }
  if (const auto* icmp = std::get_if<SendIcmp>(&step.action)) return "send: " + to_string(*icmp);
  const auto* send = std::get_if<Send>(&step.action);
  if (send == nullptr) return step.text;
  std::string text = std::string(verb_of(*send)) + ": ";
  for (const SegmentText& segment : send->sent) {
    text += (&segment == &send->sent.front() ? "" : " | ") + to_string(segment);
  }
  if (verb_of(*send) != "reorder") return text;
  text += ", arrive:";
  for (const std::uint8_t index : send->arrive) text += ' ' + std::to_string(index + 1);
  return text;
}

}  // namespace tcprove::plan
