"""A stand-in for programs that use TCPTalks: told what to do by lines, tells what happens by lines."""
import ast
import io
import pickle
import queue
import random
import socket
import sys
import threading
import time
import traceback

AUTHENTICATION, IDENTITY = 0xAA, 0xBB
PATIENCE = 30  # seconds, where theirs wait for 1 or 5


class AuthentificationError(Exception):
    pass


# As in theirs, the name of a class on the wire has the module tcptalks.
AuthentificationError.__module__ = 'tcptalks'
sys.modules['tcptalks'] = sys.modules[__name__]


def say(*words):
    print(*words, flush=True)


class Talk:
    """One connection, of either side."""

    def __init__(self, connection):
        self.connection = connection
        self.queues = {}
        self.authenticated = False
        self.gone = False
        self.listener = threading.Thread(target=self.listen, daemon=True)
        self.listener.start()

    def listen(self):
        data = b''
        while True:
            try:
                chunk = self.connection.recv(256)
            except OSError:
                chunk = b''
            if not chunk:
                if not self.gone:
                    say('disconnected')
                self.connection.close()
                return
            data += chunk
            while data:
                stream = io.BytesIO(data)
                try:
                    message = pickle.Unpickler(stream).load()
                except (EOFError, pickle.UnpicklingError, AttributeError):
                    break  # taken for incomplete
                except Exception as error:
                    say('deaf', type(error).__name__)
                    return
                data = data[stream.tell():]
                try:
                    self.process(message)
                except Exception as error:
                    say('deaf', type(error).__name__)
                    return

    def process(self, message):
        role = message[0]
        if role == b'R':
            _, opcode, code, args, kwargs = message
            self.serve(code, opcode, *args, **kwargs)
        elif role == b'A':
            self.queue(message[1]).put(message[2])

    def serve(self, retcode, opcode, *args, **kwargs):
        try:
            if not self.authenticated:
                raise AuthentificationError('you are not authentified')
            if opcode not in bindings:
                raise KeyError('opcode {} is not bound to any instruction'.format(opcode))
            result = bindings[opcode](*args, **kwargs)
        except Exception:
            kind, error, trace = sys.exc_info()
            result = (kind, error, traceback.extract_tb(trace))
        self.reply(retcode, result)

    def queue(self, code):
        return self.queues.setdefault(code, queue.Queue())

    def raw(self, value):
        self.connection.sendall(pickle.dumps(value))

    def reply(self, code, *results):
        self.raw((b'A', code, results))

    def send(self, opcode, args=(), kwargs={}, code=None):
        code = code[0] if code else random.randrange(2 ** 32)
        self.raw((b'R', opcode, code, tuple(args), kwargs))
        return code

    def poll(self, code, timeout):
        try:
            results = self.queue(code).get(timeout=timeout)
        except queue.Empty:
            raise TimeoutError('timeout exceeded')
        result = results[0] if len(results) == 1 else results
        if isinstance(result, tuple) and isinstance(result[0], type) and issubclass(result[0], Exception):
            kind, error, frames = result
            raise kind('{}; distant {}'.format(error, ' '.join(traceback.format_list(frames)).strip()))
        return result

    def authenticate(self):
        """What a client does first."""
        self.gone = True
        self.reply(AUTHENTICATION, password)
        if not self.poll(AUTHENTICATION, PATIENCE):
            try:
                self.connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # the server was faster
            raise AuthentificationError('authentification failed')
        self.gone = False
        time.sleep(lag)
        self.authenticated = True

    def admit(self):
        """What a server does first."""
        offered = self.poll(AUTHENTICATION, PATIENCE)
        right = password is None or offered == password
        self.reply(AUTHENTICATION, right)
        time.sleep(lag)
        self.authenticated = right
        return right


bindings = {IDENTITY: lambda: identity}
password, identity, lag = None, None, 0.02
talks = {}
talk = None


def listen(port):
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(('127.0.0.1', port))
    server.listen(1)
    return server


def listen_where_no_client_is():
    """The system gives clients ports from 32768 on, also one that is closed for a while."""
    while True:
        try:
            return listen(random.randrange(15000, 32000))
        except OSError:
            pass  # another one then


def serve_one():
    """As theirs: one client at a time, and the port is closed meanwhile."""
    global talk
    port = None
    while True:
        server = listen(port) if port else listen_where_no_client_is()
        say('listening' if port else 'port ' + str(server.getsockname()[1]))
        port = server.getsockname()[1]
        connection = server.accept()[0]
        server.close()
        one = Talk(connection)
        try:
            if one.admit():
                talk = one
                say('connected')
                return
            say('refused')
            time.sleep(1)
            connection.close()
            one.listener.join()
        except TimeoutError as error:
            say('raised', type(error).__name__, error)
            return


def serve_many():
    """As their TCPTalksServer: asks each client who it is, and does not close those that it refuses."""
    global talk
    server = socket.socket()
    server.bind(('127.0.0.1', 0))
    server.listen()
    say('port', server.getsockname()[1])
    while True:
        one = Talk(server.accept()[0])
        if not one.admit():
            say('refused')
            continue
        while True:
            try:
                name = one.poll(one.send(IDENTITY), PATIENCE)
                break
            except AuthentificationError:
                pass
            except TimeoutError:
                name = None
                break
        talks[name] = talk = one
        say('client', name)


def connect(port):
    global talk
    try:
        talk = Talk(socket.create_connection(('127.0.0.1', port)))
        talk.authenticate()
        say('connected')
    except Exception as error:
        say('raised', type(error).__name__, error)


def execute(one, opcode, args=(), kwargs={}):
    try:
        say('result', repr(one.poll(one.send(opcode, args, kwargs), PATIENCE)))
    except Exception as error:
        say('raised', type(error).__name__, str(error).replace('\n', ' '))


for line in sys.stdin:
    command, _, argument = line.strip().partition(' ')
    if command == 'password':
        password = ast.literal_eval(argument)
    elif command == 'id':
        identity = ast.literal_eval(argument)
    elif command == 'lag':
        lag = float(argument)
    elif command == 'serve':
        threading.Thread(target=serve_one, daemon=True).start()
    elif command == 'serve-many':
        threading.Thread(target=serve_many, daemon=True).start()
    elif command == 'connect':
        connect(int(argument))
    elif command == 'bind':
        opcode, _, function = argument.partition(' ')
        bindings[ast.literal_eval(opcode)] = eval(function)
    elif command == 'execute':
        execute(talk, *eval(argument))
    elif command == 'execute-as':
        name, _, call = argument.partition(' ')
        execute(talks[name], *eval(call))
    elif command == 'echoed':
        code, _, call = argument.partition(' ; ')
        code = eval(code)
        talk.send(*eval(call), code=[code])
        say('result', repr(talk.poll(code, PATIENCE)))
    elif command == 'bytes':
        whole = pickle.dumps(eval(argument))
        for index in range(len(whole)):
            talk.connection.sendall(whole[index:index + 1])
            time.sleep(0.001)
    elif command == 'glued':
        talk.connection.sendall(b''.join(pickle.dumps(value) for value in eval(argument)))
    elif command == 'poll':
        say('result', repr(talk.poll(ast.literal_eval(argument), PATIENCE)))
    elif command == 'disconnect':
        talk.connection.shutdown(socket.SHUT_RDWR)
