"""Runner: the runs of a grid side by side, each in a process of its own, so that none can take another along."""

import json
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from tqdm import tqdm

from toolkit.errors import EmptyReportError, ReportError, ToolkitError
from toolkit.grid import MINUTES, Grid, Run
from toolkit.manifest import digest_of
from toolkit.parameters import check_values, taken_by
from toolkit.printed import load_printer
from toolkit.report import HASHES, MANIFEST, beside, describe_report, hashes_of, make_report

MADE, KEPT, EMPTY, FAILED = "made", "kept", "empty", "failed"
LOCK = ".grid.lock"
# What a process would import for every report, imported once in the process that the others are forked from.
WARM = ("toolkit.warm", "toolkit.rendered", "toolkit.corpus", "toolkit.findings", "toolkit.evidence", "toolkit.voices")


class Outcome(NamedTuple):
    """What became of a run: made, kept (it was there, made of the same), empty (nothing to tell of) or failed; why."""

    status: str
    reason: str = ""


class _Running(NamedTuple):
    process: BaseProcess
    pipe: Connection
    deadline: float


def run_grid(grid: Grid, workers: int = 0) -> dict[str, Outcome]:
    """Make the reports of a grid, `workers` at a time (0: one per core), and return what became of each, by name.

    What an earlier call made of the same inputs, parameters, code and versions is kept. A run that fails, dies or takes
    longer than the grid allows does not stop the others. Raises ReportError where another grid writes to the folder.
    """
    with _locked(grid.out):
        digest = cache(digest_of)  # many runs have one corpus
        outcomes = {run.name: Outcome(KEPT) for run in grid.runs if is_done(run, grid.out, grid.pdf, digest)}
        waiting = [run for run in grid.runs if run.name not in outcomes]
        pool = _Pool(grid, workers or os.cpu_count() or 1)
        bar = tqdm(total=len(grid.runs), initial=len(outcomes), desc="grid", unit="report", leave=False, disable=None)
        with bar, pool:
            for name, outcome in pool.finish(waiting):
                outcomes[name] = outcome
                bar.update()
    return {run.name: outcomes[run.name] for run in grid.runs}


def render_reports(
    names: Iterable[str], out: str | Path, parameters: Mapping[str, object], pdf: bool = False
) -> dict[str, Path | ToolkitError]:
    """Render several notebooks side by side; return for each its path, or the error it ended with.

    Each takes those of the parameters that are its own. `out` is a folder or, for one report, a file ending in .html;
    with `pdf` a PDF stands beside each. Raises ReportError where PDFs are asked for and cannot be made.
    """
    if pdf:
        load_printer()
    results: dict[str, Path | ToolkitError] = dict.fromkeys(names)
    single = str(out).endswith(".html")
    runs = []
    for name in results:
        try:
            values = check_values(name, taken_by(name, parameters))
            runs.append(Run(Path(out).stem if single else name, name, "", "", "", values))
        except ToolkitError as error:
            results[name] = error
    grid = Grid("", Path(out).parent if single else Path(out), MINUTES, pdf, runs)
    report_of = {run.name: run.report for run in runs}
    pool = _Pool(grid, os.cpu_count() or 1)
    bar = tqdm(total=len(runs), desc="rendering", unit="report", leave=False, disable=None)
    with bar, pool:
        for name, outcome in pool.finish(runs):
            path = grid.out / f"{name}.html"
            results[report_of[name]] = path if outcome.status == MADE else ReportError(outcome.reason)
            bar.update()
    return results


def is_done(run: Run, out: Path, pdf: bool = False, digest: Callable[[str | Path], str] = digest_of) -> bool:
    """Say whether a run's report lies there whole, made of what it would be made of now."""
    target = out / f"{run.name}.html"
    try:
        made_of = json.loads(beside(target, MANIFEST).read_text(encoding="utf-8"))
        known = {name: made_of.pop(name) for name in HASHES.values() if name in made_of}
        lie_there = hashes_of(target, pdf).items() <= known.items()
    except (OSError, ValueError, TypeError, AttributeError):
        return False
    return lie_there and made_of == json.loads(json.dumps(describe_report(run.report, run.values, out, digest)))


