"""How time and memory grow with a corpus, and how two revisions compare: python -m tests.bench.growth [SIZES].

Sizes are numbers of articles, by default 10,000, 30,000 and 100,000. Each is measured in a process of its own. An exponent
of 1 means that twice the articles take twice the time; it is the slope of a line through the logarithms.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from tests.bench.synthetic import SENTENCES, make_pieces
from tests.conftest import ROOT

SIZES = (10_000, 30_000, 100_000)
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


def grow(sizes: Iterable[int] = SIZES) -> list[str]:
    """Return the lines of a table: seconds per stage and size, their exponent, and memory in one piece and in parts."""
    sizes = list(sizes)
    rows: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = write_articles(size, Path(folder) / f"{size}.csv")
            found = measure(path)
            parts = measure(path, Path(folder) / f"tables-{size}")
            found = {"MB, in one piece": found.pop("memory"), "MB, in parts": parts.pop("memory")} | found
            for name, value in ({"MB of text": path.stat().st_size / 1e6} | found | parts).items():
                rows.setdefault(name, []).append(value)
    lines = [f"{'articles':22}" + "".join(f"{size:>12,}" for size in sizes) + f"{'exponent':>12}"]
    for name, values in rows.items():
        lines.append(f"{name:22}" + "".join(f"{value:12.1f}" for value in values) + f"{exponent(sizes, values):12.2f}")
    return lines


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
    print(*grow([int(size) for size in sys.argv[1:]] or SIZES), sep="\n")
