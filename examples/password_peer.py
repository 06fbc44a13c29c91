"""Both sides of the password handshake over lines, with Python's standard library only.

    python3 password_peer.py client PORT PASSWORD    logs in, then sends each line of the input and prints the answer
    python3 password_peer.py server PASSWORD         prints its port, then echoes the lines of whoever has logged in
"""
import hashlib
import hmac
import os
import re
import socket
import sys

PREFIX = b"SOCKETS-PASSWORD/1 "
CHALLENGE = re.compile(PREFIX + rb"CHALLENGE ([0-9a-f]{64})")
ANSWER = re.compile(PREFIX + rb"ANSWER ([0-9a-f]{64}) ([0-9a-f]{64})")
WELCOME = re.compile(PREFIX + rb"WELCOME ([0-9a-f]{64})")


def key_of(password):
    return hashlib.pbkdf2_hmac("sha256", password.encode(), b"sockets-password-1", 200_000, 32)


def proof(key, side, server_nonce, client_nonce, binding=b"\x00"):
    text = b"sockets-password " + side + b"\x00\x01" + server_nonce + client_nonce + binding
    return hmac.new(key, text, "sha256").hexdigest().encode()


def read(stream):
    return stream.readline(200).rstrip(b"\n")


def write(stream, kind, *values):
    stream.write(PREFIX + b" ".join((kind,) + values) + b"\n")
    stream.flush()


def log_in(stream, key):
    challenge = CHALLENGE.fullmatch(read(stream))
    if not challenge:
        return False
    server, client = bytes.fromhex(challenge[1].decode()), os.urandom(32)
    write(stream, b"ANSWER", client.hex().encode(), proof(key, b"client", server, client))
    welcome = WELCOME.fullmatch(read(stream))
    return bool(welcome) and hmac.compare_digest(welcome[1], proof(key, b"server", server, client))


def let_in(stream, key):
    server = os.urandom(32)
    write(stream, b"CHALLENGE", server.hex().encode())
    answer = ANSWER.fullmatch(read(stream))
    if not answer:
        return False
    client = bytes.fromhex(answer[1].decode())
    if not hmac.compare_digest(answer[2], proof(key, b"client", server, client)):
        write(stream, b"REFUSED")
        return False
    write(stream, b"WELCOME", proof(key, b"server", server, client))
    return True


def client(port, password):
    with socket.create_connection(("127.0.0.1", int(port)), 60) as connection, connection.makefile("rwb") as stream:
        print("in" if log_in(stream, key_of(password)) else "refused", flush=True)
        for line in sys.stdin.buffer:
            stream.write(line)
            stream.flush()
            print(stream.readline().decode().rstrip("\n"), flush=True)


def server(password):
    key = key_of(password)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print(listener.getsockname()[1], flush=True)
        while True:
            connection, _ = listener.accept()
            with connection, connection.makefile("rwb") as stream:
                if let_in(stream, key):
                    for line in stream:
                        stream.write(line)
                        stream.flush()


if __name__ == "__main__":
    {"client": client, "server": server}[sys.argv[1]](*sys.argv[2:])
