package main

import (
	"encoding/hex"
	"math/rand"
	"net"
	"time"

	"gvisor.dev/gvisor/pkg/bufferv2"
	securerand "gvisor.dev/gvisor/pkg/rand"
	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/link/channel"
	"gvisor.dev/gvisor/pkg/tcpip/network/ipv4"
	"gvisor.dev/gvisor/pkg/tcpip/network/ipv6"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
	"gvisor.dev/gvisor/pkg/tcpip/transport/tcp"
)

const (
	nic       = 1
	mtu       = 1500
	queueSize = 1 << 16
)

type emission struct {
	AtNs   int64  `json:"at_ns"`
	Packet string `json:"packet"`
}

// Host is netstack on one interface that carries bare IP packets.
type Host struct {
	clock    *Clock
	stack    *stack.Stack
	link     *channel.Endpoint
	network  tcpip.NetworkProtocolNumber
	address  tcpip.Address
	emitted  []emission
	sockets  []*socket // a handle is an index and one
	defaults []option
}

// Reset makes a pristine stack with one address.
func (h *Host) Reset(seed int64, address string) {
	if h.stack != nil {
		h.stack.Close()
	}
	random := rand.New(rand.NewSource(seed))
	securerand.Reader = random // from which IPv4 takes its identifications
	h.clock = &Clock{}
	h.stack = stack.New(stack.Options{
		// Without router solicitations, duplicate address detection and MLD: nothing but TCP speaks.
		NetworkProtocols:   []stack.NetworkProtocolFactory{ipv4.NewProtocol, ipv6.NewProtocolWithOptions(ipv6.Options{})},
		TransportProtocols: []stack.TransportProtocolFactory{tcp.NewProtocol},
		Clock:              h.clock,
		RandSource:         rand.NewSource(seed),
		SecureRNG:          random,
	})
	h.link = channel.New(queueSize, mtu, "")
	h.sockets, h.defaults, h.emitted = nil, nil, nil
	h.configure()
	h.address, h.network = parse(address)
	_ = h.stack.CreateNIC(nic, h.link)
	_ = h.stack.AddProtocolAddress(nic, tcpip.ProtocolAddress{
		Protocol: h.network, AddressWithPrefix: h.address.WithPrefix(),
	}, stack.AddressProperties{})
	h.stack.SetRouteTable([]tcpip.Route{
		{Destination: header.IPv4EmptySubnet, NIC: nic}, {Destination: header.IPv6EmptySubnet, NIC: nic},
	})
	h.settle()
	h.emitted = nil
}

// configure sets what runsc sets, and lifts the rate limit of answers to invalid segments.
func (h *Host) configure() {
	sack := tcpip.TCPSACKEnabled(true)
	_ = h.stack.SetTransportProtocolOption(tcp.ProtocolNumber, &sack)
	delay := tcpip.TCPDelayEnabled(true)
	_ = h.stack.SetTransportProtocolOption(tcp.ProtocolNumber, &delay)
	_ = h.stack.SetOption(stack.TCPInvalidRateLimitOption(0))
	// What a window can tell without a scale; half of the buffer is window. It grows for who reads.
	moderate := tcpip.TCPModerateReceiveBufferOption(true)
	_ = h.stack.SetTransportProtocolOption(tcp.ProtocolNumber, &moderate)
	buffer := tcpip.TCPReceiveBufferSizeRangeOption{
		Min: tcp.MinBufferSize, Default: 2 * 65535, Max: tcp.MaxBufferSize,
	}
	_ = h.stack.SetTransportProtocolOption(tcp.ProtocolNumber, &buffer)
}

// Deliver hands a packet to the stack, whatever it is.
func (h *Host) Deliver(octets []byte) {
	protocol := header.IPv4ProtocolNumber
	if len(octets) > 0 && octets[0]>>4 == 6 {
		protocol = header.IPv6ProtocolNumber
	}
	packet := stack.NewPacketBuffer(stack.PacketBufferOptions{Payload: bufferv2.MakeWithData(octets)})
	h.link.InjectInbound(protocol, packet)
	packet.DecRef()
	h.settle()
}

// Advance lets time pass.
func (h *Host) Advance(d time.Duration) { h.clock.Advance(d, h.settle) }

// settle waits until netstack's goroutines have done what they were given, and takes what was sent.
func (h *Host) settle() {
	h.stack.Pause()
	h.stack.Resume()
	now := int64(h.clock.elapsed())
	for packet := h.link.Read(); !packet.IsNil(); packet = h.link.Read() {
		view := packet.ToView()
		h.emitted = append(h.emitted, emission{AtNs: now, Packet: hex.EncodeToString(view.AsSlice())})
		view.Release()
		packet.DecRef()
	}
}

// report adds to an answer what was emitted, and when the next timer is due.
func (h *Host) report(said result) {
	said["emitted"] = h.emitted
	if h.emitted == nil {
		said["emitted"] = []emission{}
	}
	h.emitted = nil
	if _, is_state := said["state"]; is_state {
		return
	}
	said["deadline_ns"] = nil
	if h.clock == nil {
		return
	}
	if d, ok := h.clock.Deadline(); ok {
		said["deadline_ns"] = int64(d)
	}
}

func parse(address string) (tcpip.Address, tcpip.NetworkProtocolNumber) {
	ip := net.ParseIP(address)
	if v4 := ip.To4(); v4 != nil {
		return tcpip.Address(v4), header.IPv4ProtocolNumber
	}
	return tcpip.Address(ip.To16()), header.IPv6ProtocolNumber
}
