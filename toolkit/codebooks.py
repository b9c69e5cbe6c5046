"""Codebooks: the frames and actors an analysis looks for, read from YAML that a scholar edits.

A codebook that breaks a rule is refused with the file and the line, because a silent mistake here is a wrong finding
later. The forms are shown in README.md and by the files in data/codebooks/.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from toolkit.books import Book
from toolkit.languages import language_code
from toolkit.paths import resolve
from toolkit.tables import ACTORS, FRAMES, as_table
from toolkit.terms import is_wildcard_of, normalise_term, why_unmatchable
from toolkit.vader import package

Row = tuple[str, ...]

HEAD_ORDER = ("name", "version", "language", "source", "doi", "licence", "note")
HEAD = set(HEAD_ORDER)
FRAME_KEYS = {"label", "question", "items", "exclude", "examples"}
ITEM_KEYS = {"question", "terms", "not_assessed"}
ACTOR_KEYS = {
    *("name", "kind", "side", "surname", "aliases", "metonyms", "demonyms", "not"),
    "examples",
}
LEAST_STEM = 3  # letters before a *
LONGEST_CHECKED, MOST_BEGUN = 4, 25  # letters of a wildcard; words of some 7,500 that it may match
ACTOR_KINDS = ("person", "organisation", "country", "document")
PARTICLES = {"von", "van", "der", "den", "de", "del", "di", "da", "la", "le", "al", "el", "bin", "ter", "ten"}


def load_frames(path: str | Path) -> pd.DataFrame:
    """Read a codebook of frames, one row per term (or per item that a machine cannot assess).

    Columns: frame, item, term, kind (include; exclude: a phrase inside which no term of the frame fires; not
    assessed), question. Raises CodebookError with file and line for an unknown key, an empty frame, or a term that
    stands twice in a frame.
    """
    book = Book(resolve(path), HEAD | {"frames", "exclude"})
    common = book.strings(book.content, "exclude")
    rows = [row for frame, content in book.entries("frames") for row in _frame_rows(book, frame, content, common)]
    return as_table(rows, FRAMES)


def load_actors(path: str | Path) -> pd.DataFrame:
    """Read a registry of actors, one row per way of naming one.

    Columns: actor_id, name, kind, side, alias, how (alias; surname: counts after the full name; metonym and demonym:
    count on request; exclude: a longer string in which the actor must not match), valid_from, valid_to. Raises
    CodebookError with file and line for an unknown key, an unknown kind, or an alias that two actors claim.
    """
    book = Book(resolve(path), HEAD | {"actors"})
    rows = [row for actor_id, content in book.entries("actors") for row in _actor_rows(book, actor_id, content)]
    _refuse_shared_aliases(book, rows)
    return as_table(rows, ACTORS)


class Example(NamedTuple):
    """A sentence on which an entry of a codebook must, or must not, fire."""

    entry: str
    text: str
    must: bool


def load_examples(path: str | Path) -> tuple[str, list[Example]]:
    """Read what a codebook lists as examples; return "frames" or "actors", and the examples."""
    book = Book(resolve(path), HEAD | {"frames", "exclude", "actors"})
    kind = "frames" if "frames" in book.content else "actors"
    examples = []
    for entry, content in book.entries(kind):
        given = content.get("examples") or {}
        book.check_keys(given, {"must", "must_not"}, f"examples of {entry}", entry)
        for key in ("must", "must_not"):
            examples += [Example(entry, text, key == "must") for text in book.strings(given, key)]
    return kind, examples


def describe_codebook(path: str | Path) -> dict[str, str]:
    """Return what a codebook says of itself, as far as it does: name, version, language, source, doi, licence, note."""
    book = Book(resolve(path), HEAD | {"frames", "exclude", "actors"})
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
            _refuse_unmatchable(book, term, frame)
            _refuse_repeated(book, frame, term, seen)
            yield frame, item, term, "include", asked
        if not terms:
            yield frame, item, "", "not assessed", asked
    for phrase in dict.fromkeys([*common, *book.strings(content, "exclude")]):
        _refuse_unmatchable(book, phrase, "exclude")
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


def _refuse_unmatchable(book: Book, term: str, under: str) -> None:
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


def _actor_rows(book: Book, actor_id: str, content: dict) -> Iterator[Row]:
    book.check_keys(content, ACTOR_KEYS, f"actor {actor_id}", actor_id)
    name, kind = str(content.get("name", "")).strip(), str(content.get("kind", ""))
    if not name:
        raise book.error(f"actor {actor_id} has no name.", actor_id)
    if kind not in ACTOR_KINDS:
        raise book.error(f"actor {actor_id} is of kind {kind!r}; it must be one of {', '.join(ACTOR_KINDS)}.", actor_id)
    who = (actor_id, name, kind, str(content.get("side", "")))
    ways = {"alias": [name, *book.strings(content, "aliases")], "exclude": book.strings(content, "not")}
    ways |= {"metonym": book.strings(content, "metonyms"), "demonym": book.strings(content, "demonyms")}
    ways["surname"] = _surnames(name, kind, str(content.get("surname") or ""), ways["alias"])
    for how, strings in ways.items():
        for string in dict.fromkeys(strings):
            _refuse_unmatchable(book, string, actor_id)
            yield *who, string, how, "", ""


def _surnames(name: str, kind: str, given: str, aliases: list[str]) -> list[str]:
    """Return a person's surname in all spellings: of the name, and of aliases that begin with the same first name."""
    if kind != "person" or " " not in name:
        return []
    spelled = [alias for alias in aliases if " " in alias and alias.split()[0] == name.split()[0]]
    return [given] if given else list(dict.fromkeys(map(surname_of, [name, *spelled])))


def surname_of(name: str) -> str:
    """Return the last word of a person's name, with the particles before it (von der Leyen)."""
    words = name.split()
    first = len(words) - 1
    while first > 1 and words[first - 1].lower() in PARTICLES:
        first -= 1
    return " ".join(words[first:])


def _refuse_shared_aliases(book: Book, rows: list[Row]) -> None:
    owners: dict[str, str] = {}
    for actor_id, _, _, _, alias, how, *_ in rows:
        # A surname may be shared: that makes it ambiguous, which is counted, not refused.
        if how in ("surname", "exclude"):
            continue
        owner = owners.setdefault(normalise_term(alias), actor_id)
        if owner != actor_id:
            raise book.error(f"{alias!r} is claimed by two actors, {owner} and {actor_id}. Give it to one.", alias)
