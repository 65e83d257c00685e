#pragma once

namespace tcprove::cli {

/// From its first call on, Ctrl-C and SIGTERM end no process but are remembered, until they come a
/// second time; answers whether one came.
bool interrupted();

}  // namespace tcprove::cli
