#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/plan/plan.hpp"
#include "harness/scenario/fragments.hpp"
#include "harness/scenario/matrix.hpp"
#include "harness/scenario/problems.hpp"
#include "harness/scenario/scenario.hpp"
#include "harness/scenario/source.hpp"
#include "harness/scenario/yaml_reader.hpp"

namespace tcprove::scenario {

class Catalogue;

inline constexpr std::size_t kConnectionsMax = 64;
inline constexpr std::uint16_t kStackPort = 7;
inline constexpr std::uint16_t kFirstPeerPort = 40'000;

/// A connection as declared; an active opener chooses a stack port that is not named.
struct ConnectionSpec {
  std::string name;
  std::optional<std::uint16_t> stack_port;
  std::uint16_t peer_port = kFirstPeerPort;
};

/// A step that is the same in every instance, or the text that it is read from for each.
struct StepSpec {
  const Node* node = nullptr;  ///< Within Blueprint::root.
  VariableSet variables = 0;
  bool readable = true;             ///< Whether every variable that it names exists.
  std::optional<plan::Step> fixed;  ///< Where no variable is used.
};

/// A scenario read and checked, from which each of its plans can be compiled.
///
/// Lifetime: `steps` and the nodes point into `root`; so it is neither copied nor moved.
struct Blueprint : PlanSource {
  Blueprint() = default;
  Blueprint(const Blueprint&) = delete;
  Blueprint& operator=(const Blueprint&) = delete;

  SourcePtr source;
  Node root;
  std::vector<std::string> covers;
  tcp::Capabilities needs;  ///< As named.
  Matrix matrix;
  bool absolute_numbers = false;
  std::vector<ConnectionSpec> connections{{.name = "a", .stack_port = {}}};
  const Node* given = nullptr;
  const Node* stack_iss = nullptr;
  const Node* peer_iss = nullptr;
  const Node* wnd = nullptr;
  const Node* options = nullptr;
  std::vector<StepSpec> steps;
  std::map<std::string, FragmentPtr> fragments;  ///< By what `given` says.

  [[nodiscard]] std::vector<plan::Connection> connections_for(plan::Role role) const;
  [[nodiscard]] plan::Plan plan(const Choice& choice) const override;
};

/// Reads `source` and checks every instance of it.
///
/// `catalogue`: whose ids `covers` may name; null: any.
/// Errors: null, and all mistakes in `problems` or in `fragments`.
std::shared_ptr<const Blueprint> read_blueprint(const SourcePtr& source, Fragments& fragments,
                                                const Catalogue* catalogue, Problems& problems);

}  // namespace tcprove::scenario
