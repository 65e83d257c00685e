#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "harness/campaign/known_findings.hpp"
#include "harness/wire/segment.hpp"
#include "property/judged_play.hpp"

namespace tcprove::property {

/// Every stack that is built in and can be given its initial numbers, or the one that
/// TCPROVE_TARGET names, as --target would.
std::span<const adapter::Target> targets_under_test();

/// What must hold of every plan on a stack: empty where it does, else what is wrong.
using Law = std::function<std::string(JudgedPlay&, wire::Octets plan)>;

/// Checks `law` on so many generated plans, in processes that may die of them.
///
/// A counterexample fails the test: made as short as can be, as a scenario that replays it and with
/// its ladder. So does a death that specs/expected/ does not know of.
/// TCPROVE_PLAYS says how many plans instead, TCPROVE_SEED from which seed on; both are printed.
void check_on_plans(const adapter::Target& target, const Law& law);

/// Whether any of so many generated plans, or of those in corpus/plan_reference, breaks `law` on
/// the reference stack with a named mistake, of its own or on its wire: a law that nothing breaks
/// holds nothing.
bool is_broken_by(std::string_view fault, const Law& law);

/// What did not hold of the plan's own steps; empty where all did, or the stack cannot play it.
std::string complaint(JudgedPlay& play, const plan::Plan& plan);

/// Fails the property that it is called in where some stack under test has a complaint.
void check_holds(const plan::Plan& plan);

/// Whether any of so many plans that the property would draw does not hold on the reference stack
/// with the named mistake.
bool fails_with(std::string_view fault, const std::function<plan::Plan()>& draw);

/// What generated plans are known to show of the target: specs/expected/.
const campaign::KnownFindings& known_of(const adapter::Target& target);

}  // namespace tcprove::property
