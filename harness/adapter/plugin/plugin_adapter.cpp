#include "harness/adapter/plugin/plugin_adapter.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "harness/adapter/plugin/shared_object.hpp"
#include "harness/adapter/plugin/table.hpp"

namespace tcprove::adapter::plugin {
namespace {

/// An IPv6 packet without a jumbo payload; what is longer is a lie.
constexpr std::size_t kPacketOctetsMax = 65'575;

class PluginAdapter final : public Adapter {
 public:
  explicit PluginAdapter(SharedObject object) : object_(std::move(object)) {}
  PluginAdapter(const PluginAdapter&) = delete;
  PluginAdapter& operator=(const PluginAdapter&) = delete;
  ~PluginAdapter() override {
    if (table_.close != nullptr) table_.close(table_.stack);
  }

  /// Has the stack made. Errors: as open_plugin().
  std::optional<AdapterError> make();

  [[nodiscard]] const StackProfile& profile() const override { return profile_; }
  [[nodiscard]] const AdapterError* failure() const override {
    return failure_ ? &*failure_ : nullptr;
  }

  std::optional<AdapterError> reset(const ResetOptions& options) override;
  void set_iss(std::optional<wire::SeqNum> iss) override {
    if (iss && table_.set_iss != nullptr) table_.set_iss(table_.stack, iss->raw());
  }
  void deliver(wire::Octets packet) override {
    table_.deliver(table_.stack, packet.data(), packet.size());
  }
  void settle() override {
    if (table_.settle != nullptr) table_.settle(table_.stack);
  }
  tcp::CallResult call(const tcp::UserCall& call) override;
  void advance(base::Duration d) override {
    earliest_ = now_;
    now_ += d;
    table_.advance(table_.stack, static_cast<std::uint64_t>(d.count()));
  }
  [[nodiscard]] std::optional<base::Duration> next_deadline() const override;
  [[nodiscard]] bool knows_deadlines() const override { return table_.next_deadline != nullptr; }
  [[nodiscard]] std::optional<tcp::State> state(const wire::FourTuple& tuple) const override;

 private:
  static void emit(void* self, std::uint64_t at_ns, const std::uint8_t* packet, std::size_t octets);
  static void fail(void* self, const char* why);

  /// The first failure is the one that explains the others.
  void fail(std::string why) const {
    if (!failure_) failure_ = AdapterError{std::move(why)};
  }
  tcp::CallResult result_of(const tcp::UserCall& call, int status, const tcprove_answer& answer);

