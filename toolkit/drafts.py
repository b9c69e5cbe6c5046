"""Drafts: what a corpus's files hold, unit by unit, on the way to being articles or to being dropped for a reason.

A small file is read whole; of a large one never more than a unit is held, at the price of reading it twice where a date
asks for what all its rows tell together: whether 02/03/2022 is in March.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from toolkit.dates import day_orders, is_plain
from toolkit.files import File, find_files, unpacked
from toolkit.mapping import Mapped, map_fields, named
from toolkit.printable import printable
from toolkit.progress import progress
from toolkit.readers import Reader, page_fields, readers
from toolkit.readers.decoding import NotTextError
from toolkit.readers.page_rules import Rules
from toolkit.readers.page_shared import count_shared
from toolkit.records import is_metadata, settle
from toolkit.store import LEDGER_SUFFIX
from toolkit.tables import ARTICLES
from toolkit.units import Budget, Fields, Unit

PAGE = ".txt"
PAGES = {PAGE, ".docx", ".rtf", ".html", ".htm", ".mht", ".mhtml", ".eml", ".xml", ".rss", ".atom"}
LARGEST_PAGE = 20_000_000  # bytes that a page may always unpack to
LARGE = 2_000_000  # bytes, beyond which a file's units are not held together


class Draft(NamedTuple):
    """A unit on its way to being an article: `fields` is empty where it is dropped."""

    source: str
    fields: Fields
    reason: str
    detail: str
    key: str = ""  # of its content
    file: str = ""
    columns: tuple[str, ...] = ()  # as the file names them


def find_drafts(root: Path, given: Mapping[str, str], rules: Rules | None) -> Iterator[Draft]:
    """Yield a draft per unit of a file or folder; `given` maps the files' own names of columns to ours."""
    files = find_files(root)
    known, budget = _readers(files, rules), Budget()
    for file, place in progress(unpacked(files), "reading", len(files)):
        for draft in _read(file, place, known, given, budget):
            yield draft._replace(file=file.name, reason=printable(draft.reason), detail=printable(draft.detail))


def _readers(files: list[File], rules: Rules | None) -> dict[str, Reader]:
    """Return the reader of each file suffix; that of pages is told what all of them share, and the user's rules."""
    pages = [file for file in files if file.suffix == PAGE and not file.reason]
    shared = count_shared(progress((place for _, place in unpacked(pages)), "pages", len(pages)))
    return readers() | {PAGE: partial(page_fields.read, shared=shared, rules=rules)}


def _read(
    file: File, path: Path, known: Mapping[str, Reader], given: Mapping[str, str], budget: Budget
) -> Iterator[Draft]:
    """Read one file; whatever it holds, the others are read too and the ledger says what became of it."""
    reader = known.get(file.suffix)
    if file.reason or file.name.endswith(LEDGER_SUFFIX):
        yield Draft(file.name, {}, file.reason or "the ledger of a saved corpus", "")
    elif reader is None:
        kinds = f"no reader for {file.suffix or 'files without a suffix'}"
        advice = "; save it as .txt or .docx" if file.suffix in (".pdf", ".doc") else ""
        yield Draft(file.name, {}, kinds, f"read are {', '.join(sorted(known))}{advice}")
    else:
        own = {} if file.suffix in PAGES else given  # whose fields have our names already
        try:
            yield from _drafts_of(file, path, reader, own, budget)
        except NotTextError as error:
            yield Draft(file.name, {}, str(error), "")
        except MemoryError:
            yield Draft(file.name, {}, "takes more memory than there is", "")
        except OSError as error:
            yield Draft(file.name, {}, f"cannot be read: {error.strerror or 'the system refuses'}", "")
        except Exception as error:  # whatever a library makes of a damaged file
            said = f"{type(error).__name__}: {' '.join(str(error).split())}"[:120]
            yield Draft(file.name, {}, "damaged, or not of the kind its suffix says", said)


def _drafts_of(file: File, path: Path, reader: Reader, given: Mapping[str, str], budget: Budget) -> Iterable[Draft]:
    size = file.size(path)
    if file.suffix in PAGES and path.stat().st_size > max(LARGEST_PAGE, size):
        return [Draft(file.name, {}, "holds far more than its size: not read", "")]
    if path.stat().st_size <= LARGE:
        mapped = [_mapped(unit, given) for unit in budget.spend(reader(path), size)]
        return list(_drafts(file.name, mapped, cache(lambda: _orders(mapped))))
    before = copy(budget)
    once, again = ((_mapped(unit, given) for unit in left.spend(reader(path), size)) for left in (budget, before))
    return _drafts(file.name, once, cache(lambda: _orders(again)))


def _mapped(unit: Unit, given: Mapping[str, str]) -> tuple[Unit, Mapped]:
    fields = named(unit.fields)
    unit = unit if fields is unit.fields else replace(unit, fields=fields)
    return unit, map_fields(fields, given) if fields else Mapped({}, "")


def _orders(mapped: Iterable[tuple[Unit, Mapped]]) -> set[bool]:
    """Return the orders of day and month that the dates of a file show."""
    return day_orders(found.fields.get("published", "") for _, found in mapped)


def _drafts(name: str, mapped: Iterable[tuple[Unit, Mapped]], orders: Callable[[], set[bool]]) -> Iterator[Draft]:
    """Map the columns of one file, and read its dates by the orders that all of them show, where it matters."""
    saved = None  # by `save_corpus`
    for unit, found in mapped:
        saved = set(ARTICLES) <= set(unit.fields) if saved is None else saved
        source = printable(f"{name} {unit.place}")
        detail = "; ".join(filter(None, (unit.detail, found.note)))
        columns = tuple(unit.fields)
        if unit.reason:
            yield Draft(source, {}, unit.reason, detail)
        elif "text" not in found.fields and not is_metadata(found.fields):
            yield Draft(source, {}, "no text column", f"found: {', '.join(columns)}"[:300], columns)
        else:
            shown = set() if is_plain(found.fields.get("published", "")) else orders()
            yield _settled(source, unit, found, saved, shown, detail)
    if saved is None:
        yield Draft(name, {}, "no rows", "")


def _settled(source: str, unit: Unit, found: Mapped, saved: bool, orders: set[bool], detail: str) -> Draft:
    # What `save_corpus` wrote has a source already: the file it first stood in.
    first = {"source": unit.fields["source"]} if saved and unit.fields.get("source") else {}
    bare = saved and not unit.fields["text"].strip()  # metadata when it was saved, and so still
    fields = {name: value for name, value in found.fields.items() if not (bare and name == "text")}
    record = settle(fields | first, orders, mend=not saved)
    fields = {"source": source} | record.fields if record.fields else {}
    detail = "; ".join(filter(None, (detail, *record.notes)))
    return Draft(source, fields, record.reason, detail, record.key, columns=tuple(unit.fields))
