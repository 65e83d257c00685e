#pragma once

#include <vector>

#include "harness/report/requirements.hpp"
#include "harness/scenario/catalogue.hpp"

namespace tcprove::cli {

/// What reports need to know of the catalogue, with the monitor's rules for each requirement.
std::vector<report::CatalogueRow> catalogue_rows(const scenario::Catalogue& catalogue);

}  // namespace tcprove::cli
