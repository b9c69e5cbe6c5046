"""Print what a grid of 24 reports costs against 24 commands one after the other: python -m tests.bench.grid.

The same grid is also killed twice in the middle and taken up again; all three ways must give the same bytes.
"""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, sleep

from toolkit import load_grid
from toolkit.paths import ROOT

GRID = """\
reports: [corpus, framing, sentiment, actors]
outlets: [all, Donaublick, Baltic Lantern, Capitol Meridian, Severny Kurier, The Prairie Dispatch]
"""


def timed(*arguments: str) -> float:
    """Return the seconds that a command takes."""
    started = perf_counter()
    subprocess.run([sys.executable, "-m", "toolkit", *arguments], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return perf_counter() - started


def killed(seconds: float, *arguments: str) -> None:
    """Kill a command, and what it started, after so many seconds."""
    process = subprocess.Popen(
        [sys.executable, "-m", "toolkit", *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True
    )
    sleep(seconds)
    assert process.poll() is None, "it ended before it was killed"
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def main() -> None:
    """Time the grid, the single commands, and the grid once more, where all is kept; kill it twice elsewhere."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "grid.yml").write_text(GRID, encoding="utf-8")
        grid = timed("grid", str(folder / "grid.yml"), "--out", str(folder / "grid"))
        single = 0.0
        for run in load_grid(folder / "grid.yml").runs:
            selection = ["-p", f"outlet={run.outlet}"] if run.outlet else []
            target = folder / "single" / f"{run.name}.html"
            single += timed("report", run.report, "--corpus", "sample", "--out", str(target), *selection)
            assert target.read_bytes() == (folder / "grid" / target.name).read_bytes(), run.name
        again = timed("grid", str(folder / "grid.yml"), "--out", str(folder / "grid"))
        pages = [f"{run.name}.html" for run in load_grid(folder / "grid.yml").runs]
        twice = ("grid", str(folder / "grid.yml"), "--out", str(folder / "killed"))
        done = []
        for _ in range(2):
            killed(grid / 3, *twice)
            done.append(sum((folder / "killed" / page).exists() for page in pages))
        timed(*twice)
        same = sum((folder / "killed" / page).read_bytes() == (folder / "grid" / page).read_bytes() for page in pages)
    print(f"24 reports: grid {grid:.0f} s, single commands {single:.0f} s, ratio {single / grid:.1f}; the same bytes")
    print(f"the grid again, all of it kept: {again:.1f} s")
    print(
        f"killed twice, with {done[0]} and {done[1]} reports made, then taken up: {same} of {len(pages)} the same bytes"
    )
    assert same == len(pages)


if __name__ == "__main__":
    main()
