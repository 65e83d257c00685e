#include "harness/cli/target_profile.hpp"

#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "harness/adapter/registry.hpp"
#include "harness/cli/interruption.hpp"
#include "harness/engine/workers.hpp"

namespace tcprove::cli {
namespace {

using Json = nlohmann::json;

constexpr int kNoService = -1;

Json json_of(const adapter::StackProfile& profile) {
  Json capabilities = Json::array();
  for (const std::string_view name : tcp::kCapabilityNames) {
    if (profile.capabilities.has(*tcp::parse_capability(name))) capabilities.push_back(name);
  }
  return {{"name", profile.name},
          {"version", profile.version},
          {"capabilities", std::move(capabilities)},
          {"msl", profile.msl.count()},
          {"initial_rto", profile.initial_rto.count()},
          {"delayed_ack_max", profile.delayed_ack_max.count()},
          {"service", profile.service ? static_cast<int>(*profile.service) : kNoService}};
}

/// Nothing where the worker wrote something else.
std::optional<adapter::StackProfile> profile_from(const Json& json) {
  const auto text = [&](const char* key) { return json.value(key, Json()); };
  for (const char* const key : {"msl", "initial_rto", "delayed_ack_max", "service"}) {
    if (!text(key).is_number_integer()) return std::nullopt;
  }
  if (!text("name").is_string() || !text("version").is_string()) return std::nullopt;
  adapter::StackProfile profile{
      .name = json["name"],
      .version = json["version"],
      .capabilities = {},
      .msl = base::Duration(json["msl"].get<std::int64_t>()),
      .initial_rto = base::Duration(json["initial_rto"].get<std::int64_t>()),
      .delayed_ack_max = base::Duration(json["delayed_ack_max"].get<std::int64_t>()),
      .service = std::nullopt};
  if (json["service"] != kNoService) {
    profile.service = static_cast<adapter::Service>(json["service"].get<int>());
  }
  for (const Json& name : text("capabilities")) {
    const auto known =
        name.is_string() ? tcp::parse_capability(name.get<std::string>()) : std::nullopt;
    if (!known) return std::nullopt;
    profile.capabilities.add(*known);
  }
  return profile;
}

bool is_real_time(const adapter::StackProfile& profile) {
  return !profile.capabilities.has(tcp::Capability::VirtualTime);
}

/// Why the system that we run on does not let us have the stack: told once, and not by each play.
std::optional<adapter::AdapterError> refused(adapter::Adapter& stack) {
  return stack.reset({.stack = {.version = wire::IpVersion::V4, .octets = {192, 0, 2, 1}},
                      .peer = {.version = wire::IpVersion::V4, .octets = {192, 0, 2, 2}}});
}

/// Makes the stack once and answers its profile or why it cannot be made.
class ProfileRunner : public engine::JobRunner {
 public:
  explicit ProfileRunner(const std::string& target) : target_(target) {}

  std::vector<std::uint8_t> run(std::size_t) override {
    const std::string text = answer().dump(-1, ' ', false, Json::error_handler_t::replace);
    return {text.begin(), text.end()};
  }
  std::vector<std::uint8_t> last_words() override { return {}; }

 private:
  [[nodiscard]] Json answer() const {
    auto adapter = adapter::make_adapter(target_);
    if (!adapter) return {{"trouble", to_string(adapter.error())}};
    // A plug-in or a child may refuse one reset and not another.
    const auto why = adapter::is_foreign(target_) ? std::nullopt : refused(*adapter.value());
    if (why) return {{"trouble", fmt::format("--target: error: {}: {}\n", target_, why->message)}};
    return json_of(adapter.value()->profile());
  }

  const std::string& target_;
};

}  // namespace

base::Result<adapter::StackProfile, TargetTrouble> profile_of(const std::string& target,
                                                              bool owned) {
  const base::Diagnostics mistakes = adapter::mistakes_in(target);
  if (!mistakes.empty()) return TargetTrouble{kUsageError, to_string(mistakes)};
  if (const auto why = owned ? std::nullopt : adapter::owners_alone(target)) {
    return TargetTrouble{kUsageError,
                         fmt::format("--target: error: {}; --i-own-this-target says so\n", *why)};
  }
  if (!adapter::is_foreign(target)) {
    const adapter::StackProfile built_in = adapter::make_adapter(target).value()->profile();
    if (!is_real_time(built_in)) return built_in;
  }

  std::optional<adapter::StackProfile> profile;
  TargetTrouble trouble{.text = "tcprove: interrupted\n"};
  const std::string failure = engine::run_jobs(
      1, {}, [&] { return std::make_unique<ProfileRunner>(target); },
      {.done =
           [&](std::size_t, wire::Octets octets) {
             const Json answer = Json::parse(octets.begin(), octets.end(), nullptr, false);
             const bool readable = answer.is_object();
             if (readable && answer.contains("trouble")) {
               trouble.text = answer["trouble"].get<std::string>();
               return;
             }
             if (readable) profile = profile_from(answer);
             trouble.text =
                 fmt::format("--target: error: {}: its process wrote over ours\n", target);
           },
       .lost =
           [&](const engine::LostJob& lost) {
             trouble.text = fmt::format("--target: error: {}: while the stack was made, {}\n",
                                        target, lost.reason);
           },
       .interrupted = interrupted});
  if (profile) return *profile;
  if (!failure.empty()) trouble.text = fmt::format("tcprove: {}\n", failure);
  return trouble;
}

}  // namespace tcprove::cli
