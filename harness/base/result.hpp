#pragma once

#include <utility>
#include <variant>

#include "harness/base/check.hpp"
#include "harness/base/diagnostic.hpp"

namespace tcprove::base {

/// Either a value or every mistake that stood in its way.
///
/// Requires: T and E differ.
template <class T, class E = Diagnostics>
class [[nodiscard]] Result {
 public:
  Result(T value) : either_(std::in_place_index<0>, std::move(value)) {}
  Result(E error) : either_(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] bool ok() const { return either_.index() == 0; }
  explicit operator bool() const { return ok(); }

  [[nodiscard]] T& value() {
    TCPROVE_CHECK(ok(), "the value of a failed Result was asked for");
    return *std::get_if<0>(&either_);
  }
  [[nodiscard]] const T& value() const {
    TCPROVE_CHECK(ok(), "the value of a failed Result was asked for");
    return *std::get_if<0>(&either_);
  }
  [[nodiscard]] const E& error() const {
    TCPROVE_CHECK(!ok(), "the error of a good Result was asked for");
    return *std::get_if<1>(&either_);
  }

 private:
  std::variant<T, E> either_;
};

}  // namespace tcprove::base
