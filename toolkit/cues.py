"""Cues: the words by which a text says that somebody speaks, and what they lean to, from a file that people edit."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from toolkit.books import Book
from toolkit.paths import DATA

HEAD = {"name", "version", "language", "source", "doi", "licence", "note"}


class Cues(NamedTuple):
    """Verbs and phrases, each with its leaning, and the verbs that need no "that"."""

    verbs: dict[str, str]
    phrases: dict[str, str]
    open: frozenset[str]


@cache
def load_cues(path: Path = DATA / "cues.yml") -> Cues:
    """Read a file of cues; raises CodebookError with file and line for an unknown key, or a cue that stands twice."""
    book = Book(path, HEAD | {"verbs", "phrases", "open"})
    tables = [_leanings(book, key) for key in ("verbs", "phrases")]
    opened = book.strings(book.content, "open")
    if unknown := next((verb for verb in opened if verb not in tables[0]), ""):
        raise book.error(
            f"{unknown!r} stands under open, but under no leaning of verbs. Add it there.", unknown, "open"
        )
    return Cues(*tables, frozenset(opened))


def _leanings(book: Book, key: str) -> dict[str, str]:
    leanings: dict[str, str] = {}
    content = book.content.get(key) or {}
    if not isinstance(content, dict):
        raise book.error(f"{key} must list words under leanings, such as neutral: [said].", key)
    for leaning in content:
        for cue in book.strings(content, leaning):
            if cue in leanings:
                raise book.error(
                    f"{cue!r} stands twice, under {leanings[cue]} and {leaning}. Delete one.", cue, leaning
                )
            leanings[cue] = str(leaning)
    return leanings
