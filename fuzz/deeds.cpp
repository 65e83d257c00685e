#include "fuzz/deeds.hpp"

#include <algorithm>

namespace tcprove::fuzz {
namespace {

void make(const Deeds::Call& made, adapter::Adapter& stack) {
  static std::vector<std::uint8_t> buffer;
  buffer.resize(std::max(buffer.size(), made.room));
  tcp::UserCall call = made.call;
  call.octets = made.octets;
  call.buffer = std::span(buffer).first(made.room);
  stack.call(call);
}

bool opens(const Deeds::Call& made) {
  return made.call.kind == tcp::CallKind::Listen || made.call.kind == tcp::CallKind::Connect;
}

void begin(const Deeds& deeds, adapter::Adapter& stack) {
  stack.reset(deeds.reset);
  if (deeds.iss) stack.set_iss(deeds.iss);
}

}  // namespace

std::size_t Deeds::packets() const {
  return static_cast<std::size_t>(std::ranges::count_if(
      all, [](const Deed& deed) { return std::holds_alternative<Packet>(deed); }));
}

void redo(const Deeds& deeds, adapter::Adapter& stack) {
  begin(deeds, stack);
  for (const Deeds::Deed& deed : deeds.all) {
    if (const auto* packet = std::get_if<Deeds::Packet>(&deed)) stack.deliver(*packet);
    if (const auto* call = std::get_if<Deeds::Call>(&deed)) make(*call, stack);
    if (const auto* d = std::get_if<base::Duration>(&deed)) stack.advance(*d);
  }
}

void feed_packets(const Deeds& deeds, adapter::Adapter& stack) {
  begin(deeds, stack);
  for (const Deeds::Deed& deed : deeds.all) {
    if (const auto* packet = std::get_if<Deeds::Packet>(&deed)) stack.deliver(*packet);
    const auto* call = std::get_if<Deeds::Call>(&deed);
    if (call != nullptr && opens(*call)) make(*call, stack);
  }
}

std::optional<adapter::AdapterError> DeedRecorder::reset(const adapter::ResetOptions& options) {
  deeds_ = {.reset = options, .iss = {}, .all = {}};
  outbox().clear();
  return stack_->reset(options);
}

void DeedRecorder::set_iss(std::optional<wire::SeqNum> iss) {
  deeds_.iss = iss;
  stack_->set_iss(iss);
}

void DeedRecorder::deliver(wire::Octets packet) {
  deeds_.all.emplace_back(Deeds::Packet(packet.begin(), packet.end()));
  stack_->deliver(packet);
  pass_on_emissions();
}

void DeedRecorder::settle() {
  stack_->settle();
  pass_on_emissions();
}

tcp::CallResult DeedRecorder::call(const tcp::UserCall& call) {
  Deeds::Call made{
      .call = call, .octets = {call.octets.begin(), call.octets.end()}, .room = call.buffer.size()};
  made.call.octets = {};
  made.call.buffer = {};
  deeds_.all.emplace_back(std::move(made));
  const tcp::CallResult result = stack_->call(call);
  pass_on_emissions();
  return result;
}

void DeedRecorder::advance(base::Duration d) {
  deeds_.all.emplace_back(d);
  stack_->advance(d);
  pass_on_emissions();
}

void DeedRecorder::pass_on_emissions() {
  adapter::Outbox& emitted = stack_->outbox();
  for (std::size_t i = 0; i < emitted.size(); ++i) outbox().push(emitted.at(i), emitted.packet(i));
  emitted.clear();
}

}  // namespace tcprove::fuzz
