#include "harness/adapter/process/messages.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "harness/adapter/claims.hpp"
#include "harness/adapter/process/hex.hpp"

namespace tcprove::adapter::process {
namespace {

using tcp::CallKind;

constexpr int kMethodNotFound = -32601;
constexpr std::uint64_t kNsMax = std::uint64_t{1} << 61U;

Json json_of(const wire::Endpoint& endpoint) {
  return {{"address", to_string(endpoint.address)}, {"port", endpoint.port}};
}

std::string cut(std::string_view text) {
  constexpr std::size_t kMost = 120;
  return text.size() <= kMost ? std::string(text) : std::string(text.substr(0, kMost)) + "…";
}

AdapterError wrong(std::string_view key, std::string_view what) {
  return {fmt::format("the child's answer is wrong: \"{}\" is no {}", key, what)};
}

/// The text under `key`; empty where there is none.
std::string text_of(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// The number under `key`, 0 … most; nothing where it is something else, or is not there.
std::optional<std::uint64_t> number_of(const Json& json, const char* key, std::uint64_t most) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_number_integer()) return std::nullopt;
  if (found->is_number_unsigned()) {
    const auto value = found->get<std::uint64_t>();
    return value <= most ? std::optional(value) : std::nullopt;
  }
  const auto value = found->get<std::int64_t>();
  if (value < 0 || static_cast<std::uint64_t>(value) > most) return std::nullopt;
  return static_cast<std::uint64_t>(value);
}

base::Duration nanoseconds(std::uint64_t ns) {
  return base::Duration(static_cast<std::int64_t>(ns));
}

std::optional<AdapterError> read_duration(const Json& json, const char* key, base::Duration& out) {
  if (!json.contains(key)) return std::nullopt;
  const auto ns = number_of(json, key, kNsMax);
  if (!ns) return wrong(key, "number of nanoseconds");
  out = nanoseconds(*ns);
  return std::nullopt;
}

std::optional<AdapterError> read_opened(CallKind kind, const Json& result, tcp::CallResult& out) {
  if (kind != CallKind::Listen && kind != CallKind::Accept && kind != CallKind::Connect) {
    return std::nullopt;
  }
  const auto handle = number_of(result, "handle", UINT32_MAX);
  if (!handle || *handle == tcp::kNoHandle) return wrong("handle", "number from 1");
  out.handle = static_cast<tcp::Handle>(*handle);
  if (kind != CallKind::Accept) return std::nullopt;
  const Json peer = result.value("peer", Json::object());
  const auto address =
      peer.is_object() ? wire::parse_address(text_of(peer, "address")) : std::nullopt;
  const auto port = peer.is_object() ? number_of(peer, "port", UINT16_MAX) : std::nullopt;
  if (!address || !port) return wrong("peer", "address and port");
  out.peer = {.address = *address, .port = static_cast<std::uint16_t>(*port)};
  return std::nullopt;
}

std::optional<AdapterError> read_transfer(const tcp::UserCall& call, const Json& result,
                                          tcp::CallResult& out) {
  if (call.kind == CallKind::Send) {
    const auto taken = number_of(result, "taken", call.octets.size());
    if (!taken) return wrong("taken", "number of the octets that were sent");
    out.octets = *taken;
  }
  if (call.kind == CallKind::Receive) {
    const bool there = result.contains("octets") && result["octets"].is_string();
    const auto octets = there ? from_hex(text_of(result, "octets")) : std::nullopt;
    if (!octets || octets->size() > call.buffer.size()) {
      return wrong("octets", "hex of at most as many as were asked for");
    }
    std::ranges::copy(*octets, call.buffer.begin());
    out.octets = octets->size();
  }
  return std::nullopt;
}

}  // namespace

std::string request(std::uint64_t id, std::string_view method, const Json& params) {
  return Json{{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}}.dump();
}

Json reset_params(const ResetOptions& options) {
  return {{"seed", options.seed},
          {"stack", to_string(options.stack)},
          {"peer", to_string(options.peer)}};
}

std::string_view method_of(const tcp::UserCall& call) {
  const bool known = static_cast<std::size_t>(call.kind) < tcp::kCallKindCount;
  return known ? to_string(call.kind) : "no-such-call";
}

Json call_params(const tcp::UserCall& call) {
  switch (call.kind) {
    case CallKind::Listen:
      return {{"local", json_of(call.local)}};
    case CallKind::Connect:
      return {{"local", json_of(call.local)}, {"peer", json_of(call.peer)}};
    case CallKind::Send:
      return {{"handle", call.handle}, {"octets", to_hex(call.octets)}, {"urgent", call.urgent}};
    case CallKind::Receive:
      return {{"handle", call.handle}, {"octets_max", call.buffer.size()}};
    case CallKind::Set: {
      const bool known = static_cast<std::size_t>(call.option) < tcp::kUserOptionCount;
      return {{"handle", call.handle},
              {"option", known ? to_string(call.option) : "no-such-option"},
              {"value", call.value}};
    }
    default:
      return {{"handle", call.handle}};
  }
}

