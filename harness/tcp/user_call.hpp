#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "harness/tcp/user_option.hpp"
#include "harness/wire/address.hpp"

namespace tcprove::tcp {

/// The user's calls (RFC 9293 section 3.9.1), non-blocking and cut as sockets cut them: OPEN is
/// `listen` and `accept`, or `connect`; CLOSE of the sending side alone is `shutdown`.
enum class CallKind : std::uint8_t {
  Listen,    ///< Passive OPEN on `local`'s port; answers a handle.
  Accept,    ///< Takes a connection that a listener's handle has ready; answers its handle.
  Connect,   ///< Active OPEN from `local` (port 0: the stack chooses) to `peer`; answers a handle.
  Send,      ///< SEND: hands over `octets`; answers how many were taken.
  Receive,   ///< RECEIVE: fills `buffer`; answers how many octets were put there.
  Shutdown,  ///< "I have no more data to send": a FIN after what is queued; receiving goes on.
  Close,     ///< CLOSE: as shutdown, and nothing will be received any more; the handle is gone.
  Abort,     ///< ABORT: RST; the handle is gone.
  Set,  ///< Sets `option` to `value`: on a connection, or, with a listener's handle or none, on the
        ///< connections that come of it or are opened from now on.
  Report,  ///< The oldest thing that the user was told without asking and has not taken yet.
  Urgent,  ///< Whether urgent octets are still to be received (MUST-33): Ok or WouldBlock.
};

inline constexpr std::size_t kCallKindCount = 11;
inline constexpr std::array<std::string_view, kCallKindCount> kCallNames{
    "listen", "accept", "connect", "send",   "receive", "shutdown",
    "close",  "abort",  "set",     "report", "urgent"};

constexpr std::string_view to_string(CallKind kind) {
  return kCallNames.at(static_cast<std::size_t>(kind));
}

/// What a call answered (RFC 9293 section 3.9.1 and 3.10's error texts).
enum class CallStatus : std::uint8_t {
  Ok,
  WouldBlock,             ///< Nothing to accept or receive, no room to send: ask again later.
  EndOfStream,            ///< RECEIVE after the peer's FIN and all octets before it.
  Reset,                  ///< "connection reset"
  Refused,                ///< "connection refused"
  TimedOut,               ///< "connection aborted due to user timeout"
  Closing,                ///< "connection closing"
  NoConnection,           ///< "connection does not exist", "connection not open"
  InsufficientResources,  ///< "insufficient resources"
  InvalidArgument,  ///< "connection illegal for this process", "remote socket unspecified", …
  Unsupported,      ///< The adapter cannot make this call; never an answer of the stack.
};

inline constexpr std::size_t kCallStatusCount = 11;
inline constexpr std::array<std::string_view, kCallStatusCount> kCallStatusNames{
    "ok",
    "would-block",
    "end-of-stream",
    "reset",
    "refused",
    "timed-out",
    "closing",
    "no-connection",
    "insufficient-resources",
    "invalid-argument",
    "unsupported"};

constexpr std::string_view to_string(CallStatus status) {
  return kCallStatusNames.at(static_cast<std::size_t>(status));
}

constexpr std::optional<CallStatus> parse_call_status(std::string_view name) {
  for (std::size_t i = 0; i < kCallStatusCount; ++i) {
    if (kCallStatusNames.at(i) == name) return static_cast<CallStatus>(i);
  }
  return std::nullopt;
}

/// A listener or connection as the adapter names it to us; never reused between two resets.
using Handle = std::uint32_t;
inline constexpr Handle kNoHandle = 0;

/// One call. Fields that the kind does not name are ignored.
///
/// Lifetime: `octets` and `buffer` need only live until the call returns.
struct UserCall {
  CallKind kind = CallKind::Listen;
  Handle handle = kNoHandle;  ///< accept: the listener's; send … abort: the connection's.
  wire::Endpoint local{};     ///< listen, connect.
  wire::Endpoint peer{};      ///< connect.
  std::span<const std::uint8_t> octets{};  ///< send.
  std::span<std::uint8_t> buffer{};        ///< receive.
  bool urgent = false;                     ///< send: the last of `octets` ends urgent data.
  UserOption option{};                     ///< set.
  std::int64_t value = 0;                  ///< set: as OptionValue says.
};

struct CallResult {
  CallStatus status = CallStatus::Ok;
  Handle handle = kNoHandle;  ///< listen, accept, connect.
  std::size_t octets = 0;     ///< send, receive: how many went over.
  tcp::Report report{};       ///< report, with Ok; WouldBlock where there is none.
  wire::Endpoint peer{};      ///< accept: who connected.
};

}  // namespace tcprove::tcp
