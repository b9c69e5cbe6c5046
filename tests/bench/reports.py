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

from tests.conftest import ROOT
from toolkit import forget, render_report, render_reports

NAMES = ("corpus", "framing", "sentiment", "actors")
STOPS = 20  # runs whose end is timed
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


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pairs = [(by_papermill(folder), by_toolkit(folder), by_toolkit(folder, again=True)) for _ in range(3)]
        kernels, cold, warm = (min(one) for one in zip(*pairs, strict=True))
        print(
            f"four papermill commands {kernels:.1f} s; one command, four reports {cold:.1f} s, {cold / kernels:.2f} of it"
        )
        print(f"once more on the same corpus {warm:.1f} s, {warm / kernels:.2f} of it")
        made = render_reports(NAMES, folder / "warm", {"corpus": "sample"})
        for report, path in made.items():
            page = path.read_text(encoding="utf-8")
            kernel = render_report(report, folder / "kernel", corpus="sample").read_text(encoding="utf-8")
            outside = len(re.findall(r"(?:src|href)=[\"']?(?:https?:)?//", page.partition("<main")[0]))
            size = len(FIGURES.sub("", page).encode()) / 1000
            same = "the same as" if kernel == page else "NOT the same as"
            print(f"{report:10}{size:6.0f} KB besides figures; {outside} outside links in its head; {same} by a kernel")
        ends = stops(folder)
        print(
            f"from the last file to the end of the command: median {median(ends):.2f} s, 95th percentile {quantiles(ends, n=20)[-1]:.2f} s"
        )


if __name__ == "__main__":
    main()
