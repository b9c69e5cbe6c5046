"""Cluster: the parts of a corpus made by the workers of Dask, on this machine or on others that share its disk.

Each part is a task by itself, and what it writes is written under another name first. So a worker that is killed costs
the part it was at, which Dask gives to another, and a run that is killed goes on where it stood.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from toolkit.annotation import AHEAD, annotate_part
from toolkit.errors import ToolkitError

RETRIES = 3  # of a part whose worker was lost
LOCAL = "local"
TIMEOUT = "30s"
# A worker samples what it is at a hundred times a second and keeps that: memory would grow for as long as it works.
UNPROFILED = {"distributed.worker.profile.enabled": False}


def on_cluster(scheduler: str, workers: int):
    """Return a way for `annotate` to have parts made by Dask: at a scheduler's address, or "local" with some workers.

    Raises ToolkitError where the extra scale is not installed.
    """

    def way(out: Path, parts: Iterable[int]) -> Iterator[int]:
        with _client(scheduler, workers) as client:
            yield from _made_by(client, out.resolve(), iter(parts))

    return way


def _made_by(client, out: Path, parts: Iterator[int]) -> Iterator[int]:
    from dask.distributed import as_completed

    def submit(number: int):
        return client.submit(annotate_part, out, number, key=f"{out.name}-{number}", retries=RETRIES, pure=False)

    most = AHEAD * max(1, sum(client.nthreads().values()))
    running = as_completed([submit(number) for number in islice(parts, most)])
    for done in running:
        yield done.result()
        running.update([submit(number) for number in islice(parts, 1)])


@contextmanager
def _client(scheduler: str, workers: int):
    try:
        from dask import config
        from dask.distributed import Client, LocalCluster
    except ImportError:
        raise ToolkitError('a scheduler needs the extra scale: in the checkout, pip install -e ".[scale]"') from None
    if scheduler == LOCAL:
        local = {"n_workers": workers, "threads_per_worker": 1, "dashboard_address": None}
        with config.set(UNPROFILED), LocalCluster(**local) as cluster, Client(cluster) as client:
            yield client
        return
    try:
        client = Client(scheduler, timeout=TIMEOUT)
    except (OSError, ValueError) as error:
        raise ToolkitError(f"{scheduler}: no scheduler of Dask answers there: {error}. Check the address.") from None
    with client:
        yield client
