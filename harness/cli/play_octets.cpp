#include "harness/cli/play_octets.hpp"

#include <nlohmann/json.hpp>

namespace tcprove::cli {
namespace {

using Json = nlohmann::json;
using engine::Outcome;

Json to_json(const engine::Mismatch& mismatch) {
  return {{"step", mismatch.step},
          {"at_ns", mismatch.at.time_since_epoch().count()},
          {"event", mismatch.event ? Json(*mismatch.event) : Json()},
          {"expected", mismatch.expected},
          {"actual", mismatch.actual},
          {"fields", mismatch.fields}};
}

engine::Mismatch mismatch_from(const Json& json) {
  const Json& event = json["event"];
  return {.step = json["step"].get<trace::StepIndex>(),
          .at = base::Instant(base::Duration(json["at_ns"].get<base::Duration::rep>())),
          .event = event.is_null() ? std::nullopt : std::optional(event.get<std::size_t>()),
          .expected = json["expected"].get<std::string>(),
          .actual = json["actual"].get<std::string>(),
          .fields = json["fields"].get<std::vector<std::string>>()};
}

}  // namespace

std::vector<std::uint8_t> play_to_octets(const Outcome& outcome,
                                         std::chrono::microseconds wall_time,
                                         const trace::Trace* trace) {
  Json json{{"kind", static_cast<int>(outcome.kind)},
            {"reason", outcome.reason},
            {"virtual_ns", outcome.virtual_time.count()},
            {"wall_us", wall_time.count()}};
  if (outcome.mismatch) json["mismatch"] = to_json(*outcome.mismatch);
  if (trace != nullptr) json["trace"] = Json::binary(trace->to_octets());
  return Json::to_cbor(json);
}

std::optional<Play> play_from_octets(wire::Octets octets) {
  const Json json = Json::from_cbor(octets.begin(), octets.end(), true, false);
  if (!json.is_object() || !json.contains("kind") || !json.contains("reason") ||
      !json.contains("virtual_ns") || !json.contains("wall_us")) {
    return std::nullopt;
  }
  Play play;
  play.outcome.kind = static_cast<Outcome::Kind>(json["kind"].get<int>());
  play.outcome.reason = json["reason"].get<std::string>();
  play.outcome.virtual_time = base::Duration(json["virtual_ns"].get<base::Duration::rep>());
  play.wall_time = std::chrono::microseconds(json["wall_us"].get<std::int64_t>());
  if (const auto found = json.find("mismatch"); found != json.end()) {
    play.outcome.mismatch = mismatch_from(*found);
  }
  if (const auto found = json.find("trace"); found != json.end()) {
    play.trace.emplace();
    if (!play.trace->from_octets(found->get_binary())) play.trace.reset();
  }
  return play;
}

}  // namespace tcprove::cli
