"""How time and memory grow with a corpus, and how two revisions compare: python -m tests.bench.growth [SIZES].

Sizes are numbers of articles of five sentences, by default 10,000, 30,000 and 100,000. Each is measured in a process of its
own. An exponent of 1 means that twice the articles take twice the time; it is the slope of a line through the logarithms.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from tests.bench.aims import AT_LEAST, AT_MOST, Aim
from tests.bench.synthetic import SENTENCES, make_pieces
from tests.conftest import ROOT

SIZES = (10_000, 30_000, 100_000)
SHORT = 5  # sentences an article
STAGES = Path(__file__).with_name("stages.py")
COMPARED = 3_000  # articles


def write_articles(number: int, path: Path, sentences: int = SENTENCES) -> Path:
    """Write so many made articles to a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        for place, piece in enumerate(make_pieces(number, sentences=sentences)):
            piece.to_csv(stream, index=False, header=place == 0)
    return path


def measure(*arguments: object, tree: Path = ROOT) -> dict[str, float]:
    """Return what stages.py prints, run on the toolkit in some checkout."""
    command = [sys.executable, "-P", str(STAGES), *map(str, arguments)]
    done = subprocess.run(
        command, env=os.environ | {"PYTHONPATH": str(tree)}, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def exponent(sizes: Iterable[int], values: Iterable[float]) -> float:
    """Return the power of the size with which values grow."""
    return float(np.polyfit(np.log(list(sizes)), np.log(list(values)), 1)[0])


def grow(sizes: Iterable[int] = SIZES) -> tuple[list[str], list[Aim]]:
    """Return the lines of a table, seconds per stage and size and their exponents, and what is aimed at.

    Stages are those of a corpus in one piece; parts are made by two workers, and of the corpus in the middle by one
    process and by two workers of Dask too.
    """
    sizes = list(sizes)
    middle = sizes[len(sizes) // 2]
    rows: dict[str, list[float]] = {}
    ways: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = write_articles(size, Path(folder) / f"{size}.csv", SHORT)
            found = measure(path)
            parts = measure(path, Path(folder) / f"tables-{size}", 2)
            if size == middle:
                others = {way: Path(folder) / f"tables-{way}" for way in ("1", "dask-2")}
                ways = {way: measure(path, out, way) for way, out in others.items()} | {"2": parts}
                same = all(is_same(Path(folder) / f"tables-{size}", out) for out in others.values())
            found = {"MB of text": path.stat().st_size / 1e6, "MB, in one piece": found.pop("memory")} | found
            found |= {
                "MB, in parts": parts["memory"],
                "annotate": parts["annotate"],
                "by the clock": parts["by the clock"],
            }
            for name, value in found.items():
                rows.setdefault(name, []).append(value)
    lines = [f"{'articles':22}" + "".join(f"{size:>12,}" for size in sizes) + f"{'exponent':>12}"]
    for name, values in rows.items():
        lines.append(f"{name:22}" + "".join(f"{value:12.1f}" for value in values) + f"{exponent(sizes, values):12.2f}")
    for way, seconds in ways.items():
        told = ", ".join(f"{name} {value:.1f}" for name, value in seconds.items())
        lines.append(
            f"{middle:,} articles, {'workers of Dask: ' if '-' in way else 'workers: '}{way.removeprefix('dask-')}: {told}"
        )
    clocks = {way: seconds["by the clock"] for way, seconds in ways.items()}
    memory = rows["MB, in parts"]
    return lines, [
        Aim("annotate: two workers against one process", AT_LEAST, 1.5, clocks["1"] / clocks["2"]),
        Aim("annotate: two workers of Dask against one process", AT_LEAST, 1.0, clocks["1"] / clocks["dask-2"]),
        Aim(f"annotate: MB at {rows['MB of text'][-1]:.0f} MB of text", AT_MOST, 300, memory[-1]),
        Aim(f"annotate: memory at {sizes[-1]:,} articles against {sizes[0]:,}", AT_MOST, 1.2, memory[-1] / memory[0]),
        Aim("annotate: tables that differ by how they are made", AT_MOST, 0, float(not same), needed=True),
    ]


def is_same(one: Path, other: Path) -> bool:
    """Say whether two folders hold the same tables, part by part."""
    parts = sorted(path.relative_to(one) for path in one.glob("*/part-*.parquet"))
    return bool(parts) and all(pd.read_parquet(one / part).equals(pd.read_parquet(other / part)) for part in parts)


def compare(revision: str, number: int = COMPARED) -> list[str]:
    """Return the lines of a table: seconds per stage of another revision and of this checkout, and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        path, tree = write_articles(number, Path(folder) / "articles.csv"), Path(folder) / "tree"
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--quiet", "--detach", str(tree), revision], check=True)
        try:
            # One after the other and again, so that what else the machine does falls on both.
            found = [(measure(path, tree=tree), measure(path)) for _ in range(3)]
        finally:
            subprocess.run([*git, "remove", "--force", str(tree)], check=True)
    lines = [f"{number:,} articles; the least of 3 runs", f"{'':22}{revision[:12]:>14}{'here':>14}{'ratio':>8}"]
    for name in found[0][1]:
        before, here = (min(run[side][name] for run in found) for side in (0, 1))
        lines.append(f"{name:22}{before:14.2f}{here:14.2f}{before / here:8.2f}")
    return lines


if __name__ == "__main__":
    print(*grow([int(size) for size in sys.argv[1:]] or SIZES)[0], sep="\n")
