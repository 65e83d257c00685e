#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "harness/adapter/reference/stack.hpp"

namespace tcprove::adapter::reference {

/// Plays an exchange with a pristine stack and answers it as it went, for tests to compare.
///
/// A line is a stimulus: `> SEGMENT` from the peer, `icmp ERROR seq=N mtu=N`, a call (`listen
/// connect accept send N urgent N receive N shutdown close abort unlisten`), `wait D`; a question:
/// `= STATE`, `urgent?`, `reports?`, `deadline?`; a setting (`ip 6`, `iss N|own`, `peer ADDRESS`,
/// `local ADDRESS`, `keep-alive D`, `user-timeout D`, `set OPTION N`, `show wnd|options|ip`); or a
/// `#` comment. What the stack emits stands below it as
/// `< SEGMENT`, after a `wait` with the time since it began: `< +1s SEGMENT`. Lines of `text` that
/// begin with `<` are what the test expects, and are not played. Calls answer `-> RESULT` where it
/// is not simply ok.
///
/// A segment is `FLAGS seq=N ack=N len=N up=N wnd=N`, its options `mss=N wscale=N ts=VAL,ECR
/// opt=HEX`, `reserved=N`, `checksum=bad|zero`, `to=ADDRESS`, `ecn=N` and `ip-opt=HEX`. Numbers
/// count from each side's ISS, `#N` is raw. Text is octet_at() of its place; text of the stack that
/// is not prints as `len=N!`.
std::string play(std::string_view text, std::optional<Fault> fault = std::nullopt);

/// The octet of either stream at `offset` octets past the SYN's number.
constexpr std::uint8_t octet_at(std::uint32_t offset) {
  return static_cast<std::uint8_t>(offset * 7 + (offset >> 8U) * 31 + 1);
}

}  // namespace tcprove::adapter::reference
