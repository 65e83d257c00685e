#pragma once

namespace tcprove::cli {

/// As CMake's project() has it.
inline constexpr const char* kVersion = TCPROVE_VERSION;

}  // namespace tcprove::cli
