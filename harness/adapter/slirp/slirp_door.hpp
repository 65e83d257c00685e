#pragma once

#include <optional>
#include <string>
#include <utility>

#include "harness/adapter/adapter.hpp"

namespace tcprove::adapter::slirp {

/// A descriptor that is closed with its owner.
class File {
 public:
  File() = default;
  explicit File(int number) : number_(number) {}
  File(File&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  File& operator=(File&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File();

  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool is_open() const { return number_ >= 0; }

 private:
  int number_ = -1;
};

/// The AF_UNIX socket on which the application waits for whom libslirp connects to it.
///
/// libslirp wants its path in a file system, and a process that is killed cleans nothing up: the
/// socket is unlinked as soon as it is there, and reached by its descriptor, below /proc.
class Door {
 public:
  /// Errors: the system has no temporary folder, no AF_UNIX, or no /proc.
  std::optional<AdapterError> open();

  [[nodiscard]] bool is_open() const { return listener_.is_open(); }
  /// Where libslirp finds it, in this process and in those forked from it.
  [[nodiscard]] const std::string& path() const { return path_; }
  /// The application's end of the oldest connection that libslirp has made; not open where none is.
  [[nodiscard]] File accept() const;

 private:
  File listener_;
  File inode_;
  std::string path_;
};

/// An AF_UNIX stream that is connected to the abstract name `name`; not open where nobody listens.
File connect_to(const std::string& name);

/// A name in the abstract space, where nothing is left behind, that nobody else has.
std::string unused_abstract_name();

/// Puts in the place of `descriptor` one whose other end has been reset, as a host's TCP shows an
/// application's ABORT; AF_UNIX itself knows no such thing.
void reset_in_place(int descriptor);

}  // namespace tcprove::adapter::slirp
