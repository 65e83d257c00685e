#include "harness/adapter/tun/tun_adapter.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "harness/adapter/kernel/play_clock.hpp"
#include "harness/adapter/tun/echoes.hpp"
#include "harness/adapter/tun/flows.hpp"
#include "harness/adapter/tun/link.hpp"
#include "harness/adapter/tun/peer_ports.hpp"
#include "harness/wire/flags.hpp"

namespace tcprove::adapter::tun {
namespace {

using tcp::CallStatus;
using wire::Flag;

/// The port that scenarios listen on where they name none.
constexpr std::uint16_t kPlannedPort = 7;
/// A stack has settled when it has been silent for some times as long as it took for its first
/// answer, within these bounds: a program may have to be woken for it, and steps are not to come
/// late.
constexpr int kQuietTimes = 4;
constexpr base::Duration kQuietMin = std::chrono::milliseconds(2);
constexpr base::Duration kQuietMax = std::chrono::milliseconds(10);
/// Who is not silent then has more to say than an answer.
constexpr base::Duration kSettledAfter = std::chrono::milliseconds(60);
/// As long as a service may take to send back what it got.
constexpr base::Duration kServiceTime = std::chrono::milliseconds(50);
/// A connection that is being ended may ask so often which number it is to be.
constexpr int kResetsMax = 3;
/// For the first sign of life.
constexpr int kSynsMax = 3;
constexpr base::Duration kSynAnswer = std::chrono::seconds(1);
/// Steps that ask for an answer at once allow ten milliseconds.
constexpr base::Duration kAnswerMax = std::chrono::milliseconds(5);

tcp::Capabilities capabilities(const Place& place) {
  tcp::Capabilities offered = place.offers;
  const bool v4 = place.peer.version == wire::IpVersion::V4;
  offered.add(v4 ? tcp::Capability::Ipv4 : tcp::Capability::Ipv6);
  offered.add(tcp::Capability::PassiveOpen);
  if (place.service == Service::Echo) offered.add(tcp::Capability::UserReceive);
  return offered;
}

std::string_view name_of(Service service) { return service == Service::Echo ? "echo" : "discard"; }

class TunAdapter final : public Adapter {
 public:
  explicit TunAdapter(Place place)
      : place_(std::move(place)),
        profile_{.name = fmt::format("tun:{}", place_.device),
                 .version = fmt::format("{} at {} port {}", name_of(place_.service),
                                        to_string(place_.stack.address), place_.stack.port),
                 .capabilities = capabilities(place_),
                 .service = place_.service},
        ports_(fmt::format("{} {}", place_.device, to_string(place_.peer))) {}

  /// Finds the stack and its service.
  std::optional<AdapterError> open();

  [[nodiscard]] const StackProfile& profile() const override { return profile_; }

  std::optional<AdapterError> reset(const ResetOptions& options) override;
  wire::FourTuple place(const wire::FourTuple& planned) override;
  void leave() override;
  void set_iss(std::optional<wire::SeqNum>) override {}

  void deliver(wire::Octets packet) override;
  void settle() override;
  tcp::CallResult call(const tcp::UserCall& call) override;
  void advance(base::Duration d) override;

  [[nodiscard]] std::optional<base::Instant> clock() const override {
    return told_ = std::max(told_, clock_.now());
  }
  [[nodiscard]] std::optional<base::Duration> next_deadline() const override { return {}; }
  [[nodiscard]] bool knows_deadlines() const override { return false; }
  [[nodiscard]] std::optional<tcp::State> state(const wire::FourTuple&) const override {
    return std::nullopt;
  }
  [[nodiscard]] const AdapterError* failure() const override {
    return failure_ ? &*failure_ : nullptr;
  }

 private:
  void take_emissions();
  void fail(AdapterError error) {
    if (!failure_) failure_ = std::move(error);
  }
  std::optional<AdapterError> greet();
  tcp::CallResult ask_echo(const tcp::UserCall& call);

