#include "harness/adapter/reference/exchange.hpp"

#include <charconv>
#include <sstream>
#include <vector>

#include "harness/adapter/reference/exchange_segment.hpp"
#include "harness/base/check.hpp"

namespace tcprove::adapter::reference {
namespace {

using tcp::CallKind;
using tcp::CallResult;
using tcp::CallStatus;

base::Duration parse_duration(const std::string& text) {
  std::size_t end = 0;
  const long long n = std::stoll(text, &end);
  const std::string unit = text.substr(end);
  if (unit == "ms") return std::chrono::milliseconds(n);
  if (unit == "s") return std::chrono::seconds(n);
  if (unit == "min") return std::chrono::minutes(n);
  TCPROVE_CHECK(unit == "h", "a duration needs a unit");
  return std::chrono::hours(n);
}

class Exchange {
 public:
  explicit Exchange(std::optional<Fault> fault) : fault_(fault) {}

  std::string play(std::string_view text) {
    std::istringstream lines{std::string(text)};
    for (std::string line; std::getline(lines, line);) {
      if (line.empty() || line[0] == '<') continue;
      std::istringstream words(line);
      words >> verb_;
      std::getline(words >> std::ws, argument_);
      if (!words) argument_.clear();
      transcript_ += line.substr(0, line.find(" -> "));
      argument_ = argument_.substr(0, argument_.find("-> "));
      began_ = now_;
      step();
      argument_.clear();
      emissions();
    }
    return transcript_;
  }

 private:
  void step() {
    if (verb_ == "#") return;
    if (set()) return;
    if (!stack_) start();
    if (verb_ == ">" || verb_ == "icmp") {
      const auto packet =
          verb_ == ">" ? numbers_.encode(argument_) : numbers_.encode_icmp(argument_);
      stack_->deliver(packet);
    } else if (verb_ == "wait") {
      const base::Duration d = parse_duration(argument_);
      stack_->advance(d);
      now_ += d;
    } else if (!set_option() && !ask()) {
      call();
    }
  }

  bool set() {
    if (verb_ == "ip") {
      numbers_.set_ip(argument_ == "6" ? wire::IpVersion::V6 : wire::IpVersion::V4);
    } else if (verb_ == "iss" && argument_ == "own") {
      planned_ = false;
      numbers_.stack_iss = wire::SeqNum(0);
    } else if (verb_ == "peer") {
      numbers_.tuple.peer.address = *wire::parse_address(argument_);
    } else if (verb_ == "iss") {
      numbers_.stack_iss = wire::SeqNum(static_cast<std::uint32_t>(std::stoul(argument_)));
    } else if (verb_ == "peer-port") {
      numbers_.tuple.peer.port = static_cast<std::uint16_t>(std::stoul(argument_));
    } else if (verb_ == "show") {
      numbers_.show_wnd |= argument_ == "wnd";
      numbers_.show_options |= argument_ == "options";
      numbers_.show_ip |= argument_ == "ip";
    } else if (verb_ == "local") {
      local_ = *wire::parse_address(argument_);
    } else {
      return false;
    }
    return true;
  }

  bool set_option() {
    if (verb_ == "keep-alive") {
      set_option(tcp::UserOption::KeepAlive, 1);
      set_option(tcp::UserOption::KeepAliveInterval, parse_duration(argument_).count());
    } else if (verb_ == "user-timeout") {
      set_option(tcp::UserOption::UserTimeout, parse_duration(argument_).count());
    } else if (verb_ == "set") {
      const std::size_t blank = argument_.find(' ');
      set_option(*tcp::parse_user_option(argument_.substr(0, blank)),
                 std::stol(argument_.substr(blank)));
    } else {
      return false;
    }
    return true;
  }

  void set_option(tcp::UserOption option, std::int64_t value) {
    answer({.kind = CallKind::Set, .handle = connection_, .option = option, .value = value});
  }

  bool ask() {
    if (verb_ == "=") {
      transcript_.resize(transcript_.size() - argument_.size());
      transcript_ += tcp::to_string(state());
    } else if (verb_ == "urgent?") {
      const auto status = stack_->call({.kind = CallKind::Urgent, .handle = connection_}).status;
      transcript_ += status == CallStatus::Ok ? " -> yes" : " -> no";
    } else if (verb_ == "reports?") {
      transcript_ += " ->" + reports();
    } else if (verb_ == "deadline?") {
      const auto deadline = stack_->next_deadline();
      transcript_ += " -> " + (deadline ? base::to_string(*deadline) : "none");
    } else {
      return false;
    }
    return true;
  }

