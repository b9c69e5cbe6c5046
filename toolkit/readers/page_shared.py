"""Shared lines: what stands on several pages of an outlet is furniture, whatever it says.

Only the pages themselves are asked: no list of sites, no rule of an outlet. Pages are grouped by the copyright line
they end on, which needs no labels and is the same on all pages of an outlet, else by their folder. Of each line no more
than a number is kept.
"""

from collections import Counter
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import NamedTuple
from zlib import adler32, crc32

import numpy as np

from toolkit.readers.decoding import NotTextError
from toolkit.readers.page_lines import Reasons, line_keys, read_page
from toolkit.readers.page_looks import LONGEST_NOTICE, Look

LEAST_PAGES = 3  # of an outlet, for its lines to tell anything
LEAST_SHARE = 0.1  # of an outlet's pages, for a line that is no sentence
LEAST_PAGES_OF_PROSE, LEAST_SHARE_OF_PROSE = 4, 0.5
LONG = 100  # characters of a line that two pages hardly share unless one is a copy of the other
ADDRESSING = frozenset("you your yours subscribe subscribers newsletter cookies copyright".split())


class Shared(NamedTuple):
    """On how many pages each line stands, and how many its group has, by number; copies of one article count once."""

    lines: dict[int, int]
    pages: dict[int, int]


NOTHING_SHARED = Shared({}, {})


def count_shared(paths: Iterable[Path]) -> Shared:
    """Count the pages on which lines stand, over files of page text."""
    groups, pages = [], []
    for path in paths:
        try:
            keys = line_keys(read_page(path)[0])
        except (OSError, NotTextError):
            continue  # the reader will say so in the ledger
        group = _group(keys, path)
        numbers = {number_of(key) ^ group: len(key) >= LONG for key in keys}
        groups.append(group)
        pages.append((np.fromiter(numbers, "int64"), np.fromiter(numbers.values(), "bool")))
    distinct = _distinct_pages(groups, pages)
    if not distinct:
        return NOTHING_SHARED
    numbers, counts = np.unique(np.concatenate([lines for _, lines in distinct]), return_counts=True)
    often = counts >= LEAST_PAGES
    return Shared(
        dict(zip(numbers[often].tolist(), counts[often].tolist(), strict=True)), Counter(group for group, _ in distinct)
    )


def _group(keys: list[str], path: Path) -> int:
    notices = [key for key in keys if "©" in key or "copyright" in key]
    notice = "".join(letter for letter in notices[-1][:LONGEST_NOTICE] if not letter.isdigit()) if notices else ""
    return number_of(notice or str(path.parent))


def number_of(key: str) -> int:
    """Return a number of a line that is the same in every process, so that the same pages are read the same way."""
    data = key.encode("utf-8", "surrogatepass")
    return crc32(data) << 31 | adler32(data) >> 1


def _distinct_pages(groups: list[int], pages: list[tuple[np.ndarray, np.ndarray]]) -> list[tuple[int, np.ndarray]]:
    """Return the group and the lines of each page, those of pages that are copies of one article together.

    At least half of what a page says at length is its own, or stands on as many pages as there are copies of it: the
    rarer half of its long lines tells which.
    """
    if not pages:
        return []
    numbers, counts = np.unique(np.concatenate([lines for lines, _ in pages]), return_counts=True)
    together: dict[tuple[int, int], list[np.ndarray]] = {}
    for group, (lines, long) in zip(groups, pages, strict=True):
        prose = lines[long] if long.any() else lines
        times = counts[np.searchsorted(numbers, prose)]
        rare = np.partition(times, (len(times) - 1) // 2)[(len(times) - 1) // 2]
        together.setdefault((group, int(prose[times == rare].min())), []).append(lines)
    return [
        (group, lines[0] if len(lines) == 1 else np.unique(np.concatenate(lines)))
        for (group, _), lines in together.items()
    ]


def reasons_beside(path: Path, shared: Shared) -> Reasons | None:
    """Return what says of the lines of one page on how many pages they stand; None where nothing is shared."""
    return partial(reasons_of, path=path, shared=shared) if shared.pages else None


def reasons_of(keys: list[str], looks: list[Look], path: Path, shared: Shared) -> list[str]:
    """Say of each line of a page on how many pages it stands, where those are so many that it is none of the article's.

    A sentence must stand on half of the pages, and among furniture or speak to the reader: a paragraph of background
    recurs in coverage too, but stands amid the article's own.
    """
    group = _group(keys, path)
    pages = shared.pages.get(group, 0)
    if pages < LEAST_PAGES:
        return [""] * len(keys)
    times = [shared.lines.get(number_of(key) ^ group, 0) for key in keys]
    prose = [look.is_sentence or look.is_prose for look in looks]
    needed = max(LEAST_PAGES, LEAST_SHARE * pages), max(LEAST_PAGES_OF_PROSE, LEAST_SHARE_OF_PROSE * pages)
    marked = [number >= needed[long] for number, long in zip(times, prose, strict=True)]
    above, below = _enclosed(prose, marked), _enclosed(prose[::-1], marked[::-1])[::-1]
    return [
        f"stands on {times[number]} of {pages} pages of this outlet"
        if mark and (not prose[number] or (above[number] and below[number]) or _speaks(keys[number], looks[number]))
        else ""
        for number, mark in enumerate(marked)
    ]


def _speaks(key: str, look: Look) -> bool:
    """Say whether a line speaks to the reader, as appeals and notices do."""
    return look.is_legal or not ADDRESSING.isdisjoint(key.split())


def _enclosed(prose: list[bool], marked: list[bool]) -> list[bool]:
    """Say of each line whether furniture, or nothing, stands before it rather than prose of the article's own."""
    found, state = [], True
    for long, mark in zip(prose, marked, strict=True):
        found.append(state)
        if long != mark:
            state = mark
    return found
