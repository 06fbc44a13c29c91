"""A stand-in for programs that use obj-over-tcp with asyncio: told what to do by lines, tells its events by lines."""
import ast
import asyncio
import os
import pickle
import sys

connections = []
echo = False
simple = False


def say(*words):
    os.write(1, (' '.join(map(str, words)) + '\n').encode())  # at once, beside other threads


async def send(writer, value):
    body = pickle.dumps(value)
    writer.write(b'%8X' % len(body) + body)
    await writer.drain()


async def receive_object(reader, writer):
    value = pickle.loads(await reader.readexactly(int(await reader.readexactly(8), 16)))
    text = repr(value)
    say('OBJECT_RECEIVED', text if len(text) < 200 else len(value))
    if echo:
        await send(writer, value)


async def receive_data(reader, writer):
    data = await reader.read(2048)
    if not data:
        raise ConnectionError
    say('DATA_RECEIVED', data.hex())
    if echo:
        writer.write(data)


async def receive(reader, writer):
    connections.append(writer)
    say('CONNECTED')
    try:
        while True:
            await (receive_data if simple else receive_object)(reader, writer)
    except (asyncio.IncompleteReadError, ConnectionError):
        say('DISCONNECTED')  # and that is all: it does not connect again
        writer.close()


async def main():
    global echo, simple
    tasks = []
    while True:
        line = await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
        command, _, argument = line.strip().partition(' ')
        if command == 'serve':
            server = await asyncio.start_server(receive, '127.0.0.1', 0)
            tasks.append(server)
            say('port', server.sockets[0].getsockname()[1])
        elif command == 'connect':
            tasks.append(asyncio.ensure_future(receive(*await asyncio.open_connection('127.0.0.1', int(argument)))))
        elif command == 'echo':
            echo = True
        elif command == 'simple':
            simple = True
        elif command == 'send':
            await send(connections[-1], ast.literal_eval(argument))
        elif command == 'object':
            body = ast.literal_eval(argument)
            connections[-1].write(b'%8X' % len(body) + body)
        elif command == 'raw':
            connections[-1].write(ast.literal_eval(argument))
        elif command == 'close':
            connections.pop().close()
        elif not line:
            return


asyncio.run(main())
