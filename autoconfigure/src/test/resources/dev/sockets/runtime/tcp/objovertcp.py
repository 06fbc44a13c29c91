"""A stand-in for programs that use obj-over-tcp: told what to do by lines, tells its events by lines."""
import ast
import os
import pickle
import socket
import sys
import threading
import time

connections = []
echo = False
simple = False


def say(*words):
    os.write(1, (' '.join(map(str, words)) + '\n').encode())  # at once, beside other threads


def send(connection, value):
    body = pickle.dumps(value)
    connection.sendall(b'%8X' % len(body) + body)


def receive_objects(connection, data):
    """Returns what is left."""
    while len(data) >= 8 and len(data) >= 8 + int(data[:8], 16):
        size = int(data[:8], 16)
        value = pickle.loads(data[8:8 + size])
        data = data[8 + size:]
        text = repr(value)
        say('OBJECT_RECEIVED', text if len(text) < 200 else len(value))
        if echo:
            send(connection, value)
    return data


def receive(connection):
    connections.append(connection)
    say('CONNECTED')
    data = b''
    while True:
        try:
            chunk = connection.recv(2048)
        except OSError:
            chunk = b''
        if not chunk:
            say('DISCONNECTED')
            connection.close()
            return
        if simple:
            say('DATA_RECEIVED', chunk.hex())
            if echo:
                connection.sendall(chunk)
        else:
            data = receive_objects(connection, data + chunk)


def stay_connected(port):
    """A client connects again by itself, whenever it is polled."""
    while True:
        try:
            connection = socket.create_connection(('127.0.0.1', port))
        except OSError:
            time.sleep(0.02)
            continue
        receive(connection)


def accept(server):
    while True:
        connection = server.accept()[0]
        threading.Thread(target=receive, args=(connection,), daemon=True).start()


for line in sys.stdin:
    command, _, argument = line.strip().partition(' ')
    if command == 'serve':
        server = socket.socket()
        server.bind(('127.0.0.1', 0))
        server.listen()
        threading.Thread(target=accept, args=(server,), daemon=True).start()
        say('port', server.getsockname()[1])
    elif command == 'connect':
        threading.Thread(target=stay_connected, args=(int(argument),), daemon=True).start()
    elif command == 'echo':
        echo = True
    elif command == 'simple':
        simple = True
    elif command == 'send':
        send(connections[-1], ast.literal_eval(argument))
    elif command == 'object':
        body = ast.literal_eval(argument)
        connections[-1].sendall(b'%8X' % len(body) + body)
    elif command == 'raw':
        connections[-1].sendall(ast.literal_eval(argument))
    elif command == 'close':
        connections.pop().shutdown(socket.SHUT_RDWR)