  Place place_;
  StackProfile profile_;
  PeerPorts ports_;
  Link link_;
  Flows flows_;
  Echoes echoes_;
  kernel::PlayClock clock_;
  mutable base::Instant told_;  ///< No emission is stamped earlier than what clock() has said.
  base::Duration quiet_ = kQuietMax;
  bool is_awaited_ = false;  ///< An answer may be on its way.
  bool listens_ = false;     ///< As the play knows.
  bool urgent_ = false;      ///< The peer has sent urgent octets.
  std::optional<AdapterError> failure_;
};

std::optional<AdapterError> TunAdapter::open() {
  if (auto error = link_.open(place_)) return error;
  return greet();
}

std::vector<std::uint8_t> syn_for(const wire::FourTuple& tuple) {
  wire::Packet syn;
  syn.source = tuple.peer.address;
  syn.destination = tuple.stack.address;
  syn.segment.source_port = tuple.peer.port;
  syn.segment.destination_port = tuple.stack.port;
  syn.segment.ctl = Flag::Syn;
  syn.segment.wnd = 65535;
  std::vector<std::uint8_t> octets;
  wire::encode(syn, {}, octets);
  return octets;
}

/// Asks for a connection and ends it: what is wrong with the place shows here and not in each play.
std::optional<AdapterError> TunAdapter::greet() {
  if (auto error = reset({})) return error;
  listens_ = true;
  std::optional<base::Duration> took;
  for (int i = 0; i < kSynsMax && (!took || *took > kAnswerMax); ++i) {
    outbox().clear();
    const base::Instant sent = *clock();
    // Who comes again is answered otherwise.
    const auto planned = static_cast<std::uint16_t>(i);
    deliver(syn_for(place({.stack = {.port = kPlannedPort}, .peer = {.port = planned}})));
    advance(kSynAnswer);
    if (failure_) return failure_;
    if (outbox().empty()) continue;
    const wire::Packet answer = wire::decode(outbox().packet(0));
    took = outbox().at(0) - sent;
    if (answer.segment.ctl.has(Flag::Syn)) continue;
    leave();
    return AdapterError{
        fmt::format("nobody listens on port {} of {}: it answers a SYN by {}", place_.stack.port,
                    to_string(place_.stack.address),
                    answer.has_segment() ? to_string(answer.segment.ctl) : "an ICMP error")};
  }
  leave();
  if (!took) {
    return AdapterError{fmt::format("{} port {} answers no SYN; does its way to {} lead by {}?",
                                    to_string(place_.stack.address), place_.stack.port,
                                    to_string(place_.peer), place_.device)};
  }
  if (*took > kAnswerMax) {
    return AdapterError{fmt::format(
        "{} answers a SYN after {}: who is farther away than {} cannot "
        "be judged by when it answers",
        to_string(place_.stack.address), base::to_string(*took), base::to_string(kAnswerMax))};
  }
  quiet_ = std::clamp(kQuietTimes * *took, kQuietMin, kQuietMax);
  return std::nullopt;
}

/// Connections of our own are all that we can make new: they have ports that none had before.
std::optional<AdapterError> TunAdapter::reset(const ResetOptions&) {
  outbox().clear();
  failure_.reset();
  flows_.clear();
  echoes_.clear();
  is_awaited_ = listens_ = urgent_ = false;
  if (!ports_.take_next()) return AdapterError{"no port of the peer's is free"};
  const std::uint16_t first = ports_.first();
  const auto last = static_cast<std::uint16_t>(first + PeerPorts::kBlock - 1);
  clock_.restart();
  told_ = base::Instant();
  return link_.listen_to({.first = first, .last = last}, clock_);
}

wire::FourTuple TunAdapter::place(const wire::FourTuple& planned) {
  // An active opener's is 0; it will not get far.
  if (planned.stack.port != kPlannedPort && planned.stack.port != 0) {
    fail({.message = "what listens on other ports than the service's is not known",
          .out_of_reach = true});
  }
  const auto port = ports_.port_for(planned.peer.port);
  if (!port) fail({.message = "so many connections have no ports", .out_of_reach = true});
  return {.stack = place_.stack, .peer = {place_.peer, port.value_or(ports_.first())}};
}

void TunAdapter::leave() {
  std::optional<AdapterError> ignored;
  for (int i = 0; i < kResetsMax; ++i) {
    for (const auto& packet : flows_.resets()) ignored = link_.send(packet);
    flows_.clear();
    link_.wait(quiet_);
    // Who is still there says so, and with that the number that it takes.
    while (const auto packet = link_.next(clock_, ignored)) {
      flows_.note_emission(wire::decode(packet->octets));
    }
    if (flows_.resets().empty()) return;
  }
}

void TunAdapter::deliver(wire::Octets octets) {
  const wire::Packet packet = wire::decode(octets);
  const bool has_addresses =
      !packet.flaws.has(wire::Flaw::NotIp) && !packet.flaws.has(wire::Flaw::IpHeaderShort);
  if (has_addresses &&
      (packet.source != place_.peer || packet.destination != place_.stack.address)) {
    return fail(
        {.message = fmt::format("on a link that others use as well nothing goes from {} to {}",
                                to_string(packet.source), to_string(packet.destination)),
         .out_of_reach = true});
  }
  if (!listens_) {
    return fail(
        {.message = "the service listens before any step has it do so", .out_of_reach = true});
  }
  take_emissions();
  if (auto error = link_.send(octets)) fail(std::move(*error));
  flows_.note_arrival(packet);
  is_awaited_ = true;
  urgent_ = urgent_ || packet.segment.ctl.has(Flag::Urg);
}

void TunAdapter::settle() {
  take_emissions();
  if (!std::exchange(is_awaited_, false)) return;
  const base::Instant limit = clock_.now() + kSettledAfter;
  for (std::size_t before = outbox().size();; before = outbox().size()) {
    link_.wait(quiet_);
    take_emissions();
    if (outbox().size() == before || clock_.now() >= limit) return;
  }
}

/// What came back answers for its user.
tcp::CallResult TunAdapter::ask_echo(const tcp::UserCall& call) {
  // Services of old take an urgent octet out of the stream.
  if (place_.service != Service::Echo || urgent_) return {.status = CallStatus::Unsupported};
  if (call.kind == tcp::CallKind::Accept) return echoes_.accept();
  if (call.kind == tcp::CallKind::Receive) return echoes_.receive(call.handle, call.buffer);
  return {.status = CallStatus::Unsupported};
}

tcp::CallResult TunAdapter::call(const tcp::UserCall& call) {
  if (call.kind == tcp::CallKind::Listen && call.local == place_.stack) {
    listens_ = true;
    return {.handle = 1};
  }
  tcp::CallResult result;
  const base::Instant limit = clock_.now() + kServiceTime;
  do {
    take_emissions();
    result = ask_echo(call);
    if (result.status != CallStatus::Unsupported || clock_.now() >= limit) break;
    link_.wait(limit - clock_.now());
  } while (place_.service == Service::Echo);
  if (result.status == CallStatus::Unsupported) {
    fail({.message = fmt::format("what {} would answer the {} service does not show",
                                 to_string(call.kind), name_of(place_.service)),
          .out_of_reach = true});
  }
  return result;
}

void TunAdapter::advance(base::Duration d) {
  take_emissions();
  if (!outbox().empty()) return;
  link_.wait(d);
  take_emissions();
}

void TunAdapter::take_emissions() {
  std::optional<AdapterError> error;
  while (const auto packet = link_.next(clock_, error)) {
    told_ = std::max(told_, packet->at);
    const wire::Packet read = wire::decode(packet->octets);
    flows_.note_emission(read);
    echoes_.note_emission(read);
    outbox().push(told_, packet->octets);
  }
  if (error) fail(std::move(*error));
}

}  // namespace

base::Result<std::unique_ptr<Adapter>, AdapterError> open_wire(std::string_view target) {
  auto adapter = std::make_unique<TunAdapter>(read_place(target).value());
  if (auto error = adapter->open()) return std::move(*error);
  return std::unique_ptr<Adapter>(std::move(adapter));
}

}  // namespace tcprove::adapter::tun
