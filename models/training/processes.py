"""One process a core for work that needs nothing back but its result."""
import multiprocessing
import os

held = {}


def in_processes(function, items):
    """Results of function(item) in order; the processes are forks, so that the function may hold models and tables."""
    held['function'] = function
    with multiprocessing.get_context('fork').Pool(os.cpu_count()) as pool:
        yield from pool.imap(call, items)


def call(item):
    return held['function'](item)
