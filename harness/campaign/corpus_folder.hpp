#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "harness/campaign/corpus.hpp"

namespace tcprove::campaign {

/// The octets of all files in `folder` whose name ends in `ending`, the shortest first, each
/// content once; none where there is no such folder. Octets past what a plan can hold are not read.
std::vector<OctetVector> read_plans(const std::filesystem::path& folder,
                                    const std::string& ending = {});

/// Makes `folder`, which holds `held`, hold the plans of `corpus`, each in a file named for its
/// octets: first what is new is written, each file by a rename, then what is needed no more is
/// removed. `held` is what it holds then; files that somebody else put there meanwhile stay.
///
/// Errors: a sentence; empty where all was done.
std::string write_corpus(const std::filesystem::path& folder, const Corpus& corpus,
                         std::set<OctetVector>& held);

}  // namespace tcprove::campaign
