#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace tcprove::base {

/// Writes values one behind the other, for an OctetsReader of the same binary on the same machine.
class OctetsWriter {
 public:
  template <class T>
  void put(T value) {
    static_assert(std::is_integral_v<T>);
    put_all({reinterpret_cast<const std::uint8_t*>(&value), sizeof value});
  }
  void put_text(std::string_view text) {
    put(std::uint64_t{text.size()});
    put_all({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
  }
  void put_all(std::span<const std::uint8_t> octets) {
    out_.insert(out_.end(), octets.begin(), octets.end());
  }

  [[nodiscard]] const std::vector<std::uint8_t>& octets() const { return out_; }
  std::vector<std::uint8_t> take() && { return std::move(out_); }

 private:
  std::vector<std::uint8_t> out_;
};

/// Every read past the end or out of range answers nothing and spoils the whole. Sizes are believed
/// only as far as octets follow.
class OctetsReader {
 public:
  using Octets = std::span<const std::uint8_t>;

  explicit OctetsReader(Octets octets) : rest_(octets) {}

  template <class T>
  T get() {
    static_assert(std::is_integral_v<T>);
    T value{};
    const Octets octets = get_all(sizeof value);
    if (octets.size() == sizeof value) std::memcpy(&value, octets.data(), sizeof value);
    return value;
  }
  std::uint8_t get_up_to(std::uint8_t last) {
    const auto value = get<std::uint8_t>();
    if (value > last) good_ = false;
    return good_ ? value : std::uint8_t{0};
  }
  bool get_flag() { return get_up_to(1) == 1; }
  std::string get_text() {
    const Octets octets = get_all(get<std::uint64_t>());
    return {reinterpret_cast<const char*>(octets.data()), octets.size()};
  }
  void refuse() { good_ = false; }
  Octets get_rest() { return std::exchange(rest_, {}); }

  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] bool good_at_end() const { return good_ && rest_.empty(); }

 private:
  Octets get_all(std::uint64_t size) {
    if (size > rest_.size()) good_ = false;
    if (!good_) return {};
    const Octets octets = rest_.first(size);
    rest_ = rest_.subspan(size);
    return octets;
  }

  Octets rest_;
  bool good_ = true;
};

}  // namespace tcprove::base
