"""Devices of the field: each frames its messages as its standard says, sends three in
pieces of two bytes, and reads them back the same way. Prints how many came back."""
import socket
import struct
import sys
from functools import reduce


def xor(data):
    return reduce(lambda a, b: a ^ b, data, 0)


def exactly(sock, count):
    data = b''
    while len(data) < count:
        more = sock.recv(count - len(data))
        assert more, 'closed within a message'
        data += more
    return data


def until(sock, end):
    data = b''
    while not data.endswith(end):
        data += exactly(sock, 1)
    return data


class Mllp:
    messages = [b'MSH|^~\\&|||||||ACK\rMSA|AA|1\r', b'MSH\r', b'a\x1cb']

    def write(self, message):
        return b'\x0b' + message + b'\x1c\r'

    def read(self, sock):
        return until(sock, b'\x1c\r')[1:-2]


class Modbus:
    messages = [b'\x04\x00\x04\x00\x01', b'\x01', bytes(range(200))]

    def write(self, message):
        return struct.pack('>HHHB', 0x1501, 0, len(message) + 1, 0xFF) + message

    def read(self, sock):
        transaction, protocol, length, unit = struct.unpack('>HHHB', exactly(sock, 7))
        return exactly(sock, length - 1)


class Nmea:
    messages = [b'$GPGGA,123519,4807.038,N', b'!AIVDM,1,1', b'$X']

    def write(self, message):
        return message + b'*%02X\r\n' % xor(message[1:])

    def read(self, sock):
        line = until(sock, b'\r\n')
        assert line[-4:-2] == b'%02X' % xor(line[1:-5]), line
        return line[:-5]


class StxEtxLrc:
    messages = [b'ABC', b'', b'12.5 kg']

    def write(self, message):
        return b'\x02' + message + b'\x03' + bytes([xor(message + b'\x03')])

    def read(self, sock):
        frame = until(sock, b'\x03')
        assert exactly(sock, 1)[0] == xor(frame[1:])
        return frame[1:-1]


class Hsms:
    messages = [b'\xff\xff\0\0\0\1\0\0\0\1', b'\0\0\x81\x0d\0\0\0\0\0\2\x01\x00', b'\xff\xff\0\0\0\5\0\0\0\3']

    def write(self, message):
        return struct.pack('>I', len(message)) + message

    def read(self, sock):
        return exactly(sock, struct.unpack('>I', exactly(sock, 4))[0])


class Smpp:
    messages = [struct.pack('>III', 0x15, 0, 1), struct.pack('>III', 2, 0, 2) + b'SMPP3TEST\0secret08\0\0\x34\0\0\0',
                struct.pack('>III', 6, 0, 3)]

    def write(self, message):
        return struct.pack('>I', len(message) + 4) + message

    def read(self, sock):
        return exactly(sock, struct.unpack('>I', exactly(sock, 4))[0] - 4)


class Syslog:
    messages = [b'<34>1 - - - - - - one', b'<34>1 - - - - - - two\nlines', b'<13>x']

    def write(self, message):
        return b'%d %s' % (len(message), message)

    def read(self, sock):
        return exactly(sock, int(until(sock, b' ')))


class Jt808:
    messages = [b'\x30\x7e\x08\x7d\x55', b'\x81\x00\x00\x0c\x7d\x7e', b'\x00\x02']

    def write(self, message):
        content = message + bytes([xor(message)])
        return b'\x7e' + content.replace(b'\x7d', b'\x7d\x01').replace(b'\x7e', b'\x7d\x02') + b'\x7e'

    def read(self, sock):
        assert exactly(sock, 1) == b'\x7e'
        content = until(sock, b'\x7e')[:-1].replace(b'\x7d\x02', b'\x7e').replace(b'\x7d\x01', b'\x7d')
        assert xor(content) == 0
        return content[:-1]


class Fix:
    messages = [b'35=0\x0149=A\x0156=B\x01', b'35=A\x0196=a\xffb\x01', b'35=5\x01']

    def write(self, message):
        head = b'8=FIX.4.4\x019=%d\x01' % len(message) + message
        return head + b'10=%03d\x01' % (sum(head) % 256)

    def read(self, sock):
        head = until(sock, b'\x01') + until(sock, b'\x01')
        body = exactly(sock, int(head.split(b'9=')[1][:-1]))
        assert until(sock, b'\x01') == b'10=%03d\x01' % (sum(head + body) % 256)
        return body


class Scpi:
    messages = [b'*IDN?', b'CURV #3006a\nb\r\nc,"#19",#12\r\n', b'']

    def write(self, message):
        return message + b'\n'

    def read(self, sock):
        line = b''
        while not line.endswith(b'\n'):
            line += exactly(sock, 1)
            if line.endswith(b'#') and line[-2:-1] in (b'', b' ', b','):
                digits = exactly(sock, 1)
                length = exactly(sock, int(digits))
                line += digits + length + exactly(sock, int(length)) + b';'
        return line.replace(b';', b'')[:-1]


class ModbusRtu:
    """Reading a holding register (the example of its standard), two others; the next one follows the answer."""
    messages = [b'\x01\x03\x00\x6b\x00\x03', b'\x11', bytes(range(200))]

    def write(self, message):
        crc = 0xFFFF
        for byte in message:
            crc ^= byte
            for _ in range(8):
                crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
        return message + struct.pack('<H', crc)

    def talk(self, sock):
        back = []
        for message in self.messages:
            sock.sendall(self.write(message))
            frame = exactly(sock, len(message) + 2)
            assert frame == self.write(message)
            back.append(frame[:-2])
        return back


class Acknowledged(StxEtxLrc):
    """Sends each message garbled first, and asks for each answer twice."""

    def talk(self, sock):
        back = []
        for message in self.messages:
            frame = self.write(message)
            sock.sendall(frame[:-1] + bytes([frame[-1] ^ 1]))
            assert exactly(sock, 1) == b'\x15'
            sock.sendall(frame)
            assert exactly(sock, 1) == b'\x06'
            assert self.read(sock) == message
            sock.sendall(b'\r\n\x15')
            back.append(self.read(sock))
            sock.sendall(b'\x06')
        return back


DEVICES = {'acknowledged': Acknowledged(), 'modbus-rtu': ModbusRtu(),
           'mllp': Mllp(), 'modbus-tcp': Modbus(), 'nmea': Nmea(), 'stx-etx-lrc': StxEtxLrc(), 'hsms': Hsms(),
           'smpp': Smpp(), 'syslog': Syslog(), 'jt808': Jt808(), 'fix': Fix(), 'scpi': Scpi()}


def echoed(device, sock):
    stream = b''.join(device.write(message) for message in device.messages)
    for at in range(0, len(stream), 2):
        sock.sendall(stream[at:at + 2])
    return [device.read(sock) for _ in device.messages]


for line in sys.stdin:
    name, port = line.split()
    device = DEVICES[name]
    with socket.create_connection(('127.0.0.1', int(port)), timeout=60) as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        back = device.talk(sock) if hasattr(device, 'talk') else echoed(device, sock)
    assert back == device.messages, back
    print('device', name, len(back), flush=True)
