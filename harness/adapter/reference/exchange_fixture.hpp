#pragma once

#include <string_view>

#include <gtest/gtest.h>

#include "harness/adapter/reference/exchange.hpp"

namespace tcprove::adapter::reference {

/// Expects that the exchange goes as `text` says: see play().
inline void expect_exchange(std::string_view text) {
  if (text.starts_with('\n')) text.remove_prefix(1);
  EXPECT_EQ(play(text), text);
}

}  // namespace tcprove::adapter::reference