  std::string reports() {
    std::string told;
    for (;;) {
      const auto result = stack_->call({.kind = CallKind::Report, .handle = connection_});
      if (result.status != CallStatus::Ok) return told.empty() ? " none" : told;
      told += ' ';
      told += tcp::to_string(result.report);
    }
  }

  /// LISTEN holds where the connection is gone and somebody listens on its port.
  [[nodiscard]] tcp::State state() const {
    const tcp::State connection = stack_->state(numbers_.tuple);
    if (connection != tcp::State::Closed) return connection;
    wire::FourTuple port = numbers_.tuple;
    port.peer.port = 0;
    return stack_->state(port);
  }

  void start() {
    stack_.emplace(outbox_,
                   ResetOptions{.seed = 1,
                                .ip = numbers_.tuple.stack.address.version,
                                .stack = numbers_.tuple.stack.address,
                                .peer = numbers_.tuple.peer.address},
                   fault_);
    if (planned_) stack_->plan_iss(numbers_.stack_iss);
  }

  void call() {
    if (verb_ == "listen") {
      listener_ = answer({.kind = CallKind::Listen, .local = numbers_.tuple.stack}).handle;
    } else if (verb_ == "connect") {
      connection_ = answer({.kind = CallKind::Connect,
                            .local = {.address = local_.value_or(numbers_.tuple.stack.address),
                                      .port = numbers_.tuple.stack.port},
                            .peer = numbers_.tuple.peer})
                        .handle;
    } else if (verb_ == "accept") {
      connection_ = answer({.kind = CallKind::Accept, .handle = listener_}).handle;
    } else if (verb_ == "send" || verb_ == "urgent") {
      send(std::stoul(argument_));
    } else if (verb_ == "receive") {
      receive(std::stoul(argument_));
    } else if (verb_ == "shutdown") {
      answer({.kind = CallKind::Shutdown, .handle = connection_});
    } else if (verb_ == "close") {
      answer({.kind = CallKind::Close, .handle = connection_});
    } else if (verb_ == "unlisten") {
      answer({.kind = CallKind::Close, .handle = listener_});
    } else {
      TCPROVE_CHECK(verb_ == "abort", "an exchange has a line that means nothing");
      answer({.kind = CallKind::Abort, .handle = connection_});
    }
  }

  void send(std::size_t size) {
    std::vector<std::uint8_t> octets(size);
    for (std::uint8_t& octet : octets) octet = octet_at(++sent_);
    const CallResult result = stack_->call({.kind = CallKind::Send,
                                            .handle = connection_,
                                            .octets = octets,
                                            .urgent = verb_ == "urgent"});
    if (result.status != CallStatus::Ok) {
      print(result.status);
    } else if (result.octets != size) {
      transcript_ += " -> " + std::to_string(result.octets);
    }
    sent_ -= static_cast<std::uint32_t>(size - result.octets);
  }

  void receive(std::size_t size) {
    std::vector<std::uint8_t> buffer(size);
    const CallResult result =
        stack_->call({.kind = CallKind::Receive, .handle = connection_, .buffer = buffer});
    if (result.status != CallStatus::Ok) return print(result.status);
    transcript_ += " -> " + std::to_string(result.octets);
    for (std::size_t i = 0; i < result.octets; ++i) {
      if (buffer[i] != octet_at(++received_)) transcript_ += '!';
    }
  }

  CallResult answer(const tcp::UserCall& call) {
    const CallResult result = stack_->call(call);
    if (result.status != CallStatus::Ok) print(result.status);
    return result;
  }

  void print(CallStatus status) {
    transcript_ += " -> ";
    transcript_ += tcp::to_string(status);
  }

  void emissions() {
    transcript_ += '\n';
    for (std::size_t i = 0; i < outbox_.size(); ++i) {
      transcript_ += "< ";
      if (verb_ == "wait") transcript_ += '+' + base::to_string(outbox_.at(i) - began_) + ' ';
      transcript_ += numbers_.describe(outbox_.packet(i)) + '\n';
    }
    outbox_.clear();
  }

  std::optional<Fault> fault_;
  Outbox outbox_;
  std::optional<Stack> stack_;
  ExchangeNumbers numbers_;
  base::Instant now_;
  base::Instant began_;
  bool planned_ = true;
  std::optional<wire::IpAddress> local_;
  tcp::Handle listener_ = tcp::kNoHandle;
  tcp::Handle connection_ = tcp::kNoHandle;
  std::uint32_t sent_ = 0;
  std::uint32_t received_ = 0;
  std::string verb_;
  std::string argument_;
  std::string transcript_;
};

}  // namespace

std::string play(std::string_view text, std::optional<Fault> fault) {
  return Exchange(fault).play(text);
}

}  // namespace tcprove::adapter::reference
