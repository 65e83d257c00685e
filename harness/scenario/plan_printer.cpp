#include "harness/scenario/plan_printer.hpp"

#include <algorithm>
#include <variant>

#include <fmt/format.h>

#include "harness/plan/words.hpp"

namespace tcprove::scenario {
namespace {

std::string results_of(const plan::Call& call) {
  if (call.takes_any_answer()) return "any";
  std::string names;
  for (const tcp::CallStatus status : call.results) {
    names += (names.empty() ? "" : ", ") + std::string(tcp::to_string(status));
  }
  return "[" + names + "]";
}

std::string names_of(const tcp::States& states) {
  std::string names;
  for (std::size_t i = 0; i < tcp::kStateCount; ++i) {
    if (!states.has(static_cast<tcp::State>(i))) continue;
    names += (names.empty() ? "" : ", ") + std::string(tcp::kStateNames.at(i));
  }
  return names;
}

std::string text_of(const plan::Send& send) {
  const std::string_view verb = plan::verb_of(send);
  if (verb != "reorder") return fmt::format("{}: {}", verb, plan::to_string(send.sent.front()));
  std::string sent;
  for (const plan::SegmentText& segment : send.sent) {
    sent += (sent.empty() ? "" : ", ") + ('"' + plan::to_string(segment) + '"');
  }
  std::string arrive;
  for (const std::uint8_t index : send.arrive) {
    arrive += (arrive.empty() ? "" : ", ") + std::to_string(index + 1);
  }
  return fmt::format("reorder: {{sent: [{}], arrive: [{}]}}", sent, arrive);
}

std::string text_of(const plan::Step& step) {
  if (const auto* send = std::get_if<plan::Send>(&step.action)) return text_of(*send);
  if (const auto* wait = std::get_if<plan::Wait>(&step.action)) {
    return "wait: " + plan::duration_to_string(wait->duration);
  }
  if (const auto* state = std::get_if<plan::ExpectState>(&step.action)) {
    return fmt::format("state: [{}]", names_of(state->states));
  }
  const auto* call = std::get_if<plan::Call>(&step.action);
  if (call == nullptr) return step.text;
  const bool told = call->kind == tcp::CallKind::Report || call->kind == tcp::CallKind::Urgent;
  if (told && call->takes_any_answer()) return fmt::format("{}: any", tcp::to_string(call->kind));
  return fmt::format("call: {}\n    result: {}", plan::to_string(*call), results_of(*call));
}

bool observes(const plan::Step& step) {
  return !std::holds_alternative<plan::Send>(step.action) &&
         !std::holds_alternative<plan::SendIcmp>(step.action) &&
         !std::holds_alternative<plan::Call>(step.action) &&
         !std::holds_alternative<plan::Wait>(step.action);
}

std::string connections_of(const plan::Plan& plan) {
  std::string text = "connections: {";
  for (const plan::Connection& connection : plan.connections) {
    const bool first = &connection == &plan.connections.front();
    text += fmt::format("{}{}: {{", first ? "" : ", ", connection.name);
    if (connection.stack_port != 0) text += fmt::format("stack-port: {}, ", connection.stack_port);
    text += fmt::format("peer-port: {}}}", connection.peer_port);
  }
  return text + "}\n";
}

std::string header_of(const plan::Plan& plan) {
  std::string text =
      fmt::format("role: {}\nip: {}\n", plan.role == plan::Role::Active ? "active" : "passive",
                  plan.ip == wire::IpVersion::V4 ? 4 : 6);
  text += "iss: {";
  if (plan.stack_iss) text += fmt::format("stack: {}, ", *plan.stack_iss);
  text += fmt::format("peer: {}}}\n", plan.peer_iss);
  text += fmt::format("peer: {{wnd: {}, options: \"{}\"}}\n", plan.peer.wnd,
                      plan::to_string(plan.peer.syn_options));
  return text + connections_of(plan);
}

}  // namespace

std::string to_yaml(const plan::Plan& plan, std::string_view claim) {
  std::string text = fmt::format("# {}\n{}steps:\n", claim, header_of(plan));
  for (const plan::Step& step : plan.steps) {
    text += fmt::format("  - {}\n", text_of(step));
    if (step.connection != 0) {
      text += fmt::format("    on: {}\n", plan.connections[step.connection].name);
    }
  }
  if (std::ranges::any_of(plan.steps, observes)) return text;
  tcp::States any;
  for (std::size_t i = 0; i < tcp::kStateCount; ++i) any.add(static_cast<tcp::State>(i));
  return text + fmt::format("  - state: [{}]\n", names_of(any));
}

}  // namespace tcprove::scenario
