"""A stand-in for programs that use simplesockets: told what to do by lines, tells its events by lines."""
import os
import socket
import sys
import threading

BUFFER = 2048
clients = {}
greeting = b''
echo = False


def say(*words):
    os.write(1, (' '.join(map(str, words)) + '\n').encode())  # at once, beside other threads


def receive(client, address):
    message = b''
    while True:
        try:
            data = client.recv(BUFFER)
        except OSError:
            clients.pop(address, None)
            say('disconnected')
            return
        if not data:
            if address in clients:
                say('nothing')
            return  # the original goes on for ever, on a whole core
        message += data
        if len(data) < BUFFER:
            say('received', len(message), message[:8].hex())
            if echo:
                client.sendall(message)
            message = b''


def begin(client, address):
    clients[address] = client
    threading.Thread(target=receive, args=(client, address), daemon=True).start()


def accept(server):
    while True:
        client, address = server.accept()
        if greeting:
            client.sendall(greeting)
        begin(client, address)
        say('connected')


for line in sys.stdin:
    command, _, argument = line.strip().partition(' ')
    if command == 'serve':
        server = socket.socket()
        server.bind(('127.0.0.1', 0))
        server.listen(5)
        threading.Thread(target=accept, args=(server,), daemon=True).start()
        say('port', server.getsockname()[1])
    elif command == 'connect':
        try:
            client = socket.create_connection(('127.0.0.1', int(argument)))
            say(True)
            begin(client, 'server')
        except OSError:
            say(False)
    elif command == 'reconnect':
        clients.pop('server').close()
        begin(socket.create_connection(('127.0.0.1', int(argument))), 'server')
        say(True)
    elif command == 'greet':
        greeting = bytes.fromhex(argument)
    elif command == 'echo':
        echo = True
    elif command == 'send':
        for client in list(clients.values()):
            client.sendall(bytes.fromhex(argument))
    elif command == 'clients':
        say(len(clients))
    elif command == 'disconnect':
        address, client = clients.popitem()
        client.shutdown(socket.SHUT_WR)
        client.close()
