"""Ways of naming actors: by alias, surname, role and more, as a registry gives them or a table made by hand."""

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from toolkit.tables import require, texts_of

PARTICLES = {"von", "van", "der", "den", "de", "del", "di", "da", "la", "le", "al", "el", "bin", "ter", "ten"}
GENERATIONS = {"jr", "sr", "ii", "iii", "iv"}
DAY = 10  # characters of a date


class Way(NamedTuple):
    """One way of naming an actor; dates are ISO 8601, "" where it is open."""

    actor_id: str
    string: str
    how: str  # alias, surname, role, metonym, demonym, exclude
    valid_from: str = ""
    valid_to: str = ""


def ways_of_naming(actors: pd.DataFrame) -> list[Way]:
    """Return each way of naming an actor.

    A registry from `load_actors` says how. One made by hand needs actor_id and name or alias (or aliases; each a string
    or a list of them): then the name counts too, the last words of a person's name are the surname, what stands under
    `not` must not match, and an alias with valid_from or valid_to is a role.
    """
    require(actors, ["actor_id", "alias"] if "how" in actors.columns else ["actor_id"], source="actors")
    if "how" not in actors.columns:
        return list(dict.fromkeys(_ways_by_hand(actors)))
    columns = (texts_of(actors, column) for column in ("actor_id", "alias", "how", "valid_from", "valid_to"))
    return [_dated(*row) for row in zip(*columns, strict=True) if row[1].strip()]


def _ways_by_hand(actors: pd.DataFrame) -> Iterator[Way]:
    given = [column for column in ("name", "alias", "aliases") if column in actors.columns]
    require(actors, given or ["name"], source="actors")
    dates = list(zip(texts_of(actors, "valid_from"), texts_of(actors, "valid_to"), strict=True))
    # A list in a cell is no scalar that texts_of could take.
    cells = {column: actors[column].tolist() for column in ("alias", "aliases", "not") if column in actors.columns}
    columns = zip(*(texts_of(actors, column) for column in ("actor_id", "name", "kind")), strict=True)
    for row, (actor_id, name, kind) in enumerate(columns):
        aliases = [string for column in cells if column != "not" for string in _strings(cells[column][row])]
        if name.strip():
            yield Way(actor_id, name.strip(), "alias")
        for alias in aliases:
            yield _dated(actor_id, alias, "alias", *dates[row])
        for string in _strings(cells["not"][row]) if "not" in cells else ():
            yield Way(actor_id, string, "exclude")
        if kind == "person" and " " in name.strip():
            yield Way(actor_id, surname_of(name), "surname")


def _strings(cell: object) -> list[str]:
    """Return the strings of a cell: a list of them, or one."""
    strings = cell if isinstance(cell, (list, tuple, set)) else [cell]
    return [string.strip() for string in strings if isinstance(string, str) and string.strip()]


def _dated(actor_id: str, string: str, how: str, valid_from: str, valid_to: str) -> Way:
    dates = valid_from[:DAY], valid_to[:DAY]
    return Way(actor_id, string.strip(), "role" if how == "alias" and any(dates) else how, *dates)


def surname_of(name: str) -> str:
    """Return the last word of a person's name, with the particles before it (von der Leyen), without Jr."""
    words = name.split()
    while len(words) > 2 and words[-1].rstrip(".").lower() in GENERATIONS:
        words = words[:-1]
    first = len(words) - 1
    while first > 1 and words[first - 1].lower() in PARTICLES:
        first -= 1
    return " ".join(words[first:]).rstrip(",")
