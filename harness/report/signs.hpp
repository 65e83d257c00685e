#pragma once

#include <string_view>

namespace tcprove::report {

/// One character for a verdict of a scenario, or one that reports show of a requirement, so that
/// none is told by its colour alone.
std::string_view sign_of_shown(std::string_view shown);

}  // namespace tcprove::report
