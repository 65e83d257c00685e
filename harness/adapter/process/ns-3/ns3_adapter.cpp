// SPDX-License-Identifier: GPL-2.0-only
//
// The TCP of ns-3 as a child process of tcprove: a program of its own, for ns-3 may only be linked
// by what has its licence. The protocol is in ../README.md.

#include <cstdint>
#include <cstdio>
#include <deque>
#include <iostream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>
#include <ns3/core-module.h>
#include <ns3/internet-module.h>
#include <ns3/network-module.h>
#include <ns3/virtual-net-device.h>

namespace {

using Json = nlohmann::ordered_json;
using ns3::Ptr;
using ns3::TcpSocket;

constexpr std::uint16_t kIpv4 = 0x0800;
constexpr int kMethodNotFound = -32601;

/// What the simulator's list of events is, so that the next one can be looked at.
class OpenScheduler : public ns3::MapScheduler {
 public:
  static ns3::TypeId GetTypeId() {
    static const ns3::TypeId id = ns3::TypeId("tcprove::OpenScheduler")
                                      .SetParent<ns3::MapScheduler>()
                                      .AddConstructor<OpenScheduler>();
    return id;
  }
  OpenScheduler() { latest = this; }

  static OpenScheduler* latest;  ///< The one that the simulator made.
};
OpenScheduler* OpenScheduler::latest = nullptr;

/// The state of a socket, which ns-3 tells only to classes that derive from it.
struct Socket : ns3::TcpSocketBase {
  static TcpSocket::TcpStates_t state_of(const Ptr<ns3::TcpSocketBase>& socket) {
    return (*socket).*(&Socket::m_state);
  }
};

std::string spelled(TcpSocket::TcpStates_t state) {
  static const std::map<TcpSocket::TcpStates_t, std::string> kNames{
      {TcpSocket::CLOSED, "CLOSED"},           {TcpSocket::LISTEN, "LISTEN"},
      {TcpSocket::SYN_SENT, "SYN-SENT"},       {TcpSocket::SYN_RCVD, "SYN-RECEIVED"},
      {TcpSocket::ESTABLISHED, "ESTABLISHED"}, {TcpSocket::CLOSE_WAIT, "CLOSE-WAIT"},
      {TcpSocket::LAST_ACK, "LAST-ACK"},       {TcpSocket::FIN_WAIT_1, "FIN-WAIT-1"},
      {TcpSocket::FIN_WAIT_2, "FIN-WAIT-2"},   {TcpSocket::CLOSING, "CLOSING"},
      {TcpSocket::TIME_WAIT, "TIME-WAIT"}};
  return kNames.at(state);
}

std::vector<std::uint8_t> octets_of(const std::string& hex) {
  std::vector<std::uint8_t> octets;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    octets.push_back(static_cast<std::uint8_t>(std::stoul(hex.substr(i, 2), nullptr, 16)));
  }
  return octets;
}

std::string hex_of(const Ptr<const ns3::Packet>& packet) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::vector<std::uint8_t> octets(packet->GetSize());
  packet->CopyData(octets.data(), packet->GetSize());
  std::string hex;
  for (const std::uint8_t octet : octets) {
    hex += kDigits[octet >> 4U];
    hex += kDigits[octet & 15U];
  }
  return hex;
}

ns3::InetSocketAddress address_of(const Json& end) {
  return {ns3::Ipv4Address(end["address"].get<std::string>().c_str()),
          end["port"].get<std::uint16_t>()};
}

Json status(const char* name) { return {{"status", name}}; }

/// What the user holds.
struct Handle {
  Ptr<ns3::TcpSocketBase> socket;
  ns3::Address peer = {};                   ///< Of what a peer opened.
  std::deque<std::uint64_t> accepted = {};  ///< Of a listener: not yet handed out.
  bool finished = false;                    ///< SHUTDOWN or CLOSE was called.
  bool failed = false;
  bool refused = false;
};

