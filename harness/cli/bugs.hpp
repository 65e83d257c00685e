#pragma once

#include "harness/base/result.hpp"
#include "harness/scenario/bugs_file.hpp"

namespace tcprove::cli {

/// Reads the bugs of specs_folder(), which may have no list of them; each fault must be one of the
/// reference stack's.
base::Result<scenario::Bugs> read_bugs();

}  // namespace tcprove::cli
