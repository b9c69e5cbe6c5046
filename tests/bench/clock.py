"""Clock: how long something takes, in seconds of the processor, so that other work beside it does not count."""

from collections.abc import Callable
from time import process_time

ROUNDS = 3


def seconds_of(action: Callable[..., object], ready: Callable[[], tuple] = tuple) -> float:
    """Return the least seconds of some rounds; what `ready` returns is given to each and takes no part in its time."""
    times = []
    for _ in range(ROUNDS):
        given = ready()
        start = process_time()
        action(*given)
        times.append(process_time() - start)
    return min(times)
