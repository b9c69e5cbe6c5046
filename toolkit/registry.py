"""Registry: the actors an analysis looks for, read from YAML or CSV that a scholar edits.

A registry that breaks a rule is refused with the file and the line. The forms are shown in README.md and by the file in
data/codebooks/actors/.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pandas as pd

from toolkit.books import Book
from toolkit.codebooks import open_book, refuse_unmatchable
from toolkit.roles import earliest, latest
from toolkit.spellings import spelling_of
from toolkit.tables import ACTORS, as_table
from toolkit.terms import WORD
from toolkit.ways import surname_of

Row = tuple[str, ...]

ACTOR_KEYS = {
    *("name", "kind", "side", "surname", "aliases", "metonyms", "demonyms", "roles", "not"),
    "examples",
}
ROLE_KEYS = {"role", "from", "to"}
ACTOR_KINDS = ("person", "organisation", "country", "place", "group", "document", "event", "other")
OTHER_KINDS = {"organization": "organisation"}
DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
DATED = re.compile(r"(.*?)\s*\((?:from\s+)?([\d-]*)\s*(?:to\s*([\d-]*))?\s*\)")
CLAIMING = ("alias", "metonym", "demonym")


def load_actors(path: str | Path) -> pd.DataFrame:
    """Read a registry of actors, one row per way of naming one.

    Columns: actor_id, name, kind, side, alias, how (alias; surname: counts after the full name; role: counts for who
    held it on the day of an article; metonym and demonym: count on request; exclude: a longer string in which the actor
    must not match), valid_from, valid_to (of a role, ISO 8601, "" where it is open). `path` is a YAML or a CSV file.
    Raises CodebookError with file and line for an unknown key, an unknown kind, an alias that two actors claim, or a
    role that two hold at one time.
    """
    book = open_book(path, {"actors"})
    rows = [row for actor_id, content in book.entries("actors") for row in _actor_rows(book, actor_id, content)]
    _refuse_shared_aliases(book, rows)
    _refuse_shared_roles(book, rows)
    return as_table(rows, ACTORS)


def _actor_rows(book: Book, actor_id: str, content: dict) -> Iterator[Row]:
    book.check_keys(content, ACTOR_KEYS, f"actor {actor_id}", actor_id)
    if not actor_id.strip():
        raise book.error("an actor has no actor_id.", actor_id)
    name, kind = (book.string(content, key, actor_id) for key in ("name", "kind"))
    kind = OTHER_KINDS.get(kind, kind)
    if not name:
        raise book.error(f"actor {actor_id} has no name.", actor_id)
    if kind not in ACTOR_KINDS:
        raise book.error(f"actor {actor_id} is of kind {kind!r}; it must be one of {', '.join(ACTOR_KINDS)}.", actor_id)
    who = (actor_id, name, kind, book.string(content, "side", actor_id))
    ways = {"alias": [name, *book.strings(content, "aliases")], "exclude": book.strings(content, "not")}
    ways |= {"metonym": book.strings(content, "metonyms"), "demonym": book.strings(content, "demonyms")}
    ways["surname"] = _surnames(book, content, name, kind, ways["alias"])
    for how, strings in ways.items():
        for string in dict.fromkeys(strings):
            refuse_unmatchable(book, string, actor_id)
            yield *who, string, how, "", ""
    for role, first, last in _roles(book, content, actor_id):
        refuse_unmatchable(book, role, actor_id)
        yield *who, role, "role", first, last


def _surnames(book: Book, content: dict, name: str, kind: str, aliases: list[str]) -> list[str]:
    """Return a person's surname in all spellings: of the name, and of aliases that begin with the same first name."""
    if isinstance(content.get("surname"), list):
        return book.strings(content, "surname")
    given = book.string(content, "surname", name)
    if kind != "person" or " " not in name:
        return []
    spelled = [alias for alias in aliases if " " in alias and alias.split()[0] == name.split()[0]]
    surnames = dict.fromkeys(map(surname_of, [name, *spelled]))
    return [given] if given else list(filter(WORD.search, surnames))


def _roles(book: Book, content: dict, actor_id: str) -> Iterator[tuple[str, str, str]]:
    """Yield the roles of an actor, each with the days from and to which it is held."""
    given = content.get("roles") or []
    if not isinstance(given, list):
        raise book.error(f"roles must be a list: write roles: [{str(given)[:40]}]", "roles", actor_id)
    for entry in given:
        if isinstance(entry, dict):
            book.check_keys(entry, ROLE_KEYS, f"a role of {actor_id}", actor_id)
            role, first, last = (book.string(entry, key, actor_id) for key in ("role", "from", "to"))
        else:
            text = book.strings({"roles": [entry]}, "roles")[0]
            dated = DATED.fullmatch(text)
            role, first, last = (part or "" for part in dated.groups()) if dated else (text, "", "")
        place = role if isinstance(entry, dict) else entry
        if not role:
            raise book.error(f"a role of {actor_id} has no words. Write {{role: ..., from: 2021-12-06}}.", actor_id)
        for date in filter(None, (first, last)):
            if not DATE.fullmatch(date):
                raise book.error(f"{date!r} is no date of {role!r}. Write it as 2021-12-06.", place, actor_id)
        if first and last and earliest(first) > latest(last):
            raise book.error(f"{role!r} ends, {last}, before it begins, {first}.", place, actor_id)
        yield role, first, last


def _refuse_shared_aliases(book: Book, rows: list[Row]) -> None:
    owners: dict[str, tuple[str, str]] = {}
    for actor_id, _, _, _, alias, how, *_ in rows:
        # A surname may be shared: that makes it ambiguous, which is counted, not refused.
        if how not in CLAIMING:
            continue
        owner, written = owners.setdefault(spelling_of(alias), (actor_id, alias))
        if owner != actor_id:
            raise _claimed_twice(book, alias, actor_id, written, owner, "Give it to one.")


def _refuse_shared_roles(book: Book, rows: list[Row]) -> None:
    """Raise where two actors hold one role at a time; the day on which it changes hands may be both's."""
    held: dict[str, list[Row]] = {}
    for row in rows:
        if row[5] == "role":
            held.setdefault(spelling_of(row[4]), []).append(row)
    for same in held.values():
        same = sorted(same, key=lambda row: earliest(row[6]))
        for before, after in pairwise(same):
            if before[0] != after[0] and (not before[7] or latest(before[7]) > (earliest(after[6]) or "0")):
                raise _claimed_twice(book, after[4], after[0], before[4], before[0], "Give each the days it was held.")


def _claimed_twice(book: Book, alias: str, actor_id: str, written: str, owner: str, hint: str) -> Exception:
    line = book.line_of(written, owner)
    also = f" (line {line})" if line else ""
    return book.error(f"{alias!r} is claimed by two actors, {owner}{also} and {actor_id}. {hint}", alias, actor_id)
