#include "harness/smoke/bench.hpp"

#include <fmt/format.h>

#include "harness/base/check.hpp"
#include "harness/scenario/loader.hpp"

namespace tcprove::smoke {
namespace {

using tcp::Capability;

constexpr std::string_view kPassiveOpening =
    "  - call: listen\n"
    "  - send: SYN seq=0\n"
    "  - expect: SYN,ACK seq=0 ack=1\n"
    "  - send: ACK seq=1 ack=1\n";
constexpr std::string_view kActiveOpening =
    "  - call: connect\n"
    "  - expect: SYN seq=0\n"
    "  - send: SYN,ACK seq=0 ack=1\n"
    "  - expect: ACK seq=1 ack=1\n";

bool has_key(std::string_view head, std::string_view key) {
  return head.starts_with(key) || head.find(fmt::format("\n{}", key)) != std::string_view::npos;
}

}  // namespace

std::string_view Bench::role() const {
  return claims(Capability::PassiveOpen) || !claims(Capability::ActiveOpen) ? "passive" : "active";
}

engine::Outcome Bench::play(std::string_view head, std::string_view steps) {
  std::string text(head);
  if (!has_key(head, "ip:")) {
    const bool v4 = claims(Capability::Ipv4) || !claims(Capability::Ipv6);
    text += fmt::format("ip: {}\n", v4 ? 4 : 6);
  }
  if (!has_key(head, "role:")) text += fmt::format("role: {}\n", role());
  const bool passive = text.find("role: passive") != std::string::npos;
  text += fmt::format("steps:\n{}{}", passive ? kPassiveOpening : kActiveOpening, steps);
  auto read = scenario::Loader({}).read(text, "smoke.yaml");
  TCPROVE_CHECK(read.ok(), "an exchange of our own cannot be read");
  plan::Plan plan = read.value().plan(read.value().instances.front());
  plan.needs = {};  // What is not claimed is tried as well.
  return player_.play(plan, kSeed);
}

engine::Outcome Bench::play_everything() {
  std::string steps;
  if (claims(Capability::UserSend)) {
    // The first is never acknowledged until it was sent again.
    steps +=
        "  - {call: send 300, result: any}\n"
        "  - wait: 20s\n"
        "  - send: ACK ack=SND.NXT\n";
  }
  steps +=
      "  - send: ACK len=100\n"
      "  - wait: 700ms\n"
      "  - send: ACK seq=PEER.NXT+50 len=10\n";
  if (claims(Capability::UserReceive)) steps += "  - {call: receive 1000, result: any}\n";
  if (claims(Capability::UserClose)) steps += "  - {call: close, result: any}\n";
  steps +=
      "  - wait: 3s\n"
      "  - send: FIN,ACK ack=SND.NXT\n"
      "  - wait: 10min\n";
  return play("", steps);
}

engine::Outcome Bench::leave_a_mess() {
  std::string steps;
  if (claims(Capability::UserSend)) steps += "  - {call: send 2000, result: any}\n";
  steps +=
      "  - send: ACK seq=PEER.NXT+1000 len=100\n"
      "  - send: ACK len=300 wnd=0\n"
      "  - wait: 2500ms\n"
      "  - send: SYN seq=5000\n"
      "    on: half-open\n";
  return play("connections: {a: , half-open: }\n", steps);
}

std::string words_of(const engine::Outcome& outcome) {
  if (outcome.kind != engine::Outcome::Kind::Failed) return outcome.reason;
  return fmt::format("expected {}; got {}", outcome.mismatch->expected, outcome.mismatch->actual);
}

}  // namespace tcprove::smoke
