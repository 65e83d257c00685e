// An adapter of tcprove around gVisor's netstack: JSON lines on standard input and output, as
// ../README.md says, and a clock of its own, so that time is virtual.
package main

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"os"
	"runtime"
	"time"
)

type endpoint struct {
	Address string `json:"address"`
	Port    uint16 `json:"port"`
}

// params holds what any method is asked with.
type params struct {
	Seed      int64           `json:"seed"`
	StackAddr json.RawMessage `json:"stack"`
	PeerAddr  json.RawMessage `json:"peer"`
	Local     endpoint        `json:"local"`
	Packet    string          `json:"packet"`
	Ns        int64           `json:"ns"`
	Handle    int             `json:"handle"`
	Octets    string          `json:"octets"`
	OctetsMax int             `json:"octets_max"`
	Option    string          `json:"option"`
	Value     int64           `json:"value"`
}

type request struct {
	ID     int64  `json:"id"`
	Method string `json:"method"`
	Params params `json:"params"`
}

type result map[string]any

type failure struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

type answer struct {
	Version string   `json:"jsonrpc"`
	ID      int64    `json:"id"`
	Result  result   `json:"result,omitempty"`
	Error   *failure `json:"error,omitempty"`
}

var capabilities = []string{
	"passive-open", "active-open", "local-port", "user-send", "user-receive", "user-shutdown",
	"user-close", "user-abort", "user-errors", "introspection", "virtual-time", "ipv4", "ipv6",
	"window-scale", "timestamps", "sack-permitted", "rack-tlp", "path-mtu", "set-no-delay",
	"set-keep-alive", "set-keep-alive-interval", "set-user-timeout", "set-dscp", "set-ttl",
}

func hello() result {
	return result{
		"protocol": 1, "name": "gvisor", "version": version(), "capabilities": capabilities,
		"msl_ns": int64(30 * time.Second), // DefaultTCPTimeWaitTimeout is twice that
	}
}

// perform answers a request; nothing where it knows no such method.
func perform(host *Host, method string, p params) result {
	switch method {
	case "reset":
		host.Reset(p.Seed, text(p.StackAddr))
		return result{}
	case "deliver":
		packet, _ := hex.DecodeString(p.Packet)
		host.Deliver(packet)
		return result{}
	case "advance":
		host.Advance(time.Duration(p.Ns))
		return result{}
	case "state":
		return result{"state": host.State(end(p.StackAddr), end(p.PeerAddr))}
	case "listen":
		return host.Listen(p.Local)
	case "connect":
		return host.Connect(p.Local, end(p.PeerAddr))
	case "accept", "send", "receive", "shutdown", "close", "abort":
		return host.Call(method, p)
	case "set":
		return host.Set(p.Handle, option{p.Option, p.Value})
	}
	return nil
}

func text(raw json.RawMessage) (s string) {
	_ = json.Unmarshal(raw, &s)
	return s
}

func end(raw json.RawMessage) (e endpoint) {
	_ = json.Unmarshal(raw, &e)
	return e
}

func main() {
	runtime.GOMAXPROCS(1) // one thing at a time, in the same order each time
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	encoder := json.NewEncoder(out)
	host := &Host{}
	for decoder := json.NewDecoder(in); ; {
		var asked request
		if decoder.Decode(&asked) != nil {
			return
		}
		said := answer{Version: "2.0", ID: asked.ID}
		if asked.Method == "hello" {
			said.Result = hello()
		} else if said.Result = perform(host, asked.Method, asked.Params); said.Result == nil {
			said.Error = &failure{Code: -32601, Message: "method not found"}
		} else {
			host.report(said.Result)
		}
		if encoder.Encode(said) != nil || out.Flush() != nil {
			return
		}
	}
}
