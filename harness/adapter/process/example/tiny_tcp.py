"""A tiny TCP, to have something to put an adapter around; it knows nothing of tcprove.

It waits for connections over IPv4, takes data that is exactly next, sends, retransmits, closes and resets.
It has no active open, no option but MSS, keeps nothing that comes early, and does not probe closed windows.
"""
import struct

FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16
SECOND, TWO_MSL, WINDOW, MSS = 10**9, 240 * 10**9, 8192, 1460
OPEN = ("ESTABLISHED", "CLOSE-WAIT")

def mod(n): return n & 0xFFFFFFFF

def checksum(octets):
    octets += b"\0" * (len(octets) % 2)
    total = sum(struct.unpack(f"!{len(octets) // 2}H", octets))
    while total >> 16: total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF

class Connection:
    def __init__(self, stack, port, peer, seq, wnd, mss):
        self.stack, self.port, self.peer, self.wnd, self.mss = stack, port, peer, wnd, min(mss, MSS)
        self.state, self.end, self.una, self.nxt, self.rcv = "SYN-RECEIVED", "no-connection", stack.iss, mod(stack.iss + 1), mod(seq + 1)
        self.out, self.into, self.fin, self.tries, self.timer = b"", b"", False, 0, None
        self.emit(SYN | ACK, self.una)

    def emit(self, ctl, seq, data=b""):
        self.stack.emit(self.port, self.peer, ctl, seq, self.rcv, data, WINDOW - len(self.into))
        if ctl & (SYN | FIN) or data: self.timer = self.timer or self.stack.now + min(SECOND << self.tries, 60 * SECOND)

    def acknowledge(self): self.emit(ACK, self.nxt)

    def push(self):
        while self.state in OPEN:
            flight = mod(self.nxt - self.una)
            data = self.out[flight:][:min(self.mss, max(self.wnd - flight, 0))]
            if not data: break
            self.emit(ACK | (PSH if flight + len(data) == len(self.out) else 0), self.nxt, data)
            self.nxt = mod(self.nxt + len(data))
        if self.fin and self.state in OPEN and len(self.out) == mod(self.nxt - self.una):
            self.emit(FIN | ACK, self.nxt)
            self.nxt, self.state = mod(self.nxt + 1), "LAST-ACK" if self.state == "CLOSE-WAIT" else "FIN-WAIT-1"

    def finish(self, how): self.state, self.end, self.timer = "CLOSED", how, None

    def time_out(self):
        self.timer, self.tries = None, self.tries + 1
        if self.state == "TIME-WAIT": self.finish("no-connection")
        elif self.tries > 9: self.finish("timed-out")
        elif self.state == "SYN-RECEIVED": self.emit(SYN | ACK, self.una)
        elif self.out: self.emit(ACK | PSH, self.una, self.out[:self.mss])
        else: self.emit(FIN | ACK, self.una)

    def take_ack(self, ack, wnd):  # Whether to read on.
        news, flight = mod(ack - self.una), mod(self.nxt - self.una)
        if self.state == "SYN-RECEIVED":
            if news != 1: return self.stack.emit(self.port, self.peer, RST, ack, 0)
            self.state, self.out = "ESTABLISHED", b"\0"  # The octet stands for the SYN.
            self.stack.ready.append(self)
        elif news > flight: return news >> 31 or self.acknowledge()
        self.wnd = wnd
        if not news: return True
        self.una, self.out, self.tries = ack, self.out[news:], 0
        self.timer = self.stack.now + SECOND if news < flight else None
        if news == flight and self.state == "LAST-ACK": return self.finish("no-connection")
        if news == flight: self.state = {"FIN-WAIT-1": "FIN-WAIT-2", "CLOSING": "TIME-WAIT"}.get(self.state, self.state)
        return True

    def arrive(self, seq, ack, ctl, wnd, data):
        offset, room = mod(seq - self.rcv), WINDOW - len(self.into)
        length = len(data) + bool(ctl & FIN)
        if ctl & RST and offset: return self.acknowledge() if offset < room else None
        if ctl & RST: return self.finish("reset")
        if ctl & SYN or offset and (length or offset > room) or length > room: self.acknowledge()
        elif ctl & ACK and self.take_ack(ack, wnd) and length:
            if self.state not in ("ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2"): return self.acknowledge()
            self.into, self.rcv = self.into + data, mod(self.rcv + length)
            if ctl & FIN: self.state = {"ESTABLISHED": "CLOSE-WAIT", "FIN-WAIT-1": "CLOSING"}.get(self.state, "TIME-WAIT")
            self.acknowledge()
        if self.state == "TIME-WAIT" and (ctl & FIN or not self.timer): self.timer = self.stack.now + TWO_MSL
        self.push()

class Host:
    def boot(self, address, iss):
        self.address, self.iss, self.now, self.emitted = address, mod(iss), 0, []  # emitted: (instant, packet)
        self.listening, self.ready, self.connections = set(), [], {}  # ready: to be accepted

    def emit(self, port, peer, ctl, seq, ack, data=b"", wnd=0):
        options = struct.pack("!BBH", 2, 4, MSS) if ctl & SYN else b""
        ends, size = self.address + peer[0], 20 + len(options) + len(data)
        head = struct.pack("!HHIIBBH", port, peer[1], seq, ack, 20 + len(options) << 2, ctl, wnd)
        total = checksum(ends + struct.pack("!HH", 6, size) + head + b"\0" * 4 + options + data)
        ip = struct.pack("!BBHIBB", 0x45, 0, 20 + size, 0, 64, 6)
        packet = ip + struct.pack("!H", checksum(ip + ends)) + ends + head + struct.pack("!HH", total, 0) + options + data
        self.emitted.append((self.now, packet))

    def input(self, ip):
        if len(ip) < 40 or ip[0] != 0x45 or ip[9] != 6 or ip[16:20] != self.address or checksum(ip[:20]): return
        tcp = ip[20:struct.unpack("!H", ip[2:4])[0]]
        if len(tcp) < 20 or checksum(ip[12:20] + struct.pack("!HH", 6, len(tcp)) + tcp): return
        source, port, seq, ack, words, ctl, wnd = struct.unpack("!HHIIBBH", tcp[:16])
        if not 20 <= words >> 4 << 2 <= len(tcp): return
        peer, data, key = (ip[12:16], source), tcp[words >> 4 << 2:], (port, ip[12:16], source)
        if key in self.connections and self.connections[key].state != "CLOSED":
            self.connections[key].arrive(seq, ack, ctl, wnd, data)
        elif ctl & RST: return
        elif ctl & ACK: self.emit(port, peer, RST, ack, 0)
        elif port in self.listening and ctl & SYN:
            mss = struct.unpack("!H", tcp[22:24])[0] if words > 0x50 and tcp[20:22] == b"\2\4" else 536
            self.connections[key] = Connection(self, port, peer, seq, wnd, mss)
            self.iss = mod(self.iss + 64000)
        elif port not in self.listening: self.emit(port, peer, RST | ACK, 0, mod(seq + len(data) + (ctl & SYN > 0) + (ctl & FIN)))

    def next_timer(self): return min((c for c in self.connections.values() if c.timer), key=lambda c: c.timer, default=None)

    def pass_time(self, ns):
        end = self.now + ns
        while (c := self.next_timer()) and c.timer <= end:
            self.now = c.timer
            c.time_out()
        self.now = end
