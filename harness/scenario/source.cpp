#include "harness/scenario/source.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace tcprove::scenario {
namespace {

base::Diagnostics unreadable(const std::filesystem::path& path, std::string why) {
  return {base::Diagnostic{.file = path.string(),
                           .place = {},
                           .message = std::move(why),
                           .suggestion = {},
                           .source_line = {}}};
}

}  // namespace

Source::Source(std::string file, std::string text)
    : file_(std::move(file)), text_(std::move(text)) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (text_.starts_with(kByteOrderMark)) text_.erase(0, kByteOrderMark.size());
  line_begins_.push_back(0);
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '\n') line_begins_.push_back(i + 1);
  }
}

std::string_view Source::line(int number) const {
  if (number < 1 || static_cast<std::size_t>(number) > line_begins_.size()) return {};
  const std::size_t begin = line_begins_[static_cast<std::size_t>(number) - 1];
  std::string_view line = std::string_view(text_).substr(begin);
  line = line.substr(0, line.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::size_t Source::offset(int number, int column) const {
  if (number < 1 || static_cast<std::size_t>(number) > line_begins_.size()) return text_.size();
  const std::size_t begin = line_begins_[static_cast<std::size_t>(number) - 1];
  return std::min(text_.size(), begin + static_cast<std::size_t>(std::max(column, 1)) - 1);
}

base::Place Source::place_of(std::size_t offset) const {
  const auto after = std::upper_bound(line_begins_.begin(), line_begins_.end(), offset);
  const auto line = std::distance(line_begins_.begin(), after);
  const std::size_t begin = line_begins_[static_cast<std::size_t>(line) - 1];
  return {.line = static_cast<int>(line), .column = static_cast<int>(offset - begin) + 1};
}

base::Result<std::string> read_octets(const std::filesystem::path& path) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) {
    return unreadable(path, error && error != std::errc::no_such_file_or_directory
                                ? error.message()
                                : std::string("there is no such file"));
  }
  if (std::filesystem::is_directory(status))
    return unreadable(path, "this is a folder, not a file");
  if (!std::filesystem::is_regular_file(status))
    return unreadable(path, "this is not a plain file");
  std::ifstream in(path, std::ios::binary);
  if (!in) return unreadable(path, "the file cannot be opened");
  // One octet more than allowed tells a file that is too long, also one that grows meanwhile.
  std::string text(kSourceOctetsMax + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad()) return unreadable(path, "the file cannot be read");
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > kSourceOctetsMax) {
    return unreadable(path, fmt::format("the file is longer than {} KiB", kSourceOctetsMax / 1024));
  }
  return text;
}

base::Result<SourcePtr> read_source(const std::filesystem::path& path) {
  base::Result<std::string> text = read_octets(path);
  if (!text) return text.error();
  return SourcePtr(std::make_shared<const Source>(path.string(), std::move(text.value())));
}

}  // namespace tcprove::scenario
