#pragma once

#include <memory>
#include <string>

#include "harness/adapter/adapter.hpp"
#include "harness/base/result.hpp"

namespace tcprove::adapter::plugin {

/// A shared object in this process, until its end.
class SharedObject {
 public:
  /// Errors: not a shared object, or what it needs is not there, as a sentence without its path.
  static base::Result<SharedObject, AdapterError> open(const std::string& path);

  /// Null where it exports no such symbol.
  [[nodiscard]] void* symbol(const char* name) const;

 private:
  struct Close {
    void operator()(void* handle) const;
  };
  explicit SharedObject(void* handle) : handle_(handle) {}

  std::unique_ptr<void, Close> handle_;
};

}  // namespace tcprove::adapter::plugin
