"""Classes of a Python peer, one for each way in which pickle makes objects."""
import collections
import dataclasses
import enum


@dataclasses.dataclass
class Order:
    item: str
    count: int


@dataclasses.dataclass(frozen=True)
class Ticket:
    id: int
    tags: tuple = ()


class Slotted:
    __slots__ = ('x', 'y')

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __eq__(self, other):
        return (self.x, self.y) == (other.x, other.y)


Point = collections.namedtuple('Point', 'x y')


class Color(enum.Enum):
    RED = 1
    GREEN = 'green'


class Outer:
    class Inner:
        def __init__(self, value):
            self.value = value

        def __eq__(self, other):
            return type(self) is type(other) and self.value == other.value


class Names(list):
    def __eq__(self, other):
        return type(self) is type(other) and list(self) == list(other) and vars(self) == vars(other)


class Stock(dict):
    def __eq__(self, other):
        return type(self) is type(other) and dict(self) == dict(other) and vars(self) == vars(other)


class Bag(set):
    pass


class OrderError(Exception):
    def __init__(self, code, text):
        super().__init__(code, text)
        self.code = code

    def __eq__(self, other):
        return type(self) is type(other) and self.args == other.args and vars(self) == vars(other)


class Keywords:
    def __new__(cls, first, *, second):
        self = super().__new__(cls)
        self.first = first
        self.second = second
        return self

    def __getnewargs_ex__(self):
        return (self.first,), {'second': self.second}

    def __eq__(self, other):
        return type(self) is type(other) and vars(self) == vars(other)


def names(*values):
    made = Names(values)
    made.owner = 'me'
    return made


def shared():
    part = ['x']
    return [part, part, (part, {'part': part})]


def endless():
    made = []
    made.append(made)
    return made
