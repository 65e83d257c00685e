#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "harness/adapter/adapter.hpp"
#include "harness/adapter/tun/place.hpp"
#include "harness/base/result.hpp"

namespace tcprove::adapter::tun {

using Mac = std::array<std::uint8_t, 6>;

/// A network interface of ours by which packets reach the stack.
struct Device {
  int index = 0;
  std::size_t octets_max = 0;  ///< Of a packet.
  bool is_ethernet = false;    ///< Else it takes IP packets as they are.
  Mac mac{};
};

/// Finds the place's device.
///
/// Errors: there is none, it is down, nobody is at its other end, it is of a kind that is not
/// known; our own kernel would answer the stack as well, or forward what the stack sends.
base::Result<Device, AdapterError> find_device(const Place& place);

}  // namespace tcprove::adapter::tun
