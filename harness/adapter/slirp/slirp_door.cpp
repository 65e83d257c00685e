#include "harness/adapter/slirp/slirp_door.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace tcprove::adapter::slirp {
namespace {

/// As many as a host allows: libslirp's connect() would else block, and with it everything.
constexpr int kBacklog = 4096;
/// The application's, so that how much it can send at once is no matter of the host's settings.
constexpr int kBufferOctets = 128 * 1024;

AdapterError refused(const char* what) {
  return {fmt::format("{} for the sockets of libslirp's application: {}", what, strerror(errno))};
}

sockaddr_un address_of(const std::string& name) {
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  std::memcpy(address.sun_path, name.data(), std::min(name.size(), sizeof address.sun_path));
  return address;
}

socklen_t size_of(const std::string& name) {
  return static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
}

void prepare(int descriptor) {
  const int yes = 1;
  // Urgent octets stay where they stand in the stream.
  setsockopt(descriptor, SOL_SOCKET, SO_OOBINLINE, &yes, sizeof yes);
  setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &kBufferOctets, sizeof kBufferOctets);
}

}  // namespace

File::~File() {
  if (is_open()) close(number_);
}

std::optional<AdapterError> Door::open() {
  std::error_code error;
  std::string folder = std::filesystem::temp_directory_path(error).string() + "/tcprove-XXXXXX";
  if (error || mkdtemp(folder.data()) == nullptr) return refused("no temporary folder");
  const std::string socket_path = folder + "/door";
  listener_ = File(socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const sockaddr_un address = address_of(socket_path);
  const auto* const generic = reinterpret_cast<const sockaddr*>(&address);
  const bool bound = socket_path.size() < sizeof address.sun_path && listener_.is_open() &&
                     bind(listener_.number(), generic, sizeof address) == 0 &&
                     listen(listener_.number(), kBacklog) == 0;
  inode_ = File(bound ? ::open(socket_path.c_str(), O_PATH | O_CLOEXEC) : -1);
  const auto mistake = inode_.is_open() ? std::nullopt : std::optional(refused("no AF_UNIX name"));
  unlink(socket_path.c_str());
  rmdir(folder.c_str());
  if (mistake) listener_ = File();
  path_ = fmt::format("/proc/self/fd/{}", inode_.number());
  return mistake;
}

File Door::accept() const {
  File end(accept4(listener_.number(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (end.is_open()) prepare(end.number());
  return end;
}

File connect_to(const std::string& name) {
  File end(socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const sockaddr_un address = address_of(name);
  if (!end.is_open() ||
      connect(end.number(), reinterpret_cast<const sockaddr*>(&address), size_of(name)) != 0) {
    return {};
  }
  prepare(end.number());
  return end;
}

std::string unused_abstract_name() {
  std::array<std::uint64_t, 2> random{};
  if (getrandom(random.data(), sizeof random, 0) != static_cast<ssize_t>(sizeof random)) {
    random = {static_cast<std::uint64_t>(getpid()), 0};
  }
  return fmt::format("{}tcprove-{:016x}{:016x}", '\0', random[0], random[1]);
}

void reset_in_place(int descriptor) {
  std::array<int, 2> pair{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair.data()) != 0) return;
  const File near(pair[0]);
  File far(pair[1]);
  // An end that is closed before it has read everything leaves a reset to the other.
  const bool unread = write(near.number(), "", 1) == 1;
  far = File();
  if (unread) dup3(near.number(), descriptor, O_CLOEXEC);
}

}  // namespace tcprove::adapter::slirp
