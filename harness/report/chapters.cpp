#include "harness/report/chapters.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace tcprove::report {
namespace {

constexpr std::string_view kRfc9293 = "9293";

using Title = std::pair<std::string_view, std::string_view>;

/// What each chapter is about, in a few words.
constexpr std::array<Title, 30> kTitles{{{"RFC 9293 §3.1", "Header format"},
                                         {"RFC 9293 §3.2", "Options"},
                                         {"RFC 9293 §3.3", "States"},
                                         {"RFC 9293 §3.4", "Sequence numbers"},
                                         {"RFC 9293 §3.5", "Establishing a connection, resets"},
                                         {"RFC 9293 §3.6", "Closing a connection"},
                                         {"RFC 9293 §3.7", "Segmentation"},
                                         {"RFC 9293 §3.8", "Data communication"},
                                         {"RFC 9293 §3.9", "Interfaces: user and lower level"},
                                         {"RFC 9293 §3.10", "Event processing"},
                                         {"RFC 1337", "TIME-WAIT hazards"},
                                         {"RFC 2018", "Selective acknowledgments"},
                                         {"RFC 2675", "Jumbograms"},
                                         {"RFC 2883", "Duplicate SACK"},
                                         {"RFC 3168", "Explicit congestion notification"},
                                         {"RFC 5482", "User timeout option"},
                                         {"RFC 5681", "Congestion control"},
                                         {"RFC 5927", "ICMP attacks"},
                                         {"RFC 5961", "Blind in-window attacks"},
                                         {"RFC 6191", "Reusing TIME-WAIT by timestamps"},
                                         {"RFC 6298", "Retransmission timer"},
                                         {"RFC 6429", "Zero windows"},
                                         {"RFC 6528", "Initial sequence numbers"},
                                         {"RFC 6582", "NewReno"},
                                         {"RFC 6691", "Options and MSS"},
                                         {"RFC 7323", "Window scale and timestamps"},
                                         {"RFC 7413", "Fast Open"},
                                         {"RFC 8200", "IPv6"},
                                         {"RFC 8985", "RACK and tail loss probes"},
                                         {"RFC 9406", "HyStart++"}}};

/// `3.10.7` as numbers, so that 3.2 comes before 3.10; what is no number counts as 0.
std::vector<int> numbers_of(std::string_view section) {
  std::vector<int> numbers;
  while (!section.empty()) {
    const std::string_view part = section.substr(0, section.find('.'));
    int number = 0;
    std::from_chars(part.data(), part.data() + part.size(), number);
    numbers.push_back(number);
    section.remove_prefix(std::min(part.size() + 1, section.size()));
  }
  return numbers;
}

/// Where a row stands among all.
struct Place {
  bool companion = false;
  std::vector<int> rfc;
  std::vector<int> section;
  std::size_t row = 0;

  Place(const CatalogueRow& of, std::size_t index)
      : companion(rfc_of(of.id) != kRfc9293),
        rfc(numbers_of(rfc_of(of.id))),
        section(numbers_of(of.section)),
        row(index) {}

  bool operator<(const Place& other) const {
    return std::tie(companion, rfc, section, row) <
           std::tie(other.companion, other.rfc, other.section, other.row);
  }
};

std::string chapter_name(const CatalogueRow& row) {
  const std::string_view rfc = rfc_of(row.id);
  if (rfc != kRfc9293) return fmt::format("RFC {}", rfc);
  const std::size_t first = row.section.find('.');
  const std::size_t second = first == std::string::npos ? first : row.section.find('.', first + 1);
  return fmt::format("RFC {} §{}", rfc, row.section.substr(0, second));
}

}  // namespace

std::string_view rfc_of(std::string_view id) {
  constexpr std::string_view kPrefix = "RFC";
  if (!id.starts_with(kPrefix)) return kRfc9293;
  id.remove_prefix(kPrefix.size());
  return id.substr(0, id.find('-'));
}

std::vector<Chapter> chapters_of(std::span<const CatalogueRow> catalogue) {
  std::vector<Place> places;
  for (std::size_t i = 0; i < catalogue.size(); ++i) places.emplace_back(catalogue[i], i);
  std::ranges::sort(places, std::less<>());
  std::vector<Chapter> chapters;
  for (const Place& place : places) {
    std::string name = chapter_name(catalogue[place.row]);
    if (chapters.empty() || chapters.back().name != name) {
      const auto* const title = std::ranges::find(kTitles, name, &Title::first);
      chapters.push_back({.name = std::move(name),
                          .title = title == kTitles.end() ? "" : std::string(title->second),
                          .rows = {}});
    }
    chapters.back().rows.push_back(place.row);
  }
  return chapters;
}

}  // namespace tcprove::report
