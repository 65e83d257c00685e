#include "harness/adapter/tun/echoes.hpp"

#include <algorithm>

#include "harness/wire/flags.hpp"

namespace tcprove::adapter::tun {
namespace {

using tcp::CallStatus;
using wire::Flag;

/// The handle of the first connection; there is a listener's before.
constexpr tcp::Handle kFirstHandle = 2;

}  // namespace

void Echoes::note_emission(const wire::Packet& packet) {
  const wire::Segment& segment = packet.segment;
  if (!packet.has_segment() || segment.ctl.has(Flag::Rst)) return;
  const wire::FourTuple tuple{.stack = {packet.source, segment.source_port},
                              .peer = {packet.destination, segment.destination_port}};
  auto known = std::ranges::find(connections_, tuple, &Connection::tuple);
  if (segment.ctl.has(Flag::Syn)) {
    if (known == connections_.end()) known = connections_.emplace(known);
    if (known->tuple != tuple || known->iss != segment.seq) {
      *known = {.tuple = tuple, .iss = segment.seq, .irs = segment.ack - 1, .octets = {}};
    }
    return;
  }
  if (known == connections_.end()) return;
  if (segment.ctl.has(Flag::Ack)) {
    known->acknowledged = wire::distance(known->irs + 1, segment.ack);
  }
  // Octets come in order; of what is sent again a part may be new.
  const std::size_t begin = wire::distance(known->iss + 1, segment.seq);
  const std::size_t end = begin + segment.payload.size();
  const std::size_t have = known->octets.size();
  if (begin > have || end < have) return;
  const wire::Octets fresh = segment.payload.subspan(have - begin);
  known->octets.insert(known->octets.end(), fresh.begin(), fresh.end());
  known->ended = known->ended || segment.ctl.has(Flag::Fin);
}

tcp::CallResult Echoes::accept() {
  const auto fresh = std::ranges::find_if(connections_, [](const Connection& connection) {
    return !connection.accepted && (!connection.octets.empty() || connection.ended);
  });
  if (fresh == connections_.end()) return {.status = CallStatus::Unsupported};
  fresh->accepted = true;
  return {.handle = kFirstHandle + static_cast<tcp::Handle>(fresh - connections_.begin()),
          .peer = fresh->tuple.peer};
}

tcp::CallResult Echoes::receive(tcp::Handle handle, std::span<std::uint8_t> buffer) {
  const std::size_t index = std::size_t{handle} - kFirstHandle;
  if (handle < kFirstHandle || index >= connections_.size()) {
    return {.status = CallStatus::NoConnection};
  }
  Connection& connection = connections_[index];
  const std::size_t size = std::min(buffer.size(), connection.octets.size() - connection.taken);
  if (size == 0) {
    const bool all = connection.ended && connection.acknowledged == connection.octets.size() + 1;
    return {.status = all ? CallStatus::EndOfStream : CallStatus::Unsupported};
  }
  std::copy_n(connection.octets.begin() + static_cast<std::ptrdiff_t>(connection.taken), size,
              buffer.begin());
  connection.taken += size;
  return {.octets = size};
}

}  // namespace tcprove::adapter::tun
