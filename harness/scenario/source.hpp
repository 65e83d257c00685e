#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "harness/base/result.hpp"

namespace tcprove::scenario {

/// The longest text that is read, in octets.
inline constexpr std::size_t kSourceOctetsMax = std::size_t{256} * 1024;

/// A text as its author wrote it, cut into lines for diagnostics.
class Source {
 public:
  /// `file` is the name that diagnostics print; a byte order mark is dropped.
  Source(std::string file, std::string text);

  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] const std::string& text() const { return text_; }

  /// Line `number`, 1-based, without its end; empty where there is none.
  [[nodiscard]] std::string_view line(int number) const;

  /// Where line `number`, column `column` (both 1-based) stands in text(); its size at most.
  [[nodiscard]] std::size_t offset(int number, int column) const;

  /// The line and column of text()[offset].
  [[nodiscard]] base::Place place_of(std::size_t offset) const;

 private:
  std::string file_;
  std::string text_;
  std::vector<std::size_t> line_begins_;
};

/// Shared by all that was read from it, so that a plan can be compiled after the file is gone.
using SourcePtr = std::shared_ptr<const Source>;

/// Reads a file as it is.
///
/// Errors: it is not there, not a file, not readable, or longer than kSourceOctetsMax.
base::Result<std::string> read_octets(const std::filesystem::path& path);

/// Reads a text. Errors: as read_octets().
base::Result<SourcePtr> read_source(const std::filesystem::path& path);

}  // namespace tcprove::scenario
