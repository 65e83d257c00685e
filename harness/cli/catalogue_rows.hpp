#pragma once

#include <vector>

#include "harness/adapter/adapter.hpp"
#include "harness/report/requirements.hpp"
#include "harness/scenario/catalogue.hpp"

namespace tcprove::cli {

/// What reports need to know of the catalogue, with the monitor's rules for each requirement; of
/// the stack behind `profile` also what does not bind it.
std::vector<report::CatalogueRow> catalogue_rows(const scenario::Catalogue& catalogue,
                                                 const adapter::StackProfile* profile = nullptr);

}  // namespace tcprove::cli