class _Pool:
    """The processes that run, and what is left of them when one leaves: nothing."""

    def __init__(self, grid: Grid, workers: int) -> None:
        self.grid, self.workers = grid, workers
        self.running: dict[str, _Running] = {}
        method = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
        self.context = get_context(method)
        if method == "forkserver":
            self.context.set_forkserver_preload(list(WARM))

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        for one in self.running.values():
            _kill(one.process)

    def finish(self, waiting: list[Run]) -> Iterator[tuple[str, Outcome]]:
        queue = list(waiting)[::-1]
        while queue or self.running:
            while queue and len(self.running) < self.workers:
                self._start(queue.pop())
            left = min(one.deadline for one in self.running.values()) - time.monotonic()
            ready = wait([one.pipe for one in self.running.values()], max(0, left))
            for name, one in list(self.running.items()):
                if one.pipe in ready or time.monotonic() >= one.deadline:
                    del self.running[name]
                    yield name, self._end(name, one, one.pipe in ready)

    def _start(self, run: Run) -> None:
        ours, theirs = self.context.Pipe()
        arguments = (run.report, run.values, self.grid.out / f"{run.name}.html", self.grid.pdf, theirs)
        process = self.context.Process(target=_work, args=arguments, daemon=False)
        process.start()
        theirs.close()
        self.running[run.name] = _Running(process, ours, time.monotonic() + 60 * self.grid.minutes)

    def _end(self, name: str, one: _Running, answered: bool) -> Outcome:
        if not answered:
            _kill(one.process)
            return Outcome(
                FAILED, f"{name}: stopped after {self.grid.minutes:g} minutes. Raise timeout, or select less."
            )
        try:
            reason, silent = one.pipe.recv()
        except EOFError:
            one.process.join(5)
            silent = False
            reason = f"the process died ({_signal_of(one.process)}), perhaps for want of memory. Run the grid again."
        one.process.join(5)
        _kill(one.process)
        told = reason.removeprefix(f"{name.split('--')[0]}: ")
        # An outlet that was silent in a period is no failure; one whose every report is empty tells of a mistake.
        status = EMPTY if silent else FAILED if reason else MADE
        return Outcome(status, f"{name}: {told}" if reason else "")


def _signal_of(process: BaseProcess) -> str:
    code = process.exitcode
    return f"exit code {code}" if code is None or code >= 0 else signal.Signals(-code).name


def _kill(process: BaseProcess) -> None:
    """End a process, and what it started."""
    if not process.is_alive():
        return
    with suppress(OSError, AttributeError):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join(5)


def _work(report: str, values: dict[str, object], target: Path, pdf: bool, pipe: Connection) -> None:
    """Make one report in this process and say how it went: "" or what is wrong, and whether no article was left."""
    from toolkit.warm import NAME

    with suppress(AttributeError):  # a group of its own, where there are groups
        os.setsid()
    Thread(target=_follow, args=(pipe,), daemon=True).start()
    reason, silent = "", False
    try:
        make_report(report, values, target, NAME, pdf)
    except EmptyReportError as error:
        reason, silent = str(error), True
    except ToolkitError as error:
        reason = str(error)
    except BaseException as error:  # whatever it is, it ends this run alone
        reason = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}."
    pipe.send((reason, silent))


def _follow(pipe: Connection) -> None:
    """End this process, and what it started, when the one that asked for it has gone."""
    with suppress(OSError):
        wait([pipe])  # which nobody writes to: it is ready when its other end is closed
        time.sleep(1)  # for an answer to be read
        if hasattr(os, "killpg"):
            os.killpg(os.getpid(), signal.SIGKILL)
        os._exit(1)


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """Hold a folder against a second grid, and sweep out what a killed one left half-written."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with (out / LOCK).open("w") as lock:
            with suppress(ImportError):  # where there are no such locks, nothing is held
                import fcntl

                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    raise ReportError(f"{out}: another grid is writing here. Wait for it, or use --out.") from None
            for left in out.glob(".rendering-*"):
                shutil.rmtree(left, ignore_errors=True)
            yield
    except OSError as error:
        raise ReportError(f"{out}: cannot be written: {error.strerror or error}.") from None
