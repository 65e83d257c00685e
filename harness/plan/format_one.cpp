#include "harness/plan/format_one.hpp"

#include <algorithm>
#include <cstddef>

#include "harness/plan/format_two.hpp"
#include "harness/plan/octet_tables.hpp"
#include "harness/plan/plan_octets.hpp"
#include "harness/plan/record_layout.hpp"

namespace tcprove::plan {
namespace {

using namespace record;

constexpr std::size_t kOldHeaderOctets = 8;
constexpr std::size_t kOldStepOctets = 21;

// Places of both headers.
constexpr std::size_t kSettingsAt = 1;
constexpr std::size_t kPeerOptionsAt = 4;

// Where an octet's meaning depended on how long a table was.
constexpr std::uint8_t kOptionLists = 39;
constexpr std::uint8_t kUpValues = 8;
constexpr std::uint8_t kOldLies = 15;  ///< What followed was a bad checksum.
constexpr std::uint8_t kOldWaitFrom = 0x90;
constexpr std::uint8_t kOldCallFrom = 0xc0;
constexpr std::uint8_t kOldCalls = 16;
constexpr unsigned kOldSettings = 0x1f;

std::uint8_t verb_of(std::uint8_t old) {
  if (old < kOldWaitFrom) return 0;
  if (old < kOldCallFrom) return kWaitFrom;
  return static_cast<std::uint8_t>(kCallFrom + (old - kOldCallFrom) % kOldCalls);
}

/// The record at the end of `out`, whose first octets are the old ones.
void rewrite(std::uint8_t* record) {
  record[kVerbAt] = verb_of(record[kVerbAt]);
  record[kUpAt] %= kUpValues;
  record[kOptionsAt] %= kOptionLists;
  const std::uint8_t lie = record[kLieAt];
  record[kLieAt] = std::min<std::uint8_t>(lie, kLiesFrom + kOldLies);
}

}  // namespace

std::vector<std::uint8_t> from_format_one(wire::Octets octets) {
  std::vector<std::uint8_t> out(kHeaderOctetsOfTwo);
  const std::size_t header = std::min(octets.size(), kOldHeaderOctets);
  std::copy_n(octets.begin(), header, out.begin());
  out[0] = kFormatTwo;
  out[kSettingsAt] = static_cast<std::uint8_t>(out[kSettingsAt] & kOldSettings);
  out[kPeerOptionsAt] %= kOptionLists;
  octets = octets.subspan(header);
  while (!octets.empty()) {
    const std::size_t size = std::min(octets.size(), kOldStepOctets);
    const std::size_t at = out.size();
    out.resize(at + kStepOctets);
    std::copy_n(octets.begin(), size, out.begin() + static_cast<std::ptrdiff_t>(at));
    rewrite(&out[at]);
    octets = octets.subspan(size);
  }
  return out;
}

}  // namespace tcprove::plan
