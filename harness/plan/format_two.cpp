#include "harness/plan/format_two.hpp"

#include <algorithm>
#include <array>

#include "harness/plan/octet_tables.hpp"
#include "harness/plan/plan_octets.hpp"
#include "harness/plan/record_layout.hpp"
#include "harness/plan/step_octets.hpp"

namespace tcprove::plan {
namespace {

using namespace record;

// Places of both headers; what stood between the last two said nothing.
constexpr std::size_t kStackIssAt = 2;
constexpr std::size_t kPeerIssAt = 3;
constexpr std::size_t kPeerWndAt = 5;
constexpr std::size_t kSwarmAt = 7;
constexpr std::size_t kUnusedAt = 9;
constexpr std::size_t kPeerPiecesAt = 10;
constexpr std::size_t kPieces = std::tuple_size_v<decltype(OptionOctets::pieces)>;

// Where an octet's meaning depended on how long a table was.
constexpr std::uint8_t kInitialNumbers = 10;
constexpr std::uint8_t kPeerWindows = 10;
constexpr std::uint8_t kIpFields = 15;
constexpr std::uint8_t kSettings = 9;
constexpr std::uint8_t kWholePieces = 54;

constexpr std::uint8_t kPlaceBits = 0xc1;

void rewrite_pieces(std::uint8_t* pieces, bool whole) {
  for (std::size_t i = 0; i < kPieces; ++i) {
    if (whole || pieces[i] < OptionOctets::kBrokenPieceFrom) pieces[i] %= kWholePieces;
  }
}

void rewrite(std::uint8_t* record, bool whole) {
  record[kPlaceAt] &= kPlaceBits;
  const std::uint8_t verb = record[kVerbAt];
  if (verb < kWaitFrom) {
    rewrite_pieces(record + kPiecesAt, whole);
    std::uint8_t& fields = record[kIpFieldsAt];
    if (fields < kIpFieldsFrom) return;
    fields = static_cast<std::uint8_t>(kIpFieldsFrom + (fields - kIpFieldsFrom) % kIpFields);
    return;
  }
  record[kAmountMoreAt] = 0;
  if (verb >= kSetFrom && verb < kUrgentSendFrom) record[kKindAt] %= kSettings;
}

}  // namespace

std::vector<std::uint8_t> from_format_two(wire::Octets octets) {
  std::vector<std::uint8_t> out(kHeaderOctets);
  const std::size_t header = std::min(octets.size(), kHeaderOctetsOfTwo);
  std::copy_n(octets.begin(), header, out.begin());
  out[0] = kFormatVersion;
  out[kStackIssAt] %= kInitialNumbers;
  out[kPeerIssAt] %= kInitialNumbers;
  out[kPeerWndAt] %= kPeerWindows;
  out[kUnusedAt] = 0;
  rewrite_pieces(&out[kPeerPiecesAt], true);
  const bool whole = !Swarm{out[kSwarmAt]}.has(Swarm::Broken);
  octets = octets.subspan(header);
  while (!octets.empty()) {
    const std::size_t size = std::min(octets.size(), kStepOctets);
    const std::size_t at = out.size();
    out.resize(at + kStepOctets);
    std::copy_n(octets.begin(), size, out.begin() + static_cast<std::ptrdiff_t>(at));
    rewrite(&out[at], whole);
    octets = octets.subspan(size);
  }
  return out;
}

}  // namespace tcprove::plan
