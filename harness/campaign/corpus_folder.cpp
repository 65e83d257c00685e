#include "harness/campaign/corpus_folder.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>
#include <tuple>

#include <fmt/format.h>

#include "harness/base/output_file.hpp"
#include "harness/plan/plan_octets.hpp"

namespace tcprove::campaign {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kOctetsMax = plan::kHeaderOctets + plan::kStepsMax * plan::kStepOctets;

/// 64-bit FNV-1a.
std::string name_of(const OctetVector& octets) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const std::uint8_t octet : octets) hash = (hash ^ octet) * 0x100000001b3;
  return fmt::format("{:016x}.plan", hash);
}

OctetVector read_octets(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  OctetVector octets;
  for (std::istreambuf_iterator<char> at(file), end; at != end && octets.size() < kOctetsMax;
       ++at) {
    octets.push_back(static_cast<std::uint8_t>(*at));
  }
  return octets;
}

std::vector<fs::path> files_in(const fs::path& folder, const std::string& ending) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    // A campaign that was killed may have left a part of a file.
    if (name.ends_with(".part") || !name.ends_with(ending)) continue;
    if (at->is_regular_file(error)) files.push_back(at->path());
  }
  return files;
}

}  // namespace

std::vector<OctetVector> read_plans(const fs::path& folder, const std::string& ending) {
  std::vector<OctetVector> plans;
  for (const fs::path& file : files_in(folder, ending)) plans.push_back(read_octets(file));
  std::ranges::sort(plans, [](const OctetVector& a, const OctetVector& b) {
    return std::forward_as_tuple(a.size(), a) < std::forward_as_tuple(b.size(), b);
  });
  plans.erase(std::unique(plans.begin(), plans.end()), plans.end());
  return plans;
}

std::string write_corpus(const fs::path& folder, const Corpus& corpus,
                         std::set<OctetVector>& held) {
  std::set<OctetVector> kept;
  for (const Corpus::Entry& entry : corpus.entries()) {
    kept.insert(entry.octets);
    if (!held.insert(entry.octets).second) continue;
    std::string failure =
        base::write_file(folder / name_of(entry.octets), [&entry](std::ostream& out) {
          out.write(reinterpret_cast<const char*>(entry.octets.data()),
                    static_cast<std::streamsize>(entry.octets.size()));
        });
    if (!failure.empty()) return failure;
  }
  if (kept == held) return {};
  std::set<OctetVector> met;
  for (const fs::path& file : files_in(folder, {})) {
    const OctetVector octets = read_octets(file);
    const bool stays = kept.contains(octets) || !held.contains(octets);
    if (stays && met.insert(octets).second) continue;
    std::error_code error;
    fs::remove(file, error);
  }
  held = std::move(kept);
  return {};
}

}  // namespace tcprove::campaign
