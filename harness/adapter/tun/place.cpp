#include "harness/adapter/tun/place.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "harness/adapter/claims.hpp"
#include "harness/base/spelling.hpp"

namespace tcprove::adapter::tun {
namespace {

constexpr std::string_view kForm = "tun:DEVICE,stack=ADDR,peer=ADDR,port=N,app=echo|discard";
/// As many as a name of an interface has at most (IFNAMSIZ, less its end).
constexpr std::size_t kDeviceOctetsMax = 15;

using Trouble = std::optional<std::string>;

Trouble read_address(std::string_view text, wire::IpAddress& address) {
  const auto parsed = wire::parse_address(text);
  if (!parsed) return fmt::format("\"{}\" is neither an IPv4 nor an IPv6 address", text);
  address = *parsed;
  return std::nullopt;
}

Trouble read_stack(std::string_view text, Place& place) {
  return read_address(text, place.stack.address);
}

Trouble read_peer(std::string_view text, Place& place) { return read_address(text, place.peer); }

Trouble read_port(std::string_view text, Place& place) {
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, place.stack.port);
  if (error == std::errc() && stop == end && place.stack.port != 0) return std::nullopt;
  return fmt::format("\"{}\" is not a port from 1 to 65535", text);
}

Trouble read_app(std::string_view text, Place& place) {
  if (text != "echo" && text != "discard") {
    return fmt::format("\"{}\" is neither echo (RFC 862) nor discard (RFC 863)", text);
  }
  place.service = text == "echo" ? Service::Echo : Service::Discard;
  return std::nullopt;
}

/// What a stack has or has not, whoever its user is.
bool is_of_the_stack(tcp::Capability capability) {
  using enum tcp::Capability;
  constexpr std::array kOfTheStack{WindowScale, Timestamps, SackPermitted, ChallengeAck, PathMtu,
                                   Ecn,         RackTlp,    HyStart,       SourceRoute};
  return std::ranges::find(kOfTheStack, capability) != kOfTheStack.end();
}

Trouble read_offers(std::string_view text, Place& place) {
  for (;;) {
    const std::size_t plus = text.find('+');
    const std::string_view name = text.substr(0, plus);
    tcp::Capabilities claimed;
    if (const auto unknown = claim(name, claimed)) return unknown->message;
    if (!is_of_the_stack(*tcp::parse_capability(name))) {
      return fmt::format("\"{}\" takes a user whom we can call, or a clock in our hands", name);
    }
    place.offers.add(*tcp::parse_capability(name));
    if (plus == text.npos) return std::nullopt;
    text.remove_prefix(plus + 1);
  }
}

struct Key {
  std::string_view name;
  Trouble (*read)(std::string_view value, Place& place);
  bool is_needed = true;
};

constexpr std::array kKeys{Key{"stack", read_stack}, Key{"peer", read_peer}, Key{"port", read_port},
                           Key{"app", read_app}, Key{"offers", read_offers, false}};

Trouble unknown_key(std::string_view name) {
  std::array<std::string_view, kKeys.size()> names;
  std::ranges::transform(kKeys, names.begin(), &Key::name);
  const std::string near = base::nearest(name, names);
  return fmt::format("there is no \"{}\" in {}{}", name, kForm,
                     near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near));
}

/// One `name=value` of the target; `given` are the keys of those before it.
Trouble read_part(std::string_view part, std::array<bool, kKeys.size()>& given, Place& place) {
  const std::size_t equals = part.find('=');
  const std::string_view name = part.substr(0, equals);
  const auto key = std::ranges::find(kKeys, name, &Key::name);
  if (key == kKeys.end()) return unknown_key(name);
  if (equals == part.npos) return fmt::format("{} has no value", name);
  if (std::exchange(given.at(static_cast<std::size_t>(key - kKeys.begin())), true)) {
    return fmt::format("{} is given twice", name);
  }
  const Trouble wrong = key->read(part.substr(equals + 1), place);
  return wrong ? fmt::format("{}: {}", name, *wrong) : wrong;
}

Trouble whole(const Place& place, const std::array<bool, kKeys.size()>& given) {
  if (place.device.empty()) return fmt::format("it names no device: {}", kForm);
  if (place.device.size() > kDeviceOctetsMax) {
    return fmt::format("\"{}\" is longer than a device's name may be", place.device);
  }
  for (std::size_t i = 0; i < kKeys.size(); ++i) {
    if (kKeys.at(i).is_needed && !given.at(i)) {
      return fmt::format("it lacks {}=: {}", kKeys.at(i).name, kForm);
    }
  }
  if (place.stack.address.version != place.peer.version) {
    return fmt::format("stack={} and peer={} are of two IP versions",
                       to_string(place.stack.address), to_string(place.peer));
  }
  if (place.stack.address == place.peer) return "stack and peer have one address";
  return std::nullopt;
}

/// Whether the first `bits` of `address` are those of `network`.
bool begins(const wire::IpAddress& address, std::string_view network, std::size_t bits) {
  const auto of = wire::parse_address(network);
  if (!of || of->version != address.version) return false;
  for (std::size_t bit = 0; bit < bits; ++bit) {
    const auto differing =
        static_cast<unsigned>(address.octets.at(bit / 8) ^ of->octets.at(bit / 8));
    if ((differing >> (7 - bit % 8) & 1U) != 0) return false;
  }
  return true;
}

}  // namespace

base::Result<Place, std::string> read_place(std::string_view target) {
  std::string_view rest = target.substr(kPrefix.size());
  Place place;
  std::array<bool, kKeys.size()> given{};
  const std::size_t comma = rest.find(',');
  place.device = rest.substr(0, comma);
  Trouble wrong;
  while (!wrong && rest.find(',') != rest.npos) {
    rest.remove_prefix(rest.find(',') + 1);
    wrong = read_part(rest.substr(0, rest.find(',')), given, place);
  }
  if (!wrong) wrong = whole(place, given);
  if (wrong) return fmt::format("{}: {}", target, *wrong);
  return place;
}

bool is_private(const wire::IpAddress& address) {
  struct Network {
    std::string_view address;
    std::size_t bits;
  };
  constexpr std::array<Network, 8> kPrivate{{
      {"127.0.0.0", 8},
      {"169.254.0.0", 16},
      {"10.0.0.0", 8},
      {"172.16.0.0", 12},
      {"192.168.0.0", 16},
      {"::1", 128},
      {"fe80::", 10},
      {"fc00::", 7},
  }};
  return std::ranges::any_of(kPrivate, [&](const Network& network) {
    return begins(address, network.address, network.bits);
  });
}

std::optional<std::string> strange_address(const Place& place) {
  for (const wire::IpAddress& address : {place.stack.address, place.peer}) {
    if (is_private(address)) continue;
    return fmt::format(
        "{} is neither loopback nor link-local nor private: broken segments are for stacks that "
        "are yours",
        to_string(address));
  }
  return std::nullopt;
}

}  // namespace tcprove::adapter::tun
