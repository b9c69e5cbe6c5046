"""Garbage: Python's search for objects that hold each other, put off while rows by the ten thousand are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Put off the search: rows hold no cycles, and looking through them again and again is a fifth of all time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
