#pragma once

#include <functional>
#include <string>

#include "harness/wire/segment.hpp"
#include "property/judged_play.hpp"

namespace tcprove::property {

/// What must hold of every plan on a stack: empty where it does, else what is wrong.
using Law = std::function<std::string(JudgedPlay&, wire::Octets plan)>;

/// Checks `law` on so many generated plans, in processes that may die of them.
///
/// A counterexample fails the test: made as short as can be, as a scenario that replays it and with
/// its ladder. So does a death that specs/expected/ does not know of.
/// TCPROVE_PLAYS says how many plans instead, TCPROVE_SEED from which seed on; both are printed.
void check_on_plans(const adapter::Target& target, const Law& law);

/// Whether specs/expected/<target>.yaml says that the target breaks the monitor's rule.
bool is_known(const adapter::Target& target, const std::string& rule);

/// Whether the target is known to die so; `reason` as in engine::LostJob.
bool is_known_death(const adapter::Target& target, const std::string& reason);

}  // namespace tcprove::property
