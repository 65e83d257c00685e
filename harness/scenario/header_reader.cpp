#include "harness/scenario/header_reader.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "harness/base/spelling.hpp"
#include "harness/scenario/catalogue.hpp"
#include "harness/scenario/cursor.hpp"
#include "harness/scenario/literal_parser.hpp"
#include "harness/scenario/map_reader.hpp"

namespace tcprove::scenario {
namespace {

constexpr std::array<std::string_view, 2> kRoleNames{"passive", "active"};
constexpr std::array<std::string_view, 2> kIpNames{"4", "6"};
constexpr std::array<std::string_view, 2> kNumberings{"relative", "absolute"};

/// Reads one header into a blueprint.
class HeaderReader {
 public:
  HeaderReader(Blueprint& blueprint, const Catalogue* catalogue, Problems& problems)
      : blueprint_(blueprint), catalogue_(catalogue), problems_(problems) {}

  const Node* read() {
    MapReader map(blueprint_.root, "a scenario", problems_);
    const Node* steps = map.require("steps");
    if (const Node* covers = map.find("covers")) read_covers(*covers);
    if (const Node* role = map.find("role")) read_roles(*role);
    blueprint_.given = map.find("given");
    if (const Node* needs = map.find("needs")) read_needs(*needs);
    if (const Node* with = map.find("with")) {
      blueprint_.matrix.variables = read_variables(*with, problems_);
    }
    if (const Node* ip = map.find("ip")) read_ip_versions(*ip);
    if (const Node* iss = map.find("iss")) read_iss(*iss);
    if (const Node* numbers = map.find("numbers")) read_numbering(*numbers);
    if (const Node* peer = map.find("peer")) read_peer(*peer);
    if (const Node* connections = map.find("connections")) read_connections(*connections);
    map.finish();
    return steps;
  }

 private:
  void read_covers(const Node& node) {
    for (const Node* item : read_texts(node, "covers", problems_)) {
      blueprint_.covers.push_back(item->text);
      if (catalogue_ == nullptr || catalogue_->find(item->text) != nullptr) continue;
      problems_.add(item->place,
                    fmt::format("the catalogue has no requirement {}", in_quotes(item->text)),
                    catalogue_->nearest(item->text));
    }
  }

  void read_needs(const Node& node) {
    for (const Node* item : read_texts(node, "needs", problems_)) {
      const auto capability = tcp::parse_capability(item->text);
      if (capability) {
        blueprint_.needs.add(*capability);
      } else {
        problems_.add(item->place, fmt::format("there is no capability {}", in_quotes(item->text)),
                      base::nearest(item->text, tcp::kCapabilityNames));
      }
    }
  }

  void read_roles(const Node& node) {
    Matrix& matrix = blueprint_.matrix;
    matrix.role_is_list = !node.is_scalar();
    std::vector<plan::Role> roles;
    for (const Node* item : read_texts(node, "role", problems_)) {
      const auto role = read_word(*item, "role", kRoleNames, problems_);
      if (role) roles.push_back(*role == 1 ? plan::Role::Active : plan::Role::Passive);
    }
    if (!roles.empty()) matrix.roles = std::move(roles);
  }

  void read_ip_versions(const Node& node) {
    Matrix& matrix = blueprint_.matrix;
    matrix.ip_is_list = !node.is_scalar();
    std::vector<wire::IpVersion> ips;
    for (const Node* item : read_texts(node, "ip", problems_)) {
      const auto ip = read_word(*item, "ip", kIpNames, problems_);
      if (ip) ips.push_back(*ip == 1 ? wire::IpVersion::V6 : wire::IpVersion::V4);
    }
    if (!ips.empty()) matrix.ips = std::move(ips);
  }

  void read_iss(const Node& node) {
    MapReader map(node, "iss", problems_);
    blueprint_.stack_iss = map.find("stack");
    blueprint_.peer_iss = map.find("peer");
    map.finish();
    if (map.is_map() && node.entries.empty()) problems_.add(node.place, "iss names no side");
  }

  void read_numbering(const Node& node) {
    const auto numbering = read_word(node, "numbers", kNumberings, problems_);
    blueprint_.absolute_numbers = numbering == 1;
  }

  void read_peer(const Node& node) {
    MapReader map(node, "peer", problems_);
    blueprint_.wnd = map.find("wnd");
    blueprint_.options = map.find("options");
    map.finish();
  }

  void read_connections(const Node& node) {
    MapReader map(node, "connections", problems_);
    if (!map.is_map()) return;
    if (node.entries.empty() || node.entries.size() > kConnectionsMax) {
      return problems_.add(node.place, fmt::format("a scenario has from 1 to {} connections, not "
                                                   "{}",
                                                   kConnectionsMax, node.entries.size()));
    }
    blueprint_.connections.clear();
    for (const Node::Entry& entry : node.entries) read_connection(entry);
    for (const plan::Role role : blueprint_.matrix.roles) check_ports(node, role);
  }

  void read_connection(const Node::Entry& entry) {
    ConnectionSpec connection{.name = entry.key.text, .stack_port = {}};
    const auto is_part = [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; };
    if (!std::all_of(entry.key.text.begin(), entry.key.text.end(), is_part)) {
      problems_.add(entry.key.place, "a connection's name is made of letters, digits, - and _");
    }
    connection.peer_port =
        static_cast<std::uint16_t>(kFirstPeerPort + blueprint_.connections.size());
    // A name with nothing behind it takes the default ports.
    if (!entry.value.is_null()) {
      MapReader map(entry.value, "a connection", problems_);
      if (const Node* port = map.find("stack-port")) {
        connection.stack_port = read_port(*port, "stack-port");
      }
      if (const Node* port = map.find("peer-port")) {
        connection.peer_port = read_port(*port, "peer-port").value_or(connection.peer_port);
      }
      map.finish();
    }
    blueprint_.connections.push_back(std::move(connection));
  }

  std::optional<std::uint16_t> read_port(const Node& node, std::string_view what) {
    if (read_text(node, what, problems_) == nullptr) return std::nullopt;
    const auto port =
        read_integer(Phrase(node), what, 1, std::numeric_limits<std::uint16_t>::max(), problems_);
    return port ? std::optional(static_cast<std::uint16_t>(*port)) : std::nullopt;
  }

  void check_ports(const Node& node, plan::Role role) {
    const std::vector<plan::Connection> connections = blueprint_.connections_for(role);
    for (std::size_t i = 0; i < connections.size(); ++i) {
      for (std::size_t k = 0; k < i; ++k) {
        if (connections[i].stack_port == connections[k].stack_port &&
            connections[i].peer_port == connections[k].peer_port) {
          problems_.add(node.entries[i].key.place,
                        fmt::format("the connections {} and {} have the same ports",
                                    connections[k].name, connections[i].name));
        }
      }
    }
  }

  Blueprint& blueprint_;
  const Catalogue* catalogue_;
  Problems& problems_;
};

}  // namespace

const Node* read_header(Blueprint& blueprint, const Catalogue* catalogue, Problems& problems) {
  return HeaderReader(blueprint, catalogue, problems).read();
}

}  // namespace tcprove::scenario
