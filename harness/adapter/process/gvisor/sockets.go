package main

import (
	"bytes"
	"encoding/hex"
	"net"
	"runtime/debug"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/transport/tcp"
	"gvisor.dev/gvisor/pkg/waiter"
)

type option struct {
	name  string
	value int64
}

type socket struct {
	ep     tcpip.Endpoint
	isOpen bool
	isShut bool // its user will send no more
	ended  bool // its user has been told that the peer will send no more
}

const backlog = 128

var known = map[string]bool{
	"no-delay": true, "keep-alive": true, "keep-alive-interval": true, "user-timeout": true,
	"dscp": true, "ttl": true,
}

func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.GoVersion != "" {
		return "Debian's of 2022-12, " + info.GoVersion
	}
	return "Debian's of 2022-12"
}

// status says an error of netstack's in the protocol's words.
func status(err tcpip.Error) string {
	switch err.(type) {
	case nil, *tcpip.ErrConnectStarted:
		return "ok"
	case *tcpip.ErrWouldBlock:
		return "would-block"
	case *tcpip.ErrClosedForReceive:
		return "end-of-stream"
	case *tcpip.ErrConnectionReset:
		return "reset"
	case *tcpip.ErrConnectionRefused:
		return "refused"
	case *tcpip.ErrTimeout:
		return "timed-out"
	case *tcpip.ErrClosedForSend:
		return "closing"
	case *tcpip.ErrNoBufferSpace, *tcpip.ErrNoPortAvailable:
		return "insufficient-resources"
	case *tcpip.ErrNotConnected, *tcpip.ErrConnectionAborted, *tcpip.ErrAborted:
		return "no-connection"
	}
	return "invalid-argument"
}

func (h *Host) add(ep tcpip.Endpoint) int {
	h.sockets = append(h.sockets, &socket{ep: ep, isOpen: true})
	return len(h.sockets)
}

func (h *Host) open() (tcpip.Endpoint, tcpip.Error) {
	ep, err := h.stack.NewEndpoint(tcp.ProtocolNumber, h.network, &waiter.Queue{})
	if err == nil {
		ep.SocketOptions().SetReuseAddress(true)
	}
	return ep, err
}

func (h *Host) full(e endpoint) tcpip.FullAddress {
	address, _ := parse(e.Address)
	if net.IP(address).IsUnspecified() {
		address = "" // as netstack says it
	}
	return tcpip.FullAddress{NIC: nic, Addr: address, Port: e.Port}
}

// Listen is a passive OPEN.
func (h *Host) Listen(local endpoint) result {
	ep, err := h.open()
	if err == nil {
		err = ep.Bind(h.full(local))
	}
	if err == nil {
		err = ep.Listen(backlog)
	}
	return h.opened(ep, err)
}

// Connect is an active OPEN.
func (h *Host) Connect(local, peer endpoint) result {
	ep, err := h.open()
	if err == nil {
		h.apply(ep, h.defaults)
		err = ep.Bind(h.full(local))
	}
	if err == nil {
		err = ep.Connect(h.full(peer))
	}
	return h.opened(ep, err)
}

func (h *Host) opened(ep tcpip.Endpoint, err tcpip.Error) result {
	defer h.settle()
	if said := status(err); said != "ok" {
		if ep != nil {
			ep.Close()
		}
		return result{"status": said}
	}
	return result{"status": "ok", "handle": h.add(ep)}
}

// Call makes a call on a handle.
func (h *Host) Call(method string, p params) result {
	if p.Handle < 1 || p.Handle > len(h.sockets) || !h.sockets[p.Handle-1].isOpen {
		return result{"status": "no-connection"}
	}
	defer h.settle()
	socket := h.sockets[p.Handle-1]
	said := h.call(socket, method, p)
	switch said["status"] {
	case "reset", "refused", "timed-out":
		socket.isOpen = false // it is told once
		socket.ep.Close()
	}
	return said
}

