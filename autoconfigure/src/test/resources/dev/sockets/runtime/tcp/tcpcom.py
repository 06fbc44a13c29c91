"""A stand-in for programs that use tcpcom: told what to do by lines, tells its states by lines."""
import os
import socket
import sys
import threading
import time

server = None
client = None
greeting = b''
echo = False
watching = False
terminated = False
patience = 2


def say(*words):
    os.write(1, (' '.join(map(str, words)) + '\n').encode())  # at once, beside other threads


def end(sock):
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    sock.close()


def receive(sock, ended):
    """Delivers when what has come ends with a terminator, and not before."""
    data = b''
    while True:
        try:
            chunk = sock.recv(4096)
        except OSError:
            chunk = b''
        if not chunk:
            ended(sock)
            return
        data += chunk
        if chunk.endswith(b'\0'):
            for text in data[:-1].split(b'\0'):
                say('MESSAGE', len(text), text[:8].hex())
                if echo:
                    sock.sendall(text + b'\0')
            data = b''
            if terminated:
                ended(sock)
                return


def left(sock):
    global client
    if client is sock:
        client = None
        say('LISTENING')
    end(sock)


def accept():
    global client
    while True:
        try:
            sock = server.accept()[0]
        except OSError:
            return
        if client:
            end(sock)
            continue
        client = sock
        say('CONNECTED')
        threading.Thread(target=receive, args=(sock, left), daemon=True).start()


def lost(sock):
    say('DISCONNECTED')
    if watching:
        say('SERVER_OCCUPIED')


def connect(port):
    global client, watching
    say('CONNECTING')
    try:
        sock = socket.create_connection(('127.0.0.1', port))
    except OSError:
        say('CONNECTION_FAILED')
        return
    client = sock
    watching = True
    reader = threading.Thread(target=receive, args=(sock, lost), daemon=True)
    reader.start()
    reader.join(patience)
    watching = False
    if reader.is_alive():
        say('CONNECTED')


for line in sys.stdin:
    command, _, argument = line.strip().partition(' ')
    if command == 'serve':
        server = socket.socket()
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(('127.0.0.1', 0))
        server.listen(10)
        threading.Thread(target=accept, daemon=True).start()
        say('port', server.getsockname()[1])
    elif command == 'connect':
        connect(int(argument))
    elif command == 'echo':
        echo = True
    elif command == 'patience':
        patience = int(argument)
    elif command == 'send':
        client.sendall(argument.encode() + b'\0')
    elif command == 'disconnect':
        end(client)
    elif command == 'terminate':
        terminated = True
        end(server)
        if argument == 'at once':  # as tcpcom for Java does
            end(client)
        say('TERMINATED')
