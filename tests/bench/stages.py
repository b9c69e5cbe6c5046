"""Seconds of the processor per stage and peak memory, on a table of articles: python -P stages.py FILE.csv [TABLES [WAY]].

It imports nothing but the toolkit, so that it can be run on any revision of it. With TABLES, the corpus is annotated into
that folder, part by part, instead of stage by stage in one piece, by one process, or WAY: a number of workers, or dask-2
for as many workers of a cluster on this machine. Memory is that of the largest process.
"""

import json
import os
import re
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time

import toolkit as tk

FRAMES, ACTORS = "codebooks/frames/generic.yml", "codebooks/actors/nato-russia.yml"
Measured = dict[str, float]


def in_one_piece(path: str) -> Measured:
    """Run the stages one after the other and return the seconds of each."""
    seconds: Measured = {}

    def timed(stage: str, action: Callable):
        start = process_time()
        result = action()
        seconds[stage] = process_time() - start
        return result

    frames, actors = tk.load_frames(FRAMES), tk.load_actors(ACTORS)
    articles = timed("load", lambda: tk.load_corpus(path).articles)
    sentences = timed("sentences", lambda: tk.split_sentences(articles))
    timed("frames", lambda: tk.find_frames(sentences, frames, actors))
    timed("tone", lambda: tk.score_sentences(sentences, actors))
    timed("actors", lambda: tk.find_mentions(sentences, actors))
    timed("quotes", lambda: tk.find_quotes(articles, actors))
    return seconds


def in_parts(path: str, out: str, way: str = "1") -> Measured:
    """Annotate a corpus and return the seconds it took, of all processors and by the clock."""
    clock = perf_counter()
    if way.startswith("dask-"):
        from toolkit.cluster import on_cluster

        tk.annotate(path, out, way=on_cluster("local", int(way.removeprefix("dask-"))))
    else:
        tk.annotate(path, out, workers=int(way))
    return {"annotate": sum(os.times()[:4]), "by the clock": perf_counter() - clock}


def peak() -> float:
    """Return the most memory that this process or one that it started held, in megabytes.

    Of its own Linux tells the peak in /proc; what getrusage tells counts the process it was started by too.
    """
    status = Path("/proc/self/status")
    own = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
    most = [resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss]
    most.append(int(own[1]) if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return max(most) / (1e6 if sys.platform == "darwin" else 1e3)  # kilobytes on Linux, bytes on macOS


if __name__ == "__main__":
    measured = in_parts(*sys.argv[1:4]) if sys.argv[2:] else in_one_piece(sys.argv[1])
    print(json.dumps(measured | {"memory": peak()}))
