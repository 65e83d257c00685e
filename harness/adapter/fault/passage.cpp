#include "harness/adapter/fault/passage.hpp"

namespace tcprove::adapter::fault {

void Passage::add_option(const wire::Option& option) {
  constexpr std::size_t kOptionsOctetsMax = 40;
  constexpr std::size_t kWord = 4;
  std::vector<std::uint8_t> options(segment().options.begin(), segment().options.end());
  // What follows an EOL is padding, so the new one goes to the front.
  std::vector<std::uint8_t> added;
  wire::append(option, added);
  while (added.size() % kWord != 0) wire::append(wire::NoOperation{}, added);
  options.insert(options.begin(), added.begin(), added.end());
  if (options.size() <= kOptionsOctetsMax) change_options(options);
}

void Passage::flip_last_octet(std::uint8_t mask) {
  payload_.assign(segment().payload.begin(), segment().payload.end());
  payload_.back() = static_cast<std::uint8_t>(payload_.back() ^ mask);
  change().payload = payload_;
}

void Passage::say_one_octet() {
  payload_.assign(1, 0);
  change().payload = payload_;
}

wire::Packet Passage::empty_segment(wire::Flags ctl) const {
  wire::Packet packet;
  packet.source = flow.tuple.stack.address;
  packet.destination = flow.tuple.peer.address;
  packet.segment = {.source_port = flow.tuple.stack.port,
                    .destination_port = flow.tuple.peer.port,
                    .seq = flow.snd_nxt,
                    .ack = ctl.has(wire::Flag::Ack) ? flow.arrived : wire::SeqNum(),
                    .ctl = ctl,
                    .wnd = flow.told_wnd};
  return packet;
}

}  // namespace tcprove::adapter::fault
