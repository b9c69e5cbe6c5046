"""Print what reports cost against papermill commands, whether they are the same, and their size: python -m tests.bench.reports.

Four reports of the sample corpus, by one command and by four papermill commands one after the other, each of which starts
a kernel; papermill's notebooks are not even rendered. Either way begins without remembered tables. Wall time, since
processes run side by side.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, time

from tests.bench.aims import AT_MOST, Aim, table_of
from tests.conftest import ROOT
from toolkit import forget, render_report, render_reports

NAMES = ("corpus", "framing", "sentiment", "actors")
STOPS = 10  # runs whose end is timed
FIGURES = re.compile(r"<svg.*?</svg>|data:[\w/+.-]+;[^\"]*", re.DOTALL)
TOOLKIT = (
    "import sys; from toolkit import render_reports; render_reports(sys.argv[2:], sys.argv[1], {'corpus': 'sample'})"
)


def command(*arguments: str) -> float:
    """Run Python with these arguments and return the seconds it took."""
    start = perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, cwd=ROOT / "notebooks", capture_output=True)
    return perf_counter() - start


def by_papermill(folder: Path) -> float:
    """Run each notebook by a command of papermill and return the seconds of all."""
    forget()
    runs = (
        ("-m", "papermill", f"{name}.ipynb", str(folder / f"{name}.ipynb"), "-p", "corpus", "sample") for name in NAMES
    )
    return sum(command(*run) for run in runs)


def by_toolkit(folder: Path, again: bool = False) -> float:
    """Make the four reports by one command, perhaps once more with what is remembered, and return its seconds."""
    if not again:
        forget()
    return command("-c", TOOLKIT, str(folder), *NAMES)


def stops(folder: Path) -> list[float]:
    """Return how many seconds a command takes to end once its last file is written, of some runs."""
    ends = []
    for _ in range(STOPS):
        command("-c", TOOLKIT, str(folder), "corpus")
        ends.append(time() - (folder / "corpus.manifest.json").stat().st_mtime)
    return ends


def help_time() -> float:
    """Return the least seconds of `toolkit --help`."""
    return min(command("-m", "toolkit", "--help") for _ in range(5))


def compare() -> tuple[list[str], list[Aim]]:
    """Return lines that tell what reports cost and how large they are, and what is aimed at."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kernels, cold, warm = by_papermill(folder), by_toolkit(folder), by_toolkit(folder, again=True)
        made = render_reports(NAMES, folder / "warm", {"corpus": "sample"})
        if failed := [path for path in made.values() if isinstance(path, Exception)]:
            raise failed[0]
        pages = {report: path.read_text(encoding="utf-8") for report, path in made.items()}
        alone = {
            report: render_report(report, folder / "kernel", corpus="sample").read_text("utf-8") for report in NAMES
        }
        ends = stops(folder)
    sizes = {report: len(FIGURES.sub("", page).encode()) / 1000 for report, page in pages.items()}
    outside = sum(
        len(re.findall(r"(?:src|href)=[\"']?(?:https?:)?//", page.partition("<main")[0])) for page in pages.values()
    )
    different = sum(alone[report] != page for report, page in pages.items())
    lines = [
        f"four papermill commands {kernels:.1f} s by the clock; one command, four reports {cold:.1f} s; once more {warm:.1f} s",
        "KB besides figures: " + ", ".join(f"{report} {size:.0f}" for report, size in sizes.items()),
        f"from the last file to the end of the command, {STOPS} runs: median {median(ends):.2f} s, "
        f"95th percentile {quantiles(ends, n=20)[-1]:.2f} s",
    ]
    return lines, [
        Aim("four reports: our command against four of papermill", AT_MOST, 0.5, cold / kernels),
        Aim("four reports again: our command against four of papermill", AT_MOST, 0.2, warm / kernels),
        Aim("reports: those that differ from a kernel's", AT_MOST, 0, different, needed=True),
        Aim("reports: outside links in the head", AT_MOST, 0, outside, needed=True),
        Aim("reports: KB of the largest besides figures", AT_MOST, 60, max(sizes.values())),
        Aim("toolkit --help, seconds", AT_MOST, 0.3, help_time()),
    ]


if __name__ == "__main__":
    lines, aims = compare()
    print(*lines, *table_of(aims), sep="\n")
