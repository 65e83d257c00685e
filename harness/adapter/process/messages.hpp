#pragma once

#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "harness/adapter/adapter.hpp"
#include "harness/base/result.hpp"

namespace tcprove::adapter::process {

// The protocol of README.md: what is asked and how an answer is read. Answers are read without
// trust: a wrong one is an AdapterError that says what is wrong.

using Json = nlohmann::ordered_json;

/// A JSON-RPC 2.0 request in one line.
std::string request(std::uint64_t id, std::string_view method, const Json& params);

/// Parameters.
Json reset_params(const ResetOptions& options);
Json call_params(const tcp::UserCall& call);
Json state_params(const wire::FourTuple& tuple);

/// The name of the method that makes `call`; one that no child knows for a kind that does not
/// exist.
std::string_view method_of(const tcp::UserCall& call);

/// What an answer to request `id` holds.
struct Answer {
  Json result;               ///< An object.
  bool unsupported = false;  ///< The child does not know the method (error -32601).
  std::string error;         ///< The message of any other error; empty where there is none.
};
base::Result<Answer, AdapterError> read_answer(std::string_view line, std::uint64_t id);

base::Result<StackProfile, AdapterError> read_profile(const Json& result);

/// Puts the octets received into the call's buffer.
base::Result<tcp::CallResult, AdapterError> read_call(const tcp::UserCall& call,
                                                      const Json& result);

/// Nothing where the child cannot tell.
base::Result<std::optional<tcp::State>, AdapterError> read_state(const Json& result);

/// What every answer may carry beside.
struct Aftermath {
  struct Emission {
    base::Instant at;
    std::vector<std::uint8_t> packet;
  };
  std::vector<Emission> emitted;
  bool deadline_known = false;
  std::optional<base::Duration> deadline;  ///< None: no timer is set.
};
base::Result<Aftermath, AdapterError> read_aftermath(const Json& result);

}  // namespace tcprove::adapter::process
