#include "harness/plan/openings.hpp"

#include <utility>

namespace tcprove::plan {
namespace {

using tcp::CallKind;
using wire::Flag;

/// Writes the steps of one opening, the plainest field by field.
class Script {
 public:
  Script(Role role, std::uint16_t connection) : role_(role), connection_(connection) {}

  void call(CallKind kind, std::int64_t octets = 0) {
    Call call{.kind = kind, .octets = {}, .data = {}, .results = {}};
    const bool counts = kind == CallKind::Send || kind == CallKind::Receive;
    if (counts) call.octets = Expr{.constant = octets};
    call.at_most = kind == CallKind::Receive;
    add(std::move(call));
  }

  void send(wire::Flags ctl, std::optional<Expr> seq = {}, std::optional<Expr> ack = {},
            std::optional<Expr> len = {}, std::optional<Expr> wnd = {}) {
    SegmentText segment{.ctl = ctl, .psh_named = ctl.has(Flag::Psh)};
    segment.seq = std::move(seq);
    segment.ack = std::move(ack);
    segment.len = std::move(len);
    segment.wnd = std::move(wnd);
    add(Send{.sent = {std::move(segment)}, .arrive = {0}});
  }

  void ask_for_connection() {
    if (role_ == Role::Active) return call(CallKind::Connect);
    call(CallKind::Listen);
  }

  void half_open() {
    ask_for_connection();
    send(Flag::Syn);
  }

  void establish() {
    ask_for_connection();
    if (role_ == Role::Active) return send(Flag::Syn | Flag::Ack);
    send(Flag::Syn);
    send(Flag::Ack);
    call(CallKind::Accept);
  }

  void fin(std::optional<Expr> ack = {}) { send(Flag::Fin | Flag::Ack, {}, std::move(ack)); }

  std::vector<Step> take() { return std::move(steps_); }

 private:
  template <class Action>
  void add(Action action) {
    Step& step = steps_.emplace_back();
    step.action = std::move(action);
    step.connection = connection_;
  }

  Role role_;
  std::uint16_t connection_;
  std::vector<Step> steps_;
};

Expr number(std::int64_t n) { return {.constant = n}; }

void play_from_established(Opening opening, Script& script) {
  const Expr snd_una{.terms = {{.symbol = Symbol::SndUna}}};
  switch (opening) {
    case Opening::FinWait1:
      return script.call(CallKind::Close);
    case Opening::FinWait2:
      script.call(CallKind::Close);
      return script.send(Flag::Ack);
    case Opening::CloseWait:
      return script.fin();
    case Opening::Closing:
      script.call(CallKind::Close);
      return script.fin(snd_una);
    case Opening::LastAck:
      script.fin();
      return script.call(CallKind::Close);
    case Opening::TimeWait:
      script.call(CallKind::Close);
      return script.fin();
    case Opening::HalfClosed:
      script.call(CallKind::Shutdown);
      return script.send(Flag::Ack);
    case Opening::SendQueueFull:
      return script.call(CallKind::Send, 10'000);
    case Opening::WindowClosed:
      script.send(Flag::Ack, {}, {}, {}, number(0));
      return script.call(CallKind::Send, 1000);
    case Opening::GapReceived:
      return script.send(Flag::Psh | Flag::Ack,
                         Expr{.constant = 10, .terms = {{.symbol = Symbol::RcvNxt}}}, {},
                         number(100));
    case Opening::TextUnread:
      return script.send(Flag::Psh | Flag::Ack, {}, {}, number(100));
    default:
      return;
  }
}

}  // namespace

std::vector<Step> steps_of(Opening opening, Role role, std::uint16_t connection) {
  Script script(role, connection);
  switch (opening) {
    case Opening::Nothing:
      break;
    case Opening::Listen:
      script.call(CallKind::Listen);
      break;
    case Opening::SynSent:
      script.ask_for_connection();
      break;
    case Opening::SynReceived:
      script.half_open();
      break;
    default:
      script.establish();
      play_from_established(opening, script);
  }
  return script.take();
}

}  // namespace tcprove::plan
