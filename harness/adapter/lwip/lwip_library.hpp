#pragma once

namespace tcprove::adapter::lwip {

/// Puts liblwip's variables and heap back to how they were when it was loaded: before lwip_init().
///
/// Pointers into its heap are void after that.
void restore_library();

/// Whether `address` lies in the loaded library.
bool is_library_code(const void* address);

}  // namespace tcprove::adapter::lwip
