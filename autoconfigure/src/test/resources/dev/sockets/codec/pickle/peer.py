"""Pickles and unpickles for the tests: a command a line, an answer a line."""
import collections
import datetime
import decimal
import math
import pickle
import sys
import traceback
import types
import uuid

shop = types.ModuleType('shop')
sys.modules['shop'] = shop
exec(open(sys.argv[1], encoding='utf-8').read(), shop.__dict__)


def same(a, b):
    """Equal, and of equal types all the way down; NaN is NaN, and exceptions are what they consist of."""
    if type(a) is not type(b):
        return False
    if isinstance(a, float):
        return math.copysign(1, a) == math.copysign(1, b) and (a == b or a != a and b != b)
    if isinstance(a, BaseException):
        return same(a.args, b.args) and same(vars(a), vars(b))
    if type(a) in (list, tuple):
        return len(a) == len(b) and all(map(same, a, b))
    if type(a) is dict:
        return len(a) == len(b) and all(same(k, l) and same(a[k], b[l]) for k, l in zip(a, b))
    return a == b


def answer(command, first, rest):
    if command == 'dump':
        return pickle.dumps(eval(rest), int(first)).hex()
    loaded = pickle.loads(bytes.fromhex(first))
    if command == 'show':
        return ascii(loaded)
    return str(same(loaded, eval(rest)))


for line in sys.stdin:
    command, first, rest = line.rstrip('\n').split(' ', 2)
    try:
        print(answer(command, first, rest), flush=True)
    except Exception as error:
        print('error ' + ascii(error), flush=True)