func (h *Host) call(s *socket, method string, p params) result {
	if method == "accept" {
		return h.accept(s.ep)
	}
	if s.ended && tcp.EndpointState(s.ep.State()) == tcp.StateClose {
		return result{"status": "no-connection"}
	}
	switch method {
	case "send":
		return s.send(p.Octets)
	case "receive":
		said := h.receive(s.ep, p.OctetsMax)
		s.ended = s.ended || said["status"] == "end-of-stream"
		return said
	case "shutdown":
		if s.isShut {
			return result{"status": "closing"}
		}
		err := s.ep.Shutdown(tcpip.ShutdownWrite)
		s.isShut = err == nil
		return result{"status": status(err)}
	case "abort":
		s.ep.SocketOptions().SetLinger(tcpip.LingerOption{Enabled: true})
	}
	s.isOpen = false
	s.ep.Close()
	return result{"status": "ok"}
}

func (s *socket) send(hexadecimal string) result {
	octets, _ := hex.DecodeString(hexadecimal)
	n, err := s.ep.Write(bytes.NewReader(octets), tcpip.WriteOptions{})
	if n > 0 || (err == nil && len(octets) == 0) {
		return result{"status": "ok", "taken": n}
	}
	if _, closed := err.(*tcpip.ErrClosedForSend); closed && !s.isShut {
		return result{"status": "no-connection"} // a broken pipe that its user has not broken
	}
	return result{"status": status(err)}
}

func (h *Host) accept(listener tcpip.Endpoint) result {
	var peer tcpip.FullAddress
	ep, _, err := listener.Accept(&peer)
	if err != nil {
		return result{"status": status(err)}
	}
	h.apply(ep, h.defaults)
	from := endpoint{Address: net.IP(peer.Addr).String(), Port: peer.Port}
	return result{"status": "ok", "handle": h.add(ep), "peer": from}
}

func (h *Host) receive(ep tcpip.Endpoint, max int) result {
	var octets bytes.Buffer
	var err tcpip.Error
	for err == nil && octets.Len() < max && (octets.Len() == 0 || isReadable(ep)) {
		var got tcpip.ReadResult
		got, err = ep.Read(&tcpip.LimitedWriter{W: &octets, N: int64(max - octets.Len())}, tcpip.ReadOptions{})
		ep.ModerateRecvBuf(got.Count)
		h.settle() // what is read makes room, which is told before the next
	}
	if octets.Len() > 0 {
		return result{"status": "ok", "octets": hex.EncodeToString(octets.Bytes())}
	}
	return result{"status": status(err)}
}

// isReadable keeps RECEIVE from reading on past what is there: that a RST came is told once.
func isReadable(ep tcpip.Endpoint) bool {
	octets, err := ep.GetSockOptInt(tcpip.ReceiveQueueSizeOption)
	return err == nil && octets > 0
}

// Set sets an option on a connection, or on those that are opened from now on.
func (h *Host) Set(handle int, o option) result {
	if handle < 0 || handle > len(h.sockets) {
		return result{"status": "no-connection"}
	}
	if handle > 0 {
		ep := h.sockets[handle-1].ep
		if tcp.EndpointState(ep.State()) != tcp.StateListen {
			defer h.settle()
			return result{"status": h.set(ep, o)}
		}
	}
	if !known[o.name] {
		return result{"status": "unsupported"}
	}
	h.defaults = append(h.defaults, o)
	return result{"status": "ok"}
}

func (h *Host) apply(ep tcpip.Endpoint, options []option) {
	for _, o := range options {
		h.set(ep, o)
	}
}

func (h *Host) set(ep tcpip.Endpoint, o option) string {
	switch o.name {
	case "no-delay":
		ep.SocketOptions().SetDelayOption(o.value == 0)
	case "keep-alive":
		ep.SocketOptions().SetKeepAlive(o.value != 0)
	case "keep-alive-interval":
		idle := tcpip.KeepaliveIdleOption(o.value)
		return status(ep.SetSockOpt(&idle))
	case "user-timeout":
		timeout := tcpip.TCPUserTimeoutOption(o.value)
		return status(ep.SetSockOpt(&timeout))
	case "dscp":
		if h.network == ipv4Number {
			return status(ep.SetSockOptInt(tcpip.IPv4TOSOption, int(o.value)<<2))
		}
		return status(ep.SetSockOptInt(tcpip.IPv6TrafficClassOption, int(o.value)<<2))
	case "ttl":
		if h.network == ipv4Number {
			return status(ep.SetSockOptInt(tcpip.IPv4TTLOption, int(o.value)))
		}
		return status(ep.SetSockOptInt(tcpip.IPv6HopLimitOption, int(o.value)))
	default:
		return "unsupported"
	}
	return "ok"
}
