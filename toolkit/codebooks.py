"""Codebooks: the frames an analysis looks for, and what any codebook says of itself, read from files a scholar edits.

A codebook that breaks a rule is refused with the file and the line, because a silent mistake here is a wrong finding
later. The forms are shown in README.md and by the files in data/codebooks/.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from toolkit.books import Book
from toolkit.errors import CodebookError
from toolkit.languages import language_code
from toolkit.paths import resolve
from toolkit.sheet_books import SheetBook
from toolkit.tables import FRAMES, as_table
from toolkit.terms import is_wildcard_of, normalise_term, why_unmatchable
from toolkit.vader import package

Row = tuple[str, ...]

HEAD_ORDER = ("name", "version", "language", "source", "doi", "licence", "note")
HEAD = set(HEAD_ORDER)
FRAME_KEYS = {"label", "question", "items", "exclude", "examples"}
ITEM_KEYS = {"question", "terms", "not_assessed"}
SHEETS = (".csv", ".tsv")
EXAMPLE_DAY = re.compile(r"\[(\d{4}-\d\d-\d\d)\]\s*")
LEAST_STEM = 3  # letters before a *
LONGEST_CHECKED, MOST_BEGUN = 4, 25  # letters of a wildcard; words of some 7,500 that it may match


def load_frames(path: str | Path) -> pd.DataFrame:
    """Read a codebook of frames, one row per term (or per item that a machine cannot assess).

    Columns: frame, item, term, kind (include; exclude: a phrase inside which no term of the frame fires; not
    assessed), question. Raises CodebookError with file and line for an unknown key, an empty frame, or a term that
    stands twice in a frame.
    """
    path = resolve(path)
    if path.suffix.lower() in SHEETS:
        raise CodebookError(f"{path.name}: a table, where a codebook of frames is asked for, which is written in YAML.")
    book = Book(path, HEAD | {"frames", "exclude"})
    common = book.strings(book.content, "exclude")
    rows = [row for frame, content in book.entries("frames") for row in _frame_rows(book, frame, content, common)]
    return as_table(rows, FRAMES)


def open_book(path: str | Path, known: set[str]) -> Book:
    """Open a codebook, by the form of its file; `known` are the keys it may have beside those of its head."""
    path = resolve(path)
    return SheetBook(path) if path.suffix.lower() in SHEETS else Book(path, HEAD | known)


class Example(NamedTuple):
    """A sentence on which an entry of a codebook must, or must not, fire."""

    entry: str
    text: str
    must: bool
    published: str = ""  # the day of its article, on which roles depend


def load_examples(path: str | Path) -> tuple[str, list[Example]]:
    """Read what a codebook lists as examples; return "frames" or "actors", and the examples."""
    book = open_book(path, {"frames", "exclude", "actors"})
    kind = "frames" if "frames" in book.content else "actors"
    examples = []
    for entry, content in book.entries(kind):
        given = content.get("examples") or {}
        book.check_keys(given, {"must", "must_not"}, f"examples of {entry}", entry)
        for key in ("must", "must_not"):
            examples += [_example(entry, text, key == "must") for text in book.strings(given, key)]
    return kind, examples


def _example(entry: str, text: str, must: bool) -> Example:
    """Return an example, its day taken off: "[2022-01-12] The foreign minister left." """
    dated = EXAMPLE_DAY.match(text)
    return Example(entry, text[dated.end() :], must, dated[1]) if dated else Example(entry, text, must)


def describe_codebook(path: str | Path) -> dict[str, str]:
    """Return what a codebook says of itself, as far as it does: name, version, language, source, doi, licence, note."""
    book = open_book(path, {"frames", "exclude", "actors"})
    return {key.capitalize(): " ".join(str(book.content[key]).split()) for key in HEAD_ORDER if book.content.get(key)}


def language_of(path: str | Path) -> str:
    """Return the code of the language a codebook is written for, "" where it names none."""
    return language_code(describe_codebook(path).get("Language", ""))


def _frame_rows(book: Book, frame: str, content: dict, common: list[str]) -> Iterator[Row]:
    book.check_keys(content, FRAME_KEYS, f"frame {frame}", frame)
    seen: dict[str, str] = {}
    question = str(content.get("question", ""))
    for item, entry in book.entries("items", content, frame):
        book.check_keys(entry, ITEM_KEYS, f"item {item}", frame)
        asked, terms = str(entry.get("question", question)), book.strings(entry, "terms")
        if not terms and "not_assessed" not in entry:
            raise book.error(
                f"item {item} of frame {frame} has no terms. Add some, or say not_assessed: why.", item, frame
            )
        for term in terms:
            refuse_unmatchable(book, term, frame)
            _refuse_repeated(book, frame, term, seen)
            yield frame, item, term, "include", asked
        if not terms:
            yield frame, item, "", "not assessed", asked
    for phrase in dict.fromkeys([*common, *book.strings(content, "exclude")]):
        refuse_unmatchable(book, phrase, "exclude")
        if normalise_term(phrase) in seen:
            raise book.error(f"frame {frame} both looks for and excludes {phrase!r}. Delete one.", phrase, frame)
        yield frame, "", phrase, "exclude", question


def _refuse_repeated(book: Book, frame: str, term: str, seen: dict[str, str]) -> None:
    """Raise if a term is matched already by another of its frame: the same one, or a wildcard."""
    form = normalise_term(term)
    stems = (form[:length] + "*" for length in range(form.rfind(" ") + 2, len(form) + 1))
    twin = seen.get(form) or next((seen[stem] for stem in stems if stem in seen), None)
    if not twin and form.endswith("*"):
        twin = next((seen[other] for other in seen if is_wildcard_of(form, other)), None)
    if twin:
        raise book.error(f"frame {frame} counts {term!r} twice: {twin!r} matches it already. Delete one.", term, frame)
    seen[form] = term


def refuse_unmatchable(book: Book, term: str, under: str) -> None:
    """Raise for a term that could never match, or would match half the language."""
    problem = why_unmatchable(term)
    if not problem and re.search(rf"(?<!\w)\w{{0,{LEAST_STEM - 1}}}\*", term):
        problem = f"has fewer than {LEAST_STEM} letters before its *"
    elif not problem and (begun := _begun_too_often(term)):
        problem = f"would match too much: {', '.join(begun[:4])} and more begin like it. Spell out which are meant"
    if problem:
        raise book.error(f"{term!r} {problem}.", term, under)


def _begun_too_often(term: str) -> list[str]:
    """Return the words of VADER's lexicon, as a sample of English, that a single wildcard matches, if they are many."""
    stem = term[:-1].lower()
    if not term.endswith("*") or not stem.isalpha() or len(stem) > LONGEST_CHECKED:
        return []
    begun = sorted(word for word in package().lexicon if word.startswith(stem))
    step = max(1, len(begun) // 4)
    return begun[::step] if len(begun) > MOST_BEGUN else []
