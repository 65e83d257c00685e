#pragma once

#include <string>

#include "harness/scenario/source.hpp"

namespace tcprove::scenario {

/// The first sentence of the comment at the top of the file; empty where there is none. Lines that
/// speak to an editor (`# yaml-language-server: …`) are passed over.
std::string claim_of(const Source& source);

}  // namespace tcprove::scenario
