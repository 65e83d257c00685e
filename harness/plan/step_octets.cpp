#include "harness/plan/step_octets.hpp"

#include "harness/plan/call_octets.hpp"
#include "harness/plan/octet_fields.hpp"
#include "harness/plan/record_layout.hpp"
#include "harness/plan/segment_octets.hpp"

namespace tcprove::plan {
namespace {

using namespace record;

constexpr std::uint8_t kSecondConnectionBit = 1;

}  // namespace

StepRecord step_of(const StepOctets& octets, const RecordContext& context) {
  const std::uint8_t verb = octets[kVerbAt];
  const Swarm swarm = context.swarm;
  const bool tame = !swarm.has(Swarm::Wild);
  const bool second = context.connections > 1 && (octets[kPlaceAt] & kSecondConnectionBit) != 0;
  StepRecord record{.action = {}, .connection = static_cast<std::uint16_t>(second ? 1 : 0)};
  if (verb < kWaitFrom) {
    record.action = segment_of(octets, swarm);
  } else if (verb < kCallFrom) {
    record.action = Wait{*number_of(NumberField::Duration, number_at(octets, kAmountAt), tame)};
  } else if (verb >= kIcmpFrom && verb < kSetFrom) {
    if (swarm.has(Swarm::Icmp)) record.action = icmp_of(octets, context.ip, tame);
  } else if (auto call = call_of(octets, swarm)) {
    record.action = *std::move(call);
  }
  return record;
}

bool append_record(const StepRecord& record, wire::IpVersion ip, std::vector<std::uint8_t>& out) {
  StepOctets octets{};
  octets[kPlaceAt] = record.connection == 0 ? 0 : kSecondConnectionBit;
  bool good = false;
  if (const auto* segment = std::get_if<StepRecord::Segment>(&record.action)) {
    good = put_segment(*segment, octets);
  } else if (const auto* call = std::get_if<Call>(&record.action)) {
    good = put_call(*call, octets);
  } else if (const auto* wait = std::get_if<Wait>(&record.action)) {
    octets[kVerbAt] = kWaitFrom;
    good = put_number(NumberField::Duration, wait->duration, kAmountAt, octets);
  } else if (const auto* icmp = std::get_if<SendIcmp>(&record.action)) {
    good = put_icmp(*icmp, ip, octets);
  }
  if (good) out.insert(out.end(), octets.begin(), octets.end());
  return good;
}

}  // namespace tcprove::plan
