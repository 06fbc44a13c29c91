"""A stand-in for programs that use jfSocket: told what to do by lines, tells its events by lines."""
import os
import socket
import sys
import threading

POLL_SECONDS = 2
clients = []
closing = []
greeting = b''
echo = False


def say(*words):
    os.write(1, (' '.join(map(str, words)) + '\n').encode())  # at once, beside other threads


def receive(client):
    client.settimeout(POLL_SECONDS)
    while True:
        try:
            data = client.recv(256)
        except socket.timeout:
            if client not in closing:
                continue
            client.close()
            data = b''
        except OSError:
            data = b''
        if not data.strip(b'\x04'):
            clients.remove(client)
            say('disconnect')
            return  # without closing, as long as anybody refers to the socket
        say('received', data.hex())
        if echo:
            client.sendall(data)


def begin(client):
    if greeting:
        client.sendall(greeting)
    clients.append(client)
    threading.Thread(target=receive, args=(client,), daemon=True).start()
    say('connected')


def accept(server):
    while True:
        client = server.accept()[0]
        begin(client)


for line in sys.stdin:
    command, _, argument = line.strip().partition(' ')
    if command == 'serve':
        server = socket.socket()
        server.bind(('127.0.0.1', 0))
        server.listen(5)
        threading.Thread(target=accept, args=(server,), daemon=True).start()
        say('port', server.getsockname()[1])
    elif command == 'connect':
        begin(socket.create_connection(('127.0.0.1', int(argument))))
    elif command == 'greet':
        greeting = bytes.fromhex(argument)
    elif command == 'echo':
        echo = True
    elif command == 'send':
        for client in list(clients):
            client.sendall(bytes.fromhex(argument))
    elif command == 'big':
        say('sent', clients[0].send(b'x' * int(argument), socket.MSG_DONTWAIT))
    elif command == 'close':
        closing.extend(clients)  # which the receivers see when they have nothing to do
