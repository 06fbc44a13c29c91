"""A stand-in for programs that use obj-over-tcp: told what to do by lines, tells its events by lines."""
import ast
import pickle
import socket
import sys
import threading

connections = []
echo = False


def say(*words):
    print(*words, flush=True)


def send(connection, value):
    body = pickle.dumps(value)
    connection.sendall(b'%8X' % len(body) + body)


def receive(connection):
    say('CONNECTED')
    data = b''
    while True:
        chunk = connection.recv(2048)
        if not chunk:
            say('DISCONNECTED')
            connection.close()
            return
        data += chunk
        while len(data) >= 8 and len(data) >= 8 + int(data[:8], 16):
            size = int(data[:8], 16)
            value = pickle.loads(data[8:8 + size])
            data = data[8 + size:]
            text = repr(value)
            say('OBJECT_RECEIVED', text if len(text) < 200 else len(value))
            if echo:
                send(connection, value)


def begin(connection):
    connections.append(connection)
    threading.Thread(target=receive, args=(connection,), daemon=True).start()


def accept(server):
    while True:
        begin(server.accept()[0])


for line in sys.stdin:
    command, _, argument = line.strip().partition(' ')
    if command == 'serve':
        server = socket.socket()
        server.bind(('127.0.0.1', 0))
        server.listen()
        threading.Thread(target=accept, args=(server,), daemon=True).start()
        say('port', server.getsockname()[1])
    elif command == 'connect':
        begin(socket.create_connection(('127.0.0.1', int(argument))))
    elif command == 'echo':
        echo = True
    elif command == 'send':
        send(connections[-1], ast.literal_eval(argument))
    elif command == 'raw':
        connections[-1].sendall(ast.literal_eval(argument))
    elif command == 'close':
        connections.pop().shutdown(socket.SHUT_RDWR)
