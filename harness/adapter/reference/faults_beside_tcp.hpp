#pragma once

#include <array>

#include "harness/adapter/reference/faults.hpp"

namespace tcprove::adapter::reference {

struct FaultEntry {
  Fault fault;
  NamedFault named;
};

/// The mistakes with what lies beside the TCP header: the user's options, ICMP, the IP header.
inline constexpr auto kFaultsBesideTcp = std::to_array<FaultEntry>({
    // The user's options and reports.
    {Fault::NoDelayIgnored,
     {"no-delay-ignored", "MUST-17", "Nagle's algorithm cannot be switched off."}},
    {Fault::UserTimeoutIgnored,
     {"user-timeout-ignored", "MUST-21",
      "The user timeout is five minutes, whatever the user says."}},
    {Fault::KeepAliveNotSwitchedOff,
     {"keep-alive-not-switched-off", "MUST-24",
      "Keep-alives that were switched on cannot be switched off."}},
    {Fault::KeepAliveWhileBusy,
     {"keep-alive-while-busy", "MUST-26",
      "A keep-alive is sent although something has just arrived."}},
    {Fault::KeepAliveIntervalIgnored,
     {"keep-alive-interval-ignored", "MUST-27",
      "Keep-alives wait two hours, whatever the user says."}},
    {Fault::KeepAliveTooEarly,
     {"keep-alive-too-early", "MUST-28",
      "Keep-alives wait ten minutes unless the user says otherwise."}},
    {Fault::KeepAliveEndsAfterOne,
     {"keep-alive-ends-after-one", "MUST-29",
      "One keep-alive without an answer ends the connection."}},
    {Fault::KeepAliveWithOctet,
     {"keep-alive-with-octet", "SHLD-12", "A keep-alive carries an octet."}},
    {Fault::DscpIgnored,
     {"dscp-ignored", "MUST-48", "The user's Differentiated Services field is not sent."}},
    {Fault::DscpFixedAtOpen,
     {"dscp-fixed-at-open", "SHLD-21",
      "An open connection keeps its Differentiated Services field."}},
    {Fault::DscpShifted,
     {"dscp-shifted", "SHLD-22", "The Differentiated Services field goes where ECN's bits are."}},
    {Fault::TtlIgnored, {"ttl-ignored", "MUST-49", "The TTL is 64, whatever the user says."}},
    {Fault::ErrorReportsAlways,
     {"error-reports-always", "SHLD-20", "A user who wants no error reports gets them."}},
    {Fault::RetransmissionUntold,
     {"retransmission-untold", "SHLD-9", "The user is not told that R1 was reached."}},
    {Fault::UrgentUntold, {"urgent-untold", "MUST-32", "The user is not told of urgent data."}},
    {Fault::UrgentNeverPending,
     {"urgent-never-pending", "MUST-33",
      "A user who asks never hears that urgent data is pending."}},
    {Fault::UrgentIgnoredAtZeroWindow,
     {"urgent-ignored-at-zero-window", "MUST-66",
      "URG is not looked at while the receive window is zero."}},
    {Fault::OwnAddressRefused,
     {"own-address-refused", "MUST-43", "OPEN fails where the user names the stack's address."}},
    {Fault::UnspecifiedAddressRefused,
     {"unspecified-address-refused", "MUST-44", "OPEN fails without an address of its own."}},
    {Fault::SourceAddressChanges,
     {"source-address-changes", "MUST-45", "What is sent again comes from another address."}},
    // ICMP and the IP header.
    {Fault::IcmpIgnored, {"icmp-ignored", "MUST-54", "ICMP errors are dropped."}},
    {Fault::IcmpToAnyConnection,
     {"icmp-to-any-connection", "MUST-54",
      "An ICMP error goes to the oldest connection, whatever it quotes."}},
    {Fault::SourceQuenchSlows,
     {"source-quench-slows", "MUST-55", "A Source Quench shuts the congestion window."}},
    {Fault::IcmpSoftAborts,
     {"icmp-soft-aborts", "MUST-56", "A soft ICMP error ends the connection."}},
    {Fault::IcmpUntold, {"icmp-untold", "SHLD-25", "The user is not told of soft ICMP errors."}},
    {Fault::IcmpHardIsSoft,
     {"icmp-hard-is-soft", "SHLD-26", "A hard ICMP error does not end the connection."}},
    {Fault::IcmpSequenceUnchecked,
     {"icmp-no-seq-check", "RFC5927-1",
      "An ICMP error counts whatever sequence number it quotes."}},
    {Fault::PathMtuUnbounded,
     {"icmp-ptb-no-floor", "MUST-54",
      "Fragmentation Needed lowers the segment size to any MTU that it names."}},
    {Fault::BroadcastTaken,
     {"broadcast-taken", "MUST-57", "A SYN to a broadcast or multicast address is answered."}},
    {Fault::IpOptionsRejected,
     {"ip-options-rejected", "MUST-50", "A segment in a packet with IP options is dropped."}},
    {Fault::Ipv6MssOfIpv4,
     {"ipv6-mss-of-ipv4", "RFC8200-2", "The MSS over IPv6 leaves no room for the larger header."}},
    {Fault::MssSigned,
     {"mss-signed", "RFC2675-1", "An MSS of 65,535 is read as a negative number."}},
    {Fault::EceOnSynAck,
     {"ece-on-synack", "RFC3168-1", "A SYN,ACK has ECE although no ECN was asked for."}},
    {Fault::EctOnSyn, {"ect-on-syn", "RFC3168-2", "A SYN or SYN,ACK is marked ECN-capable."}},
    {Fault::EctUnasked,
     {"ect-unasked", "RFC3168-3", "Data is marked ECN-capable although no ECN was agreed on."}},
    {Fault::EctOnAck, {"ect-on-ack", "RFC3168-6", "A pure ACK is marked ECN-capable."}},
});

}  // namespace tcprove::adapter::reference
