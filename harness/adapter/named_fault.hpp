#pragma once

#include <string_view>

namespace tcprove::adapter {

/// A mistake that a target can be asked to make, so that one can see who notices.
struct NamedFault {
  std::string_view name;         ///< As in `--target TARGET:fault=NAME`.
  std::string_view requirement;  ///< That it breaks: an id of the catalogue.
  std::string_view summary;      ///< One sentence.
};

}  // namespace tcprove::adapter
