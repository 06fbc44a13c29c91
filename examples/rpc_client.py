"""A client of requests by opcode as docs/rpc-protocol.md says, in about 60 lines of standard Python."""
import itertools, socket, struct

def encode(value):
    def head(major, n):
        for more, size, form in ((24, 1, ">B"), (25, 2, ">H"), (26, 4, ">I"), (27, 8, ">Q")):
            if n < 24: return bytes([major << 5 | n])
            if n < 1 << 8 * size: return bytes([major << 5 | more]) + struct.pack(form, n)
    if value is None or value is True or value is False: return {False: b"\xf4", True: b"\xf5", None: b"\xf6"}[value]
    if isinstance(value, int): return head(value < 0, n := max(value, ~value)) or bytes([0xC2 + (value < 0)]) + encode(n.to_bytes(n.bit_length() + 7 >> 3, "big"))
    if isinstance(value, float): return b"\xfb" + struct.pack(">d", value)
    if isinstance(value, (bytes, bytearray)): return head(2, len(value)) + value
    if isinstance(value, str): return head(3, len(value.encode())) + value.encode()
    if isinstance(value, dict): return head(5, len(value)) + b"".join(encode(k) + encode(v) for k, v in value.items())
    return head(4, len(value)) + b"".join(map(encode, value))

def untag(tag, value, at): return int.from_bytes(value, "big") ^ 2 - tag if tag in (2, 3) else value, at

def decode(data):
    def item(at):
        major, n, at = data[at] >> 5, data[at] & 31, at + 1
        if major == 7 and n > 24: return struct.unpack(">" + "efd"[n - 25], data[at:at + 2 ** (n - 24)])[0], at + 2 ** (n - 24)
        if major == 7: return {20: False, 21: True}.get(n), at
        if 24 <= n < 28: n, at = int.from_bytes(data[at:at + 2 ** (n - 24)], "big"), at + 2 ** (n - 24)
        elif n == 31: n = None
        if major < 2: return (n if major == 0 else -1 - n), at
        if n is not None and major < 4: return (data[at:at + n] if major == 2 else data[at:at + n].decode()), at + n
        if major == 6: return untag(n, *item(at))
        values, wanted = [], None if n is None else n * (2 if major == 5 else 1)
        while len(values) != wanted and not (wanted is None and data[at] == 0xFF):
            value, at = item(at)
            values.append(value)
        if major < 4: values = type(values[0])().join(values) if values else (b"" if major == 2 else "")
        return (dict(zip(values[::2], values[1::2])) if major == 5 else values), at + (wanted is None)
    return item(0)[0]

class RemoteError(Exception): pass

class Client:
    def __init__(self, host, port):
        self.socket, self.codes, self.handlers, self.answers = socket.create_connection((host, port)), itertools.count(1), {}, {}
    def tell(self, opcode, *args, **kwargs): self.write([2, opcode, args, kwargs])
    def execute(self, opcode, *args, **kwargs): return self.poll(self.send(opcode, *args, **kwargs))
    def write(self, message): self.socket.sendall(struct.pack(">I", len(encode(message))) + encode(message))
    def read(self, size): return self.socket.recv(size, socket.MSG_WAITALL)
    def send(self, opcode, *args, **kwargs):
        code = next(self.codes)
        self.write([1, code, opcode, args, kwargs])
        return code
    def poll(self, code):
        while code not in self.answers: self.serve()
        kind, answer = self.answers.pop(code)
        if kind == 4: raise RemoteError(*answer[:2])
        return answer[0]
    def serve(self):
        size = self.read(4)
        if len(size) < 4: raise ConnectionError("the server has closed the connection")
        kind, *fields = decode(self.read(struct.unpack(">I", size)[0]))
        if kind in (3, 4): self.answers[fields[0]] = kind, fields[1:]
        if kind in (1, 2):
            code = fields.pop(0) if kind == 1 else None
            opcode, args, kwargs = fields + [[], {}][len(fields) - 1:]
            try: answer = [3, code, self.handlers[opcode](*args, **kwargs)]
            except Exception as error: answer = [4, code, type(error).__name__, str(error), []]
            if kind == 1: self.write(answer)
