#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/report/requirements.hpp"

namespace tcprove::report {

/// The number of the RFC that the requirement `id` belongs to: `RFC5961-2` → `5961`; 9293 where the
/// id names none.
std::string_view rfc_of(std::string_view id);

/// The requirements of one part of the text: a section of RFC 9293 with all below it, or a
/// companion.
struct Chapter {
  std::string name;               ///< `RFC 9293 §3.6`, `RFC 5961`.
  std::string title;              ///< `Closing a connection`; maybe empty.
  std::vector<std::size_t> rows;  ///< Of the catalogue, by section.
};

/// The whole catalogue in the order in which somebody reads the RFCs: 9293 first.
std::vector<Chapter> chapters_of(std::span<const CatalogueRow> catalogue);

}  // namespace tcprove::report