/// One host with one link, whose other end is tcprove.
class Host {
 public:
  Json hello() {
    return {
        {"protocol", 1},
        {"name", "ns-3"},
        {"version", "3.37"},
        {"capabilities",
         {"passive-open", "active-open", "local-port", "user-send", "user-receive", "user-shutdown",
          "user-close", "introspection", "virtual-time", "ipv4", "window-scale", "timestamps",
          "sack-permitted", "path-mtu", "set-no-delay", "set-ttl"}},
        {"initial_rto_ns", 3'000'000'000}};  // ConnTimeout.
  }

  Json reset(const Json& asked) {
    handles_.clear();
    ns3::Simulator::Destroy();
    ns3::RngSeedManager::SetRun(asked["seed"].get<std::uint64_t>());
    ns3::Simulator::SetScheduler(ns3::ObjectFactory("tcprove::OpenScheduler"));
    ns3::Simulator::Now();  // Makes the simulator.
    boot(asked["stack"].get<std::string>());
    settle();
    emitted_ = Json::array();
    return Json::object();
  }

  Json deliver(const Json& asked) {
    const auto octets = octets_of(asked["packet"].get<std::string>());
    const auto packet = ns3::Create<ns3::Packet>(octets.data(), octets.size());
    const ns3::Address mac = device_->GetAddress();
    device_->Receive(packet, kIpv4, mac, mac, ns3::NetDevice::PACKET_HOST);
    return Json::object();
  }

  Json advance(const Json& asked) {
    run_until(ns3::Simulator::Now() + ns3::NanoSeconds(asked["ns"].get<std::int64_t>()));
    return Json::object();
  }

  /// What is due now happens, and what that makes due now; time stands still.
  void settle() { run_until(ns3::Simulator::Now()); }

  Json take_emitted() { return std::exchange(emitted_, Json::array()); }

  /// Until the next event; what was cancelled counts, for it only costs a look.
  Json deadline() {
    if (OpenScheduler::latest->IsEmpty()) return nullptr;
    const std::uint64_t at = OpenScheduler::latest->PeekNext().key.m_ts;
    return ns3::TimeStep(at).GetNanoSeconds() - ns3::Simulator::Now().GetNanoSeconds();
  }

  Json state(const Json& asked) {
    const ns3::InetSocketAddress local = address_of(asked["stack"]);
    const ns3::InetSocketAddress peer = address_of(asked["peer"]);
    TcpSocket::TcpStates_t newest = TcpSocket::CLOSED;
    ns3::ObjectVectorValue sockets;
    node_->GetObject<ns3::TcpL4Protocol>()->GetAttribute("SocketList", sockets);
    for (auto i = sockets.Begin(); i != sockets.End(); ++i) {
      const auto socket = i->second->GetObject<ns3::TcpSocketBase>();
      const TcpSocket::TcpStates_t state = Socket::state_of(socket);
      ns3::Address of_socket;
      ns3::Address of_peer;
      if (state == TcpSocket::CLOSED || socket->GetSockName(of_socket) != 0) continue;
      if (ns3::InetSocketAddress::ConvertFrom(of_socket).GetPort() != local.GetPort()) continue;
      const bool listens = state == TcpSocket::LISTEN;
      if (listens != (peer.GetPort() == 0)) continue;
      if (!listens && socket->GetPeerName(of_peer) != 0) continue;
      if (listens || ns3::InetSocketAddress::ConvertFrom(of_peer) == peer) newest = state;
    }
    return {{"state", spelled(newest)}};
  }

  Json listen(const Json& asked) {
    Handle& handle = make_handle();
    const std::uint16_t port = address_of(asked["local"]).GetPort();
    const bool bound = handle.socket->Bind(ns3::InetSocketAddress(port)) == 0;
    if (!bound || handle.socket->Listen() != 0) return status("invalid-argument");
    const std::uint64_t id = next_;
    handle.socket->SetAcceptCallback(
        ns3::MakeNullCallback<bool, Ptr<ns3::Socket>, const ns3::Address&>(),
        ns3::Callback<void, Ptr<ns3::Socket>, const ns3::Address&>(
            [this, id](Ptr<ns3::Socket> socket, const ns3::Address& peer) {
              // Watched at once: a reset may come before ACCEPT.
              handles_[++next_].socket = socket->GetObject<ns3::TcpSocketBase>();
              handles_[next_].peer = peer;
              watch(next_);
              handles_[id].accepted.push_back(next_);
            }));
    return {{"status", "ok"}, {"handle", id}};
  }

  Json accept(Handle& listener, const Json& /*asked*/) {
    if (listener.accepted.empty()) return status("would-block");
    const std::uint64_t id = listener.accepted.front();
    listener.accepted.pop_front();
    const auto end = ns3::InetSocketAddress::ConvertFrom(handles_[id].peer);
    std::ostringstream address;
    address << end.GetIpv4();
    return {{"status", "ok"},
            {"handle", id},
            {"peer", {{"address", address.str()}, {"port", end.GetPort()}}}};
  }

  Json connect(const Json& asked) {
    Handle& handle = make_handle();
    watch(next_);
    const std::uint16_t port = address_of(asked["local"]).GetPort();
    const int bound =
        port == 0 ? handle.socket->Bind() : handle.socket->Bind(ns3::InetSocketAddress(port));
    if (bound != 0 || handle.socket->Connect(address_of(asked["peer"])) != 0) {
      return status("invalid-argument");
    }
    return {{"status", "ok"}, {"handle", next_}};
  }

  Json send(Handle& handle, const Json& asked) {
    if (asked.value("urgent", false)) return status("unsupported");
    if (handle.finished) return status("closing");
    if (const char* ended = how_ended(handle)) return status(ended);
    std::vector<std::uint8_t> octets = octets_of(asked["octets"].get<std::string>());
    const std::size_t room = handle.socket->GetTxAvailable();
    if (room == 0 && !octets.empty()) return status("would-block");
    octets.resize(std::min(octets.size(), room));
    const int taken =
        handle.socket->Send(ns3::Create<ns3::Packet>(octets.data(), octets.size()), 0);
    if (taken < 0) return status("closing");
    return {{"status", "ok"}, {"taken", taken}};
  }

  Json receive(Handle& handle, const Json& asked) {
    if (handle.socket->GetRxAvailable() > 0) {
      const Ptr<ns3::Packet> got = handle.socket->Recv(asked["octets_max"].get<std::uint32_t>(), 0);
      return {{"status", "ok"}, {"octets", hex_of(got)}};
    }
    if (const char* ended = how_ended(handle)) return status(ended);
    switch (Socket::state_of(handle.socket)) {
      case TcpSocket::CLOSE_WAIT:
      case TcpSocket::LAST_ACK:
      case TcpSocket::CLOSING:
      case TcpSocket::TIME_WAIT:
      case TcpSocket::CLOSED:
        return status("end-of-stream");
      default:
        return status("would-block");
    }
  }

  Json shutdown(Handle& handle, const Json& /*asked*/) {
    if (const char* ended = how_ended(handle)) return status(ended);
    handle.finished = true;
    return status(handle.socket->ShutdownSend() == 0 ? "ok" : "no-connection");
  }

  Json close(Handle& handle, const Json& /*asked*/) {
    if (const char* ended = how_ended(handle)) return status(ended);
    handle.finished = true;
    return status(handle.socket->Close() == 0 ? "ok" : "no-connection");
  }

  Json set(const Json& asked) {
    const auto option = asked["option"].get<std::string>();
    const auto value = asked["value"].get<std::int64_t>();
    const auto found = handles_.find(asked["handle"].get<std::uint64_t>());
    if (option != "no-delay" && option != "ttl") return status("unsupported");
    options_[option] = value;
    if (found == handles_.end()) return status("ok");
    take_option(found->second.socket, option, value);
    return status("ok");
  }

  Handle* find(const Json& asked) {
    const auto found = handles_.find(asked.value("handle", std::uint64_t{0}));
    return found == handles_.end() ? nullptr : &found->second;
  }

 private:
  void boot(const std::string& address) {
    node_ = ns3::CreateObject<ns3::Node>();
    ns3::InternetStackHelper internet;
    internet.SetIpv6StackInstall(false);
    internet.Install(node_);
    device_ = ns3::CreateObject<ns3::VirtualNetDevice>();
    device_->SetAddress(ns3::Mac48Address::Allocate());
    device_->SetNeedsArp(false);
    device_->SetMtu(1500);
    device_->SetSendCallback(ns3::Callback<bool, Ptr<ns3::Packet>, const ns3::Address&,
                                           const ns3::Address&, std::uint16_t>(
        [this](Ptr<ns3::Packet> packet, const ns3::Address&, const ns3::Address&, std::uint16_t) {
          emitted_.push_back(
              {{"at_ns", ns3::Simulator::Now().GetNanoSeconds()}, {"packet", hex_of(packet)}});
          return true;
        }));
    node_->AddDevice(device_);
    const auto ipv4 = node_->GetObject<ns3::Ipv4>();
    const std::uint32_t link = ipv4->AddInterface(device_);
    ipv4->AddAddress(link, {ns3::Ipv4Address(address.c_str()), ns3::Ipv4Mask("255.255.255.0")});
    ipv4->SetUp(link);
    options_.clear();
  }

  /// Every event up to `end` happens at its own instant, those that others add for `end` too.
  void run_until(ns3::Time end) {
    do {
      ns3::Simulator::Stop(end - ns3::Simulator::Now());
      ns3::Simulator::Run();
    } while (!OpenScheduler::latest->IsEmpty() &&
             ns3::TimeStep(OpenScheduler::latest->PeekNext().key.m_ts) <= end);
  }

  Handle& make_handle() {
    Handle& handle = handles_[++next_];
    handle.socket = ns3::Socket::CreateSocket(node_, ns3::TcpSocketFactory::GetTypeId())
                        ->GetObject<ns3::TcpSocketBase>();
    for (const auto& [option, value] : options_) take_option(handle.socket, option, value);
    return handle;
  }

  static void take_option(const Ptr<ns3::TcpSocketBase>& socket, const std::string& option,
                          std::int64_t value) {
    if (option == "ttl") {
      socket->SetIpTtl(static_cast<std::uint8_t>(value));
    } else {
      socket->SetAttribute("TcpNoDelay", ns3::BooleanValue(value != 0));
    }
  }

  /// How a connection ends is told by callbacks alone.
  void watch(std::uint64_t id) {
    using Told = ns3::Callback<void, Ptr<ns3::Socket>>;
    const auto ignore = Told([](Ptr<ns3::Socket>) {});
    handles_[id].socket->SetCloseCallbacks(
        ignore, Told([this, id](Ptr<ns3::Socket>) { handles_[id].failed = true; }));
    handles_[id].socket->SetConnectCallback(
        ignore, Told([this, id](Ptr<ns3::Socket>) { handles_[id].refused = true; }));
  }

  static const char* how_ended(const Handle& handle) {
    if (handle.refused) return "refused";
    return handle.failed ? "reset" : nullptr;
  }

  Ptr<ns3::Node> node_;
  Ptr<ns3::VirtualNetDevice> device_;
  std::map<std::uint64_t, Handle> handles_;
  std::map<std::string, std::int64_t> options_;  ///< Of what is opened from now on.
  std::uint64_t next_ = 0;
  Json emitted_ = Json::array();
};

/// Null for a method that is not known.
Json answer(Host& host, const std::string& method, const Json& params) {
  if (method == "hello") return host.hello();
  if (method == "reset") return host.reset(params);
  if (method == "deliver") return host.deliver(params);
  if (method == "advance") return host.advance(params);
  if (method == "state") return host.state(params);
  if (method == "listen") return host.listen(params);
  if (method == "connect") return host.connect(params);
  if (method == "set") return host.set(params);
  using OnHandle = Json (Host::*)(Handle&, const Json&);
  static const std::map<std::string, OnHandle> kOnHandle{{"accept", &Host::accept},
                                                         {"send", &Host::send},
                                                         {"receive", &Host::receive},
                                                         {"shutdown", &Host::shutdown},
                                                         {"close", &Host::close}};
  const auto known = kOnHandle.find(method);
  if (known == kOnHandle.end()) return nullptr;
  Handle* handle = host.find(params);
  return handle == nullptr ? status("no-connection") : (host.*known->second)(*handle, params);
}

}  // namespace

int main() {
  ns3::GlobalValue::Bind("ChecksumEnabled", ns3::BooleanValue(true));
  OpenScheduler::GetTypeId();
  Host host;
  for (std::string line; std::getline(std::cin, line);) {
    const Json asked = Json::parse(line);
    const auto method = asked["method"].get<std::string>();
    Json told{{"jsonrpc", "2.0"}, {"id", asked["id"]}};
    Json result = answer(host, method, asked["params"]);
    if (result.is_null()) {
      told["error"] = {{"code", kMethodNotFound}, {"message", "method not found"}};
    } else if (method != "hello") {
      host.settle();
      result["emitted"] = host.take_emitted();
      result["deadline_ns"] = host.deadline();
    }
    if (!result.is_null()) told["result"] = result;
    std::puts(told.dump().c_str());
    std::fflush(stdout);
  }
}
