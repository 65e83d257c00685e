#include "harness/plan/step_octets.hpp"

#include <bit>

#include "harness/plan/call_octets.hpp"
#include "harness/plan/octet_fields.hpp"
#include "harness/plan/record_layout.hpp"
#include "harness/plan/segment_octets.hpp"

namespace tcprove::plan {
namespace {

using namespace record;

constexpr std::uint8_t kConnectionBits = kConnectionsMax - 1;
static_assert(std::has_single_bit(kConnectionsMax));

}  // namespace

StepRecord step_of(const StepOctets& octets, const RecordContext& context) {
  const std::uint8_t verb = octets[kVerbAt];
  const Swarm swarm = context.swarm;
  const bool tame = !swarm.has(Swarm::Wild);
  const std::size_t connection = (octets[kPlaceAt] & kConnectionBits) % context.connections;
  StepRecord record{.action = {}, .connection = static_cast<std::uint16_t>(connection)};
  if (verb < kWaitFrom) {
    record.action = segment_of(octets, context);
  } else if (verb < kCallFrom) {
    record.action = Wait{*number_of(NumberField::Duration, amount_at(octets), tame)};
  } else if (verb >= kIcmpFrom && verb < kSetFrom) {
    if (swarm.has(Swarm::Icmp)) record.action = icmp_of(octets, context.ip, tame);
  } else if (auto call = call_of(octets, swarm)) {
    record.action = *std::move(call);
  }
  return record;
}

bool append_record(const StepRecord& record, wire::IpVersion ip, std::vector<std::uint8_t>& out) {
  StepOctets octets{};
  if (record.connection >= kConnectionsMax) return false;
  octets[kPlaceAt] = static_cast<std::uint8_t>(record.connection);
  bool good = false;
  if (const auto* segment = std::get_if<StepRecord::Segment>(&record.action)) {
    good = put_segment(*segment, ip, octets);
  } else if (const auto* call = std::get_if<Call>(&record.action)) {
    good = put_call(*call, octets);
  } else if (const auto* wait = std::get_if<Wait>(&record.action)) {
    octets[kVerbAt] = kWaitFrom;
    good = put_amount(NumberField::Duration, wait->duration, octets);
  } else if (const auto* icmp = std::get_if<SendIcmp>(&record.action)) {
    good = put_icmp(*icmp, ip, octets);
  }
  if (good) out.insert(out.end(), octets.begin(), octets.end());
  return good;
}

}  // namespace tcprove::plan
