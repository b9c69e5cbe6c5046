"""Seconds of the processor per stage and peak memory, on a table of articles: python -P stages.py FILE.csv [TABLES].

It imports nothing but the toolkit, so that it can be run on any revision of it. With TABLES, the corpus is annotated into
that folder, part by part, instead of stage by stage in one piece.
"""

import json
import resource
import sys
from collections.abc import Callable
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
    return seconds


def in_parts(path: str, out: str) -> Measured:
    """Annotate a corpus and return the seconds it took, of the processor and by the clock."""
    start, clock = process_time(), perf_counter()
    tk.annotate(path, out)
    return {"annotate": process_time() - start, "by the clock": perf_counter() - clock}


if __name__ == "__main__":
    measured = in_parts(*sys.argv[1:3]) if sys.argv[2:] else in_one_piece(sys.argv[1])
    # Kilobytes on Linux, bytes on macOS.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    print(json.dumps(measured | {"memory": peak}))
