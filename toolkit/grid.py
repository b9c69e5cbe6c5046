"""Grid: a YAML file of reports, outlets, periods and parameters -> the runs it asks for, a file each."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from toolkit.annotation import require_complete
from toolkit.books import Book
from toolkit.corpus import load_corpus
from toolkit.errors import ReportError
from toolkit.parameters import (
    INSTRUMENTS,
    PATH_LISTS,
    PATHS,
    check_parameters,
    check_values,
    parts_of,
    report_names,
    taken_by,
)
from toolkit.paths import resolve
from toolkit.printed import load_printer
from toolkit.recalled import given_to, read_articles
from toolkit.summary import FREQUENCIES, UNKNOWN, group_of
from toolkit.tables import texts_of

KEYS = {"title", "out", "reports", "outlets", "periods", "parameters", "timeout", "pdf"}
NEEDED = "keys such as reports, outlets, periods and parameters"
VALIDATION = "validation"
ALL, EACH, LATEST = "all", "each", "latest"
SPAN = re.compile(r"(\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)")
LONGEST = 60  # bytes of a part of a file's name
FILES = (*PATHS, *PATH_LISTS, *INSTRUMENTS)
MINUTES = 60  # that a report may take


class Run(NamedTuple):
    """One report to be made: the name of its file without suffix, what it is about, and its parameters."""

    name: str
    report: str
    outlet: str
    period: str
    varied: str
    values: dict[str, object]


class Grid(NamedTuple):
    """What a file asks for: a title, a folder, how many minutes a report may take, whether as PDF too, and the runs."""

    title: str
    out: Path
    minutes: float
    pdf: bool
    runs: list[Run]
    left_out: tuple[str, ...] = ()  # reports that "all" does not ask for here


class _Period(NamedTuple):
    name: str
    start: str = ""
    end: str = ""


def load_grid(path: str | Path, out: str | Path = "") -> Grid:
    """Read a grid file: every report for every outlet, period and combination of the parameters that are lists.

    `outlets` lists outlets as the reports take them, `all`, or `each` (one run for each of the corpus); `periods` lists
    `all`, `2022-01-01 to 2022-01-31`, `each week` (or day, month, year), `latest week`, or {name:, start:, end:}. Paths
    are read from the file's folder first. Raises CodebookError or ReportError for what cannot be run: an unknown key,
    report or parameter, two runs that would write one file, a folder out of the file's own.
    """
    path = Path(path)
    book = Book(path, KEYS, "a grid", NEEDED)
    names = _reports(book)
    parameters = _parameters(book, path.parent)
    check_parameters(names, parameters)
    runs = _distinct(book, _plan(book, names, parameters))
    title = str(book.content.get("title") or path.stem)
    return Grid(title, _out(book, out), _minutes(book), _pdf(book), runs, _left_out(book))


def _plan(book: Book, names: list[str], parameters: dict[str, object]) -> Iterator[Run]:
    expand = _Corpora(book)
    lists = {key: value for key, value in parameters.items() if isinstance(value, list)}
    for chosen in product(*lists.values()):
        one = parameters | dict(zip(lists, chosen, strict=True))
        for outlet, period in product(expand.outlets(one), expand.periods(one)):
            given = one | {"outlet": outlet, "start": period.start, "end": period.end}
            yield from (_run(name, given, outlet, period.name, lists) for name in names)


def _run(name: str, given: Mapping[str, object], outlet: str, period: str, lists: Iterable[str]) -> Run:
    taken = taken_by(name, given)
    varied = {key: given[key] for key in lists if key in taken}
    shown = {
        key: "; ".join(Path(part).stem for part in parts_of(value)) if key in FILES else str(value)
        for key, value in varied.items()
    }
    parts = [name, outlet, period, *(f"{key}-{value}" for key, value in shown.items())]
    told = ", ".join(f"{key} {value}" for key, value in shown.items())
    return Run("--".join(_slug(part) for part in parts if part), name, outlet, period, told, check_values(name, taken))


def _slug(text: str) -> str:
    """Return a text as part of a file's name: letters, figures, hyphens, never a way out of a folder."""
    text = unicodedata.normalize("NFC", text)
    plain = re.sub(r"[^\w-]+", "-", text).strip("-_").lower()
    short = plain.encode()[:LONGEST].decode("utf-8", "ignore")
    return plain if plain and short == plain else f"{short}-{sha256(text.encode('utf-8', 'replace')).hexdigest()[:8]}"


def _distinct(book: Book, runs: Iterable[Run]) -> list[Run]:
    """Return the runs, each once; raise ReportError where two different ones would write one file."""
    kept: dict[str, Run] = {}
    for run in runs:
        other = kept.setdefault(run.name.casefold(), run)
        if other.values != run.values:
            raise ReportError(
                f"{book.path.name}: two runs would write {run.name}.html: {_told(other)}; {_told(run)}. "
                "Name or write them differently."
            )
    return list(kept.values())


def _told(run: Run) -> str:
    return ", ".join(part for part in (run.report, run.outlet, run.period, run.varied) if part)


def _reports(book: Book) -> list[str]:
    known = report_names()
    names = _list(book, "reports", ALL)
    if unknown := [name for name in names if name not in (*known, ALL)]:
        raise book.error(f"no report {str(unknown[0])!r}. There are: {', '.join(known)}.", str(unknown[0]), "reports")
    every = [name for name in known if name not in _left_out(book)]
    return list(dict.fromkeys(each for name in names for each in (every if name == ALL else [name])))


