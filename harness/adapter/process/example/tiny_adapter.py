#!/usr/bin/env python3
"""A whole adapter: the tiny TCP as a child process of tcprove, with Python's standard library alone."""
import ipaddress, json, sys
sys.dont_write_bytecode = True
from tiny_tcp import ACK, MSS, RST, WINDOW, Connection, Host

class Adapter(Host):  # A method of the protocol is a method of this class.
    def hello(self, protocol):
        return {"protocol": 1, "name": "tiny", "version": "1", "capabilities": (
            "passive-open user-send user-receive user-shutdown user-close user-abort user-errors introspection virtual-time "
            "ipv4 challenge-ack").split()}

    def reset(self, seed, stack, peer):
        self.boot(ipaddress.ip_address(stack).packed, seed * 2654435761)
        self.handles = [None]

    def deliver(self, packet): self.input(bytes.fromhex(packet))

    def advance(self, ns): self.pass_time(ns)

    def state(self, stack, peer):
        if not peer["port"]: return {"state": "LISTEN" if stack["port"] in self.listening else "CLOSED"}
        found = self.connections.get((stack["port"], ipaddress.ip_address(peer["address"]).packed, peer["port"]))
        return {"state": found.state if found else "CLOSED"}

    def _give(self, what, **more): return self.handles.append(what) or {"status": "ok", "handle": len(self.handles) - 1, **more}

    def listen(self, local): return self.listening.add(local["port"]) or self._give(local["port"])

    def accept(self, handle):
        if not self.ready: return {"status": "would-block"}
        c = self.ready.pop(0)
        return self._give(c, peer={"address": str(ipaddress.ip_address(c.peer[0])), "port": c.peer[1]})

    def send(self, handle, octets, urgent):
        c, octets = self.handles[handle], bytes.fromhex(octets)
        if not isinstance(c, Connection) or c.state == "CLOSED": return {"status": getattr(c, "end", "no-connection")}
        if c.fin: return {"status": "closing"}
        taken = octets[:WINDOW - len(c.out)]
        c.out += taken
        return c.push() or {"status": "ok" if taken or not octets else "would-block", "taken": len(taken)}

    def receive(self, handle, octets_max):
        c = self.handles[handle]
        if not isinstance(c, Connection) or c.state == "CLOSED" and c.end != "no-connection": return {"status": getattr(c, "end", "no-connection")}
        if not c.into: return {"status": "would-block" if c.state in ("ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2") else "end-of-stream"}
        got, c.into = c.into[:octets_max], c.into[octets_max:]
        if WINDOW - len(c.into) - len(got) < MSS and c.state != "CLOSED": c.acknowledge()
        return {"status": "ok", "octets": got.hex()}

    def shutdown(self, handle, forget=False, reset=False):
        c = self.handles[handle]
        self.handles[handle] = None if forget else c
        if isinstance(c, int): self.listening.discard(c)
        elif not c or c.state == "CLOSED": return {"status": c.end if c else "no-connection"}
        elif reset: c.emit(RST | ACK, c.nxt) if c.state != "TIME-WAIT" else None; c.finish("reset")
        else: c.fin = True; c.push()
        return {"status": "ok"}

    def close(self, handle): return self.shutdown(handle, forget=True, reset=bool(getattr(self.handles[handle], "into", b"")))

    def abort(self, handle): return self.shutdown(handle, forget=True, reset=True)

METHODS = ("hello reset deliver advance state listen accept send receive shutdown close abort").split()
adapter = Adapter()
for line in sys.stdin:  # A request a line, an answer a line.
    asked = json.loads(line)
    answer = {"jsonrpc": "2.0", "id": asked["id"]}
    if asked["method"] not in METHODS:
        answer["error"] = {"code": -32601, "message": "method not found"}  # What tcprove takes for `unsupported`.
    else:
        answer["result"] = getattr(adapter, asked["method"])(**asked["params"]) or {}
        if asked["method"] != "hello":
            c = adapter.next_timer()
            answer["result"] |= {"emitted": [{"at_ns": at, "packet": packet.hex()} for at, packet in adapter.emitted],
                                 "deadline_ns": c.timer - adapter.now if c else None}
            adapter.emitted = []
    print(json.dumps(answer), flush=True)
