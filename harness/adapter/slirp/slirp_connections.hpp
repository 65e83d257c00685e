#pragma once

#include <optional>
#include <string_view>

#include "harness/tcp/state.hpp"
#include "harness/wire/address.hpp"

namespace tcprove::adapter::slirp {

/// A line of what slirp_connection_info() tells of TCP.
struct ConnectionLine {
  tcp::State state = tcp::State::Closed;
  int descriptor = -1;      ///< Of the host's socket; -1 before there is one.
  wire::Endpoint source{};  ///< Of a connection that the application has opened, of no meaning.
  wire::Endpoint destination{};

  bool operator==(const ConnectionLine&) const = default;
};

/// Takes the next line off `text`; nothing once none is left. Other lines are passed over.
std::optional<ConnectionLine> next_connection(std::string_view& text);

}  // namespace tcprove::adapter::slirp