Json state_params(const wire::FourTuple& tuple) {
  return {{"stack", json_of(tuple.stack)}, {"peer", json_of(tuple.peer)}};
}

base::Result<Answer, AdapterError> read_answer(std::string_view line, std::uint64_t id) {
  const Json json = Json::parse(line, nullptr, false);
  if (!json.is_object() || text_of(json, "jsonrpc") != "2.0") {
    return AdapterError{fmt::format("the child's answer is no JSON-RPC 2.0: {}", cut(line))};
  }
  if (number_of(json, "id", UINT64_MAX) != id) {
    return AdapterError{fmt::format(
        "the child answered out of turn: request {} and not {}: {}", id,
        json.value("id", Json()).dump(-1, ' ', false, Json::error_handler_t::replace), cut(line))};
  }
  Answer answer;
  if (const auto error = json.find("error"); error != json.end() && error->is_object()) {
    answer.unsupported = error->value("code", Json()) == kMethodNotFound;
    answer.error = answer.unsupported ? "" : text_of(*error, "message");
    if (!answer.unsupported && answer.error.empty()) answer.error = "an error without a message";
    answer.result = Json::object();
    return answer;
  }
  answer.result = json.value("result", Json());
  if (answer.result.is_object()) return answer;
  return AdapterError{fmt::format("the child's answer has no object \"result\": {}", cut(line))};
}

base::Result<StackProfile, AdapterError> read_profile(const Json& result) {
  const auto protocol = number_of(result, "protocol", UINT32_MAX);
  if (protocol != 1) {
    return AdapterError{fmt::format("the child speaks protocol {}, and this tcprove speaks 1",
                                    result.value("protocol", Json()).dump())};
  }
  StackProfile profile{
      .name = text_of(result, "name"), .version = text_of(result, "version"), .capabilities = {}};
  if (profile.name.empty()) return wrong("name", "name");
  const Json claims = result.value("capabilities", Json());
  if (!claims.is_array()) return wrong("capabilities", "list of names");
  for (const Json& name : claims) {
    if (!name.is_string()) return wrong("capabilities", "list of names");
    if (auto unknown = claim(name.get<std::string>(), profile.capabilities)) return *unknown;
  }
  if (auto error = read_duration(result, "msl_ns", profile.msl)) return *error;
  if (auto error = read_duration(result, "initial_rto_ns", profile.initial_rto)) return *error;
  if (auto error = read_duration(result, "delayed_ack_max_ns", profile.delayed_ack_max)) {
    return *error;
  }
  return profile;
}

base::Result<tcp::CallResult, AdapterError> read_call(const tcp::UserCall& call,
                                                      const Json& result) {
  const auto status = tcp::parse_call_status(text_of(result, "status"));
  if (!status) return wrong("status", "answer to a call");
  tcp::CallResult out{.status = *status};
  if (*status != tcp::CallStatus::Ok) return out;
  if (auto error = read_opened(call.kind, result, out)) return *error;
  if (auto error = read_transfer(call, result, out)) return *error;
  if (call.kind == CallKind::Report) {
    const auto report = tcp::parse_report(text_of(result, "report"));
    if (!report) return wrong("report", "report");
    out.report = *report;
  }
  return out;
}

base::Result<std::optional<tcp::State>, AdapterError> read_state(const Json& result) {
  const auto found = result.find("state");
  if (found == result.end() || found->is_null()) return std::optional<tcp::State>();
  const auto state = tcp::parse_state(text_of(result, "state"));
  if (!state) return wrong("state", "state as RFC 9293 spells it");
  return std::optional(*state);
}

base::Result<Aftermath, AdapterError> read_aftermath(const Json& result) {
  Aftermath after;
  if (const auto deadline = result.find("deadline_ns"); deadline != result.end()) {
    after.deadline_known = true;
    const auto ns = number_of(result, "deadline_ns", kNsMax);
    if (!ns && !deadline->is_null()) return wrong("deadline_ns", "number of nanoseconds or null");
    if (ns) after.deadline = nanoseconds(*ns);
  }
  const auto emitted = result.find("emitted");
  if (emitted == result.end()) return after;
  if (!emitted->is_array()) return wrong("emitted", "list");
  for (const Json& one : *emitted) {
    const auto at = one.is_object() ? number_of(one, "at_ns", kNsMax) : std::nullopt;
    auto packet = one.is_object() ? from_hex(text_of(one, "packet")) : std::nullopt;
    if (!at || !packet || packet->empty()) return wrong("emitted", "list of {at_ns, packet}");
    after.emitted.push_back({base::Instant(nanoseconds(*at)), std::move(*packet)});
  }
  return after;
}

}  // namespace tcprove::adapter::process
