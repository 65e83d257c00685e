// The lwIP adapter as a plug-in: the same C++ class behind the C ABI, for the test that both ways
// in give the same verdicts.

#include <memory>
#include <string>

#include "harness/adapter/lwip/lwip_adapter.hpp"
#include "harness/adapter/plugin/table.hpp"

namespace tcprove::adapter::plugin {
namespace {

struct Plugin {
  const tcprove_host* host = nullptr;
  std::unique_ptr<Adapter> adapter = lwip::make_lwip_adapter();
  std::string capabilities;
  std::string refusal;
  tcprove_adapter table{};

  void emit_all() {
    Outbox& outbox = adapter->outbox();
    for (std::size_t i = 0; i < outbox.size(); ++i) {
      const auto at = static_cast<std::uint64_t>(outbox.at(i).time_since_epoch().count());
      host->emit(host->context, at, outbox.packet(i).data(), outbox.packet(i).size());
    }
    outbox.clear();
  }
};

Plugin& of(void* stack) { return *static_cast<Plugin*>(stack); }

const char* reset(void* stack, const tcprove_reset* how) {
  const wire::IpAddress own = from_c(how->stack).address;
  const auto refused = of(stack).adapter->reset(
      {.seed = how->seed, .ip = own.version, .stack = own, .peer = from_c(how->peer).address});
  if (!refused) return nullptr;
  of(stack).refusal = refused->message;
  return of(stack).refusal.c_str();
}

void deliver(void* stack, const std::uint8_t* packet, std::size_t octets) {
  of(stack).adapter->deliver({packet, octets});
  of(stack).emit_all();
}

int call(void* stack, const tcprove_call* asked, tcprove_answer* answer) {
  const tcp::CallResult result =
      of(stack).adapter->call({.kind = static_cast<tcp::CallKind>(asked->kind),
                               .handle = asked->handle,
                               .local = from_c(asked->local),
                               .peer = from_c(asked->peer),
                               .octets = {asked->octets, asked->octet_count},
                               .buffer = {asked->buffer, asked->buffer_size},
                               .urgent = asked->urgent != 0,
                               .option = static_cast<tcp::UserOption>(asked->option),
                               .value = asked->value});
  of(stack).emit_all();
  *answer = {.octets = result.octets,
             .peer = to_c(result.peer),
             .handle = result.handle,
             .report = static_cast<std::uint32_t>(result.report)};
  return static_cast<int>(result.status);
}

void advance(void* stack, std::uint64_t ns) {
  of(stack).adapter->advance(base::Duration(static_cast<std::int64_t>(ns)));
  of(stack).emit_all();
}

std::int64_t next_deadline(void* stack) {
  const auto deadline = of(stack).adapter->next_deadline();
  return deadline ? deadline->count() : TCPROVE_NO_TIMER;
}

int state(void* stack, const tcprove_endpoint* local, const tcprove_endpoint* peer) {
  const auto state = of(stack).adapter->state({.stack = from_c(*local), .peer = from_c(*peer)});
  return state ? static_cast<int>(*state) : TCPROVE_STATE_UNKNOWN;
}

void set_iss(void* stack, std::uint32_t iss) { of(stack).adapter->set_iss(wire::SeqNum(iss)); }

std::uint64_t ns(base::Duration d) { return static_cast<std::uint64_t>(d.count()); }

void fill(Plugin& plugin) {
  const StackProfile& profile = plugin.adapter->profile();
  for (const std::string_view name : tcp::kCapabilityNames) {
    if (!profile.capabilities.has(*tcp::parse_capability(name))) continue;
    plugin.capabilities += std::string(name) + " ";
  }
  plugin.table = {.struct_size = sizeof plugin.table,
                  .abi_version = TCPROVE_ABI_VERSION,
                  .name = profile.name.c_str(),
                  .version = profile.version.c_str(),
                  .capabilities = plugin.capabilities.c_str(),
                  .msl_ns = ns(profile.msl),
                  .initial_rto_ns = ns(profile.initial_rto),
                  .delayed_ack_max_ns = ns(profile.delayed_ack_max),
                  .stack = &plugin,
                  .reset = reset,
                  .deliver = deliver,
                  .call = call,
                  .advance = advance,
                  .next_deadline = next_deadline,
                  .state = state,
                  .set_iss = set_iss};
}

}  // namespace
}  // namespace tcprove::adapter::plugin

const tcprove_adapter* tcprove_open(const tcprove_host* host) {
  static tcprove::adapter::plugin::Plugin plugin;
  plugin.host = host;
  fill(plugin);
  return &plugin.table;
}
