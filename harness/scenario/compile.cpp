#include "harness/scenario/compile.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

#include "harness/base/check.hpp"
#include "harness/scenario/numbering.hpp"
#include "harness/scenario/settings.hpp"
#include "harness/scenario/step_parser.hpp"

namespace tcprove::scenario {
namespace {

using tcp::CallKind;
using tcp::CallStatus;
using tcp::Capability;

Capability capability_of(const plan::Call& call) {
  switch (call.kind) {
    case CallKind::Listen:
    case CallKind::Accept:
      return Capability::PassiveOpen;
    case CallKind::Connect:
      return Capability::ActiveOpen;
    case CallKind::Send:
      return Capability::UserSend;
    case CallKind::Receive:
      return Capability::UserReceive;
    case CallKind::Shutdown:
      return Capability::UserShutdown;
    case CallKind::Close:
      return Capability::UserClose;
    case CallKind::Abort:
      return Capability::UserAbort;
    case CallKind::Set:
      return tcp::facts(call.option).capability;
    case CallKind::Report:
      return call.report == tcp::Report::UrgentData ? Capability::UrgentReceive
                                                    : Capability::ErrorReports;
    case CallKind::Urgent:
      return Capability::UrgentReceive;
  }
  return Capability::PassiveOpen;
}

/// Whether the call must tell one way of losing a connection from another.
bool names_an_error(const plan::Call& call) {
  if (call.takes_any_answer()) return false;
  return std::all_of(call.results.begin(), call.results.end(), [](CallStatus status) {
    return status == CallStatus::Reset || status == CallStatus::Refused ||
           status == CallStatus::TimedOut;
  });
}

void add_fragment(const Fragment& fragment, const Settings& settings, plan::Plan& plan) {
  const auto first_file = static_cast<std::uint16_t>(plan.files.size());
  plan.files.insert(plan.files.end(), fragment.files.begin(), fragment.files.end());
  for (plan::Step step : fragment.way(plan.role).steps) {
    step.file = static_cast<std::uint16_t>(step.file + first_file);
    if (plan.absolute_numbers) {
      make_absolute(step, {.stack = settings.stack_iss, .peer = settings.peer_iss});
    }
    plan.steps.push_back(std::move(step));
  }
}

void add_own_steps(const Blueprint& blueprint, const Bindings& bindings, Problems& problems,
                   plan::Plan& plan) {
  const StepContext context{.bindings = bindings,
                            .connections = plan.connections,
                            .absolute_numbers = blueprint.absolute_numbers,
                            .versions = blueprint.matrix.ips};
  for (const StepSpec& spec : blueprint.steps) {
    std::optional<plan::Step> step =
        spec.fixed ? spec.fixed : parse_step(*spec.node, context, problems);
    TCPROVE_CHECK(step.has_value(), "every instance was checked when its file was read");
    plan.steps.push_back(*std::move(step));
  }
}

}  // namespace

void add_needs_of(const plan::Step& step, const std::vector<plan::Connection>& connections,
                  tcp::Capabilities& needs) {
  const auto* call = std::get_if<plan::Call>(&step.action);
  if (call == nullptr) return;
  needs.add(capability_of(*call));
  if (call->urgent) needs.add(Capability::UrgentSend);
  const bool port_named = connections[step.connection].stack_port != 0;
  if (call->kind == CallKind::Connect && port_named) needs.add(Capability::LocalPort);
  if (names_an_error(*call)) needs.add(Capability::UserErrors);
}

void add_needs_of_steps(plan::Plan& plan) {
  for (const plan::Step& step : plan.steps) add_needs_of(step, plan.connections, plan.needs);
}

plan::Plan compile(const Blueprint& blueprint, const Choice& choice) {
  const Bindings bindings{.variables = blueprint.matrix.variables, .choice = choice.variables};
  Problems problems(*blueprint.source);
  Settings settings = read_settings(blueprint, bindings, problems);
  TCPROVE_CHECK(problems.none(), "every instance was checked when its file was read");

  plan::Plan plan;
  plan.files = {blueprint.source->file()};
  plan.role = choice.role;
  plan.ip = choice.ip;
  plan.needs = blueprint.needs;
  plan.needs.add(choice.ip == wire::IpVersion::V4 ? Capability::Ipv4 : Capability::Ipv6);
  plan.stack_iss = settings.stack_iss;
  if (plan.stack_iss) plan.needs.add(Capability::SetIss);
  plan.peer_iss = settings.peer_iss;
  plan.absolute_numbers = blueprint.absolute_numbers;
  plan.peer = settings.peer;
  plan.connections = blueprint.connections_for(choice.role);
  if (!settings.given.empty())
    add_fragment(*blueprint.fragments.at(settings.given), settings, plan);
  add_own_steps(blueprint, bindings, problems, plan);
  add_needs_of_steps(plan);
  return plan;
}

}  // namespace tcprove::scenario
