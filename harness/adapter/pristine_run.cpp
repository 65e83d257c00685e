#include "harness/adapter/pristine_run.hpp"

#include "harness/adapter/test_peer.hpp"

namespace tcprove::adapter {

Emissions taken(Outbox& outbox) {
  Emissions emissions;
  for (std::size_t i = 0; i < outbox.size(); ++i) {
    const wire::Octets packet = outbox.packet(i);
    emissions.emplace_back(outbox.at(i), std::vector<std::uint8_t>(packet.begin(), packet.end()));
  }
  outbox.clear();
  return emissions;
}

Emissions emissions_of_a_run(Adapter& stack, wire::IpVersion ip, std::uint64_t seed) {
  using namespace std::chrono_literals;
  using enum wire::Flag;
  stack.reset(pristine(ip, seed));
  TestPeer peer(stack, ip);
  const tcp::Handle connection = peer.establish(peer.listen());
  peer.send(Psh | Ack, {.seq = 1, .ack = 1, .data = "to the stack"});
  stack.advance(1s);
  peer.send_call(connection, std::string(5000, 'x'));
  peer.receive_call(connection);
  stack.advance(10s);
  peer.send(Ack, {.seq = 13, .ack = 5001});
  peer.call(tcp::CallKind::Close, connection);
  // The port is the stack's choice.
  stack.call({.kind = tcp::CallKind::Connect, .peer = peer.tuple().peer});
  stack.advance(1min);
  return taken(stack.outbox());
}

}  // namespace tcprove::adapter