def _left_out(book: Book) -> tuple[str, ...]:
    """Return the reports that "all" leaves out: validation, without codings or of tables, which it does not read."""
    given, asked = book.content.get("parameters"), _list(book, "reports", ALL)
    coded = isinstance(given, dict) and given.get("codings") and not given.get("tables")
    return () if coded or ALL not in asked or VALIDATION in asked else (VALIDATION,)


def _list(book: Book, key: str, default: str) -> list:
    found = book.content.get(key, default)
    found = found if isinstance(found, list) else [found]
    if not found:
        raise book.error(f"{key} lists nothing. Leave it out for {default}.", key)
    return found


def _parameters(book: Book, folder: Path) -> dict[str, object]:
    """Return the parameters, those that name files by paths from the grid's own folder where they are there."""
    found = book.content.get("parameters") or {}
    if not isinstance(found, dict):
        raise book.error("parameters must be names and values: parameters: {corpus: my-articles}", "parameters")
    if taken := [key for key in found if key in ("outlet", "start", "end")]:
        raise book.error(f"{taken[0]} is set by outlets and periods, not by parameters.", taken[0], "parameters")
    for key, value in found.items():
        if isinstance(value, dict) or value == []:
            raise book.error(f"{key} must be a value or a list of values.", str(key), "parameters")
    return {str(key): _each(value, lambda one, key=key: _near(str(key), one, folder)) for key, value in found.items()}


def _each(value: object, change: Callable[[object], object]) -> object:
    return [change(one) for one in value] if isinstance(value, list) else change(value)


def _near(key: str, value: object, folder: Path) -> object:
    if key in PATHS and value and (folder / str(value)).exists():
        return str((folder / str(value)).resolve())
    if key in (*PATH_LISTS, *INSTRUMENTS):
        return "; ".join(str(_near(PATHS[0], name, folder)) for name in parts_of(value or ""))
    return "" if value is None else value


class _Corpora:
    """The outlets and periods of each corpus of a grid, read only where the grid asks for each of them."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._load = cache(lambda *arguments: load_corpus(*arguments).articles)
        self._recall = cache(_articles_of)

    def _articles(self, parameters: Mapping[str, object]) -> pd.DataFrame:
        if tables := parameters.get("tables"):
            return self._recall(str(tables))
        given = (
            str(parameters.get(key, default)) for key, default in (("corpus", "sample"), ("columns", ""), ("rules", ""))
        )
        return self._load(*given)

    def outlets(self, parameters: Mapping[str, object]) -> list[str]:
        wanted = [str(name) for name in _list(self.book, "outlets", ALL)]
        if EACH in wanted:
            known = sorted(set(texts_of(self._articles(parameters), "outlet")) - {""})
            wanted = [name for entry in wanted for name in (known if entry == EACH else [entry])]
        return list(dict.fromkeys("" if name == ALL else name for name in wanted))

    def periods(self, parameters: Mapping[str, object]) -> list[_Period]:
        return [one for entry in _list(self.book, "periods", ALL) for one in self._periods(entry, parameters)]

    def _periods(self, entry: object, parameters: Mapping[str, object]) -> list[_Period]:
        if isinstance(entry, dict):
            self.book.check_keys(entry, {"name", "start", "end"}, "a period", "periods")
            return [_Period(*(str(entry.get(key) or "") for key in ("name", "start", "end")))]
        if entry == ALL:
            return [_Period("")]
        if span := SPAN.fullmatch(str(entry)):
            return [_Period(f"{span[1]} to {span[2]}", span[1], span[2])]
        which, _, unit = str(entry).partition(" ")
        if which not in (EACH, LATEST) or unit not in FREQUENCIES:
            told = "all, 2022-01-01 to 2022-01-31, each week, latest month, or {name: x, start: 2022-01-01, end: ...}"
            raise self.book.error(f"period {str(entry)!r} is not understood. Write {told}.", str(entry), "periods")
        found = sorted(set(group_of(self._articles(parameters), unit)) - {UNKNOWN})
        return [_bounds(name, unit) for name in (found if which == EACH else found[-1:])]


def _articles_of(tables: str) -> pd.DataFrame:
    folder = Path(resolve(tables))
    given_to(folder)
    require_complete(folder)
    return read_articles(folder).articles


def _bounds(name: str, unit: str) -> _Period:
    whole = pd.Period(name, freq=FREQUENCIES[unit])
    start, end = (f"{instant:%Y-%m-%d}" for instant in (whole.start_time, whole.end_time))
    return _Period(f"week of {name}" if unit == "week" else name, start, end)


def _out(book: Book, out: str | Path) -> Path:
    """Return the folder for a grid's reports: as asked for, else within the folder of its file."""
    if out:
        return Path(out)
    folder = book.path.parent.resolve()
    named = str(book.content.get("out") or f"{book.path.stem}-reports")
    place = (folder / named).resolve()
    if not place.is_relative_to(folder) or place == folder:
        raise book.error(
            f"out leads out of the folder of this file: {named!r}. Name a folder in it, or use --out.", named
        )
    return place


def _pdf(book: Book) -> bool:
    pdf = book.content.get("pdf", False)
    if not isinstance(pdf, bool):
        raise book.error("pdf must be true or false.", "pdf")
    if pdf:
        load_printer()
    return pdf


def _minutes(book: Book) -> float:
    minutes = book.content.get("timeout", MINUTES)
    if isinstance(minutes, bool) or not isinstance(minutes, int | float) or not minutes > 0:
        raise book.error("timeout must be a number of minutes above 0.", "timeout")
    return float(minutes)
