#include "harness/adapter/slirp/slirp_connections.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace tcprove::adapter::slirp {
namespace {

/// As libslirp spells them; HOST_FORWARD is no connection.
constexpr std::array<std::pair<std::string_view, tcp::State>, 11> kStates{
    {{"CLOSED", tcp::State::Closed},
     {"LISTEN", tcp::State::Listen},
     {"SYN_SENT", tcp::State::SynSent},
     {"SYN_RCVD", tcp::State::SynReceived},
     {"ESTABLISHED", tcp::State::Established},
     {"CLOSE_WAIT", tcp::State::CloseWait},
     {"FIN_WAIT_1", tcp::State::FinWait1},
     {"CLOSING", tcp::State::Closing},
     {"LAST_ACK", tcp::State::LastAck},
     {"FIN_WAIT_2", tcp::State::FinWait2},
     {"TIME_WAIT", tcp::State::TimeWait}}};

std::string_view take_word(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  const std::string_view word = line.substr(0, line.find(' '));
  line.remove_prefix(word.size());
  return word;
}

template <class Number>
Number take_number(std::string_view& line) {
  const std::string_view word = take_word(line);
  Number number{};
  std::from_chars(word.data(), word.data() + word.size(), number);
  return number;
}

wire::Endpoint take_endpoint(std::string_view& line) {
  const auto address = wire::parse_address(take_word(line));
  return {.address = address.value_or(wire::IpAddress{}), .port = take_number<std::uint16_t>(line)};
}

}  // namespace

std::optional<ConnectionLine> next_connection(std::string_view& text) {
  constexpr std::string_view kBegin = "TCP[";
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    std::string_view name = take_word(line);
    if (!name.starts_with(kBegin) || !name.ends_with(']')) continue;
    name = name.substr(kBegin.size(), name.size() - kBegin.size() - 1);
    const auto* const state =
        std::ranges::find(kStates, name, &decltype(kStates)::value_type::first);
    if (state == kStates.end()) continue;
    ConnectionLine connection{.state = state->second};
    connection.descriptor = take_number<int>(line);
    connection.source = take_endpoint(line);
    connection.destination = take_endpoint(line);
    return connection;
  }
  return std::nullopt;
}

}  // namespace tcprove::adapter::slirp
