#pragma once

#include <string>

#include "harness/plan/plan.hpp"
#include "harness/trace/trace.hpp"

namespace tcprove::property {

/// What the stack did and when, a line each: its segments octet for octet, and answers.
std::string absolute_story(const trace::Trace& trace);

/// The same, and its states, with sequence numbers counted from each side's initial one, without
/// addresses, and of options only the kinds. Requires: the plan says both initial numbers.
std::string relative_story(const trace::Trace& trace, const plan::Plan& plan);

/// What the stack sent on one connection and when, in the words of relative_story(), until it
/// begins anew with another number.
std::string emissions_of(const trace::Trace& trace, const plan::Plan& plan,
                         trace::ConnectionIndex connection);

/// Where two stories part; empty where they do not.
std::string difference(const std::string& one, const std::string& other);

}  // namespace tcprove::property