  SharedObject object_;
  tcprove_host host_{.struct_size = sizeof(tcprove_host),
                     .abi_version = TCPROVE_ABI_VERSION,
                     .context = this,
                     .emit = emit,
                     .fail = fail};
  tcprove_adapter table_{};
  StackProfile profile_;
  mutable std::optional<AdapterError> failure_;
  base::Instant now_;
  base::Instant earliest_;  ///< That the next emission may carry.
};

std::optional<AdapterError> PluginAdapter::make() {
  void* const symbol = object_.symbol("tcprove_open");
  if (symbol == nullptr) {
    return AdapterError{"it exports no tcprove_open(): see tcprove_adapter.h"};
  }
  const auto open = reinterpret_cast<decltype(&tcprove_open)>(symbol);
  const tcprove_adapter* const offered = open(&host_);
  if (failure_) return failure_;
  if (offered == nullptr) return AdapterError{"its tcprove_open() answered null"};
  auto table = read_table(*offered);
  if (!table) return table.error();
  auto profile = read_profile(table.value());
  if (!profile) return profile.error();
  table_ = table.value();
  profile_ = std::move(profile.value());
  return std::nullopt;
}

std::optional<AdapterError> PluginAdapter::reset(const ResetOptions& options) {
  outbox().clear();
  failure_.reset();
  now_ = earliest_ = base::Instant();
  const tcprove_reset how{.seed = options.seed,
                          .stack = to_c({.address = options.stack}),
                          .peer = to_c({.address = options.peer})};
  const char* const refused = table_.reset(table_.stack, &how);
  if (refused != nullptr) fail(fmt::format("reset(): {}", refused));
  return failure_;
}

tcp::CallResult PluginAdapter::call(const tcp::UserCall& call) {
  const tcprove_call asked{.kind = static_cast<std::uint32_t>(call.kind),
                           .handle = call.handle,
                           .local = to_c(call.local),
                           .peer = to_c(call.peer),
                           .octets = call.octets.data(),
                           .octet_count = call.octets.size(),
                           .buffer = call.buffer.data(),
                           .buffer_size = call.buffer.size(),
                           .urgent = call.urgent ? 1U : 0U,
                           .option = static_cast<std::uint32_t>(call.option),
                           .value = call.value};
  tcprove_answer answer{};
  const int status = table_.call(table_.stack, &asked, &answer);
  return result_of(call, status, answer);
}

/// What a stack answers goes into the trace and is judged; what no stack can answer is the
/// adapter's failure.
tcp::CallResult PluginAdapter::result_of(const tcp::UserCall& call, int status,
                                         const tcprove_answer& answer) {
  const auto kind = static_cast<std::size_t>(call.kind);
  const auto lie = [&](const std::string& what) {
    fail(fmt::format("call({}) answered {}",
                     kind < tcp::kCallKindCount ? to_string(call.kind) : "of no kind", what));
    return tcp::CallResult{.status = tcp::CallStatus::Unsupported};
  };
  if (status < 0 || status >= static_cast<int>(tcp::kCallStatusCount)) {
    return lie(fmt::format("{}, which is no tcprove_status", status));
  }
  const std::size_t octets_max =
      call.kind == tcp::CallKind::Send ? call.octets.size() : call.buffer.size();
  const bool ok = status == TCPROVE_OK;
  const bool counts = call.kind == tcp::CallKind::Send || call.kind == tcp::CallKind::Receive;
  if (ok && counts && answer.octets > octets_max) {
    return lie(fmt::format("{} octets of {}", answer.octets, octets_max));
  }
  if (ok && call.kind == tcp::CallKind::Report && answer.report >= tcp::kReportCount) {
    return lie(fmt::format("report {}, which is no tcprove_report", answer.report));
  }
  const bool opens = call.kind == tcp::CallKind::Listen || call.kind == tcp::CallKind::Accept ||
                     call.kind == tcp::CallKind::Connect;
  if (ok && opens && answer.handle == TCPROVE_NO_HANDLE) return lie("handle 0, which is no handle");
  return {.status = static_cast<tcp::CallStatus>(status),
          .handle = answer.handle,
          .octets = counts ? answer.octets : 0,
          .report = static_cast<tcp::Report>(answer.report % tcp::kReportCount),
          .peer = from_c(answer.peer)};
}

std::optional<base::Duration> PluginAdapter::next_deadline() const {
  if (table_.next_deadline == nullptr) return std::nullopt;
  const std::int64_t ns = table_.next_deadline(table_.stack);
  if (ns == TCPROVE_NO_TIMER) return std::nullopt;
  if (ns >= 0) return base::Duration(ns);
  fail(fmt::format("next_deadline() answered {} ns", ns));
  return std::nullopt;
}

std::optional<tcp::State> PluginAdapter::state(const wire::FourTuple& tuple) const {
  if (table_.state == nullptr) return std::nullopt;
  const tcprove_endpoint local = to_c(tuple.stack);
  const tcprove_endpoint peer = to_c(tuple.peer);
  const int state = table_.state(table_.stack, &local, &peer);
  if (state == TCPROVE_STATE_UNKNOWN) return std::nullopt;
  if (state >= 0 && state < static_cast<int>(tcp::kStateCount)) {
    return static_cast<tcp::State>(state);
  }
  fail(fmt::format("state() answered {}, which is no tcprove_state", state));
  return std::nullopt;
}

void PluginAdapter::emit(void* self, std::uint64_t at_ns, const std::uint8_t* packet,
                         std::size_t octets) {
  auto& adapter = *static_cast<PluginAdapter*>(self);
  if (packet == nullptr || octets == 0 || octets > kPacketOctetsMax) {
    adapter.fail(fmt::format("emit() of {} octets at {}: no IP packet", octets,
                             packet == nullptr ? "null" : "an address"));
    return;
  }
  const auto ns = [](base::Instant t) {
    return static_cast<std::uint64_t>(t.time_since_epoch().count());
  };
  if (!adapter.profile_.capabilities.has(tcp::Capability::VirtualTime)) {
    at_ns =
        std::clamp(at_ns, ns(adapter.earliest_), ns(adapter.now_));  // Two real clocks never agree.
  }
  if (at_ns < ns(adapter.earliest_) || at_ns > ns(adapter.now_)) {
    adapter.fail(fmt::format("emit() at {} ns: the clock has gone from {} to {} ns", at_ns,
                             ns(adapter.earliest_), ns(adapter.now_)));
    return;
  }
  adapter.earliest_ = base::Instant(base::Duration(static_cast<std::int64_t>(at_ns)));
  adapter.outbox().push(adapter.earliest_, {packet, octets});
}

void PluginAdapter::fail(void* self, const char* why) {
  static_cast<PluginAdapter*>(self)->fail(why == nullptr ? "it failed and did not say why" : why);
}

}  // namespace

bool is_path(std::string_view target) {
  return target.find('/') != std::string_view::npos || target.ends_with(".so");
}

base::Result<std::unique_ptr<Adapter>, AdapterError> open_plugin(const std::string& path) {
  const auto at_path = [&](const AdapterError& error) {
    return AdapterError{fmt::format("{}: {}", path, error.message)};
  };
  auto object = SharedObject::open(path);
  if (!object) return at_path(object.error());
  auto adapter = std::make_unique<PluginAdapter>(std::move(object.value()));
  if (const auto failed = adapter->make()) return at_path(*failed);
  return std::unique_ptr<Adapter>(std::move(adapter));
}

}  // namespace tcprove::adapter::plugin
