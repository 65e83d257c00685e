package main

import (
	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
	"gvisor.dev/gvisor/pkg/tcpip/transport/tcp"
)

const ipv4Number = header.IPv4ProtocolNumber

var states = map[tcp.EndpointState]string{
	tcp.StateListen: "LISTEN", tcp.StateConnecting: "SYN-SENT", tcp.StateSynSent: "SYN-SENT",
	tcp.StateSynRecv: "SYN-RECEIVED", tcp.StateEstablished: "ESTABLISHED",
	tcp.StateFinWait1: "FIN-WAIT-1", tcp.StateFinWait2: "FIN-WAIT-2",
	tcp.StateCloseWait: "CLOSE-WAIT", tcp.StateClosing: "CLOSING", tcp.StateLastAck: "LAST-ACK",
	tcp.StateTimeWait: "TIME-WAIT",
}

// State tells the state of a connection, also of one that its user has closed or not yet accepted.
func (h *Host) State(local, peer endpoint) string {
	found := "CLOSED"
	for _, one := range append(h.stack.RegisteredEndpoints(), h.stack.CleanupEndpoints()...) {
		if state := stateOf(one, h.full(local), h.full(peer)); state != "" {
			found = state
		}
	}
	return found
}

func stateOf(one stack.TransportEndpoint, local, peer tcpip.FullAddress) string {
	ep, ok := one.(tcpip.Endpoint)
	if !ok {
		return ""
	}
	state := tcp.EndpointState(ep.State())
	at, err := ep.GetLocalAddress()
	if err != nil || at.Port != local.Port || (state == tcp.StateListen) != (peer.Port == 0) {
		return ""
	}
	if peer.Port == 0 {
		return states[state]
	}
	id := ep.Info().(*stack.TransportEndpointInfo).ID
	if id.RemotePort != peer.Port || id.RemoteAddress != peer.Addr {
		return ""
	}
	return states[state]
}
