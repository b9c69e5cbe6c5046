"""Titles: the offices that stand before names, and whom a run of words with capitals names without them."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from toolkit.books import Book
from toolkit.names import OPENERS, TITLES
from toolkit.paths import DATA

HEAD = {"name", "version", "licence", "note"}
OFFICES = TITLES | frozenset(
    """
    ceo cfo coo cto mp mep msp td mla qc kc pm md detective constable superintendent sheriff attorney officer marshal
    coach manager vice undersecretary comptroller treasurer councillor councilman councilwoman alderman rabbi imam
    sheikh father sister brother bishop pastor trooper head striker footballer goalkeeper midfielder defender winger
    actor actress singer writer author dancer driver teacher farmer boxer swimmer runner cyclist lawyer banker trader
    adviser campaigner rider postman fisherman businessman businesswoman policeman analyst economist scientist activist
    journalist reporter editor boss owner founder pensioner student nurse doctor
    """.split()
)
BODIES = frozenset(
    """
    party agency ministry department council commission committee union university bank company corporation group news
    times post court board association federation police service office institute foundation council league club house
    senate parliament congress assembly states kingdom republic organization organisation trust fund network media
    press journal tribune herald center centre authority alliance hospital school society inc corp ltd act treaty policy
    street city county state government administration army force forces airlines airways international ltd plc gmbh
    games cup
    """.split()
)
# Titles behind which a single word is a person's name, and those that are part of it: Prince Carl.
ROYAL = frozenset("king queen prince princess pope emperor empress sultan emir saint".split())
NAMED_BY = ROYAL | frozenset(
    """
    mr mrs ms miss mx dr prof professor sir lady lord dame president chancellor premier minister senator sen rep
    congressman congresswoman governor gov gen colonel col captain capt maj admiral adm cardinal archbishop bishop rev
    judge inspector sergeant sgt lieutenant lt mayor sheriff detective constable superintendent spokesman spokeswoman
    """.split()
)
COMPOUNDS = ("prime", "vice", "deputy", "assistant")
PARTED = re.compile(r"\s+(?:and|&|for|in|on|of|at)\s+|['’]s\s+")
ENDING = re.compile(r"['’]s?$")
REMEMBERED = 20_000  # distinct runs of words with capitals


class Named(NamedTuple):
    """A name as it stands by itself: in full, "" for one word alone; before it a title, whose holder is the name."""

    name: str
    office: str = ""
    holder: str = ""
    single: str = ""  # a surname that stands for a person, since a title names them


@cache
def first_names() -> dict[str, str]:
    """Return the first names of data/first_names.yml in lower case, each with the pronoun that goes back to it."""
    book = Book(DATA / "first_names.yml", HEAD | {"she", "he"})
    return {name.lower(): pronoun for pronoun in ("she", "he") for name in book.strings(book.content, pronoun)}


@lru_cache(REMEMBERED)
def read_run(run: str) -> tuple[Named, ...]:
    """Return whom a run of words with capitals names: "President Ann Lee and Bo Ray" names two."""
    return tuple(_without_title(ENDING.sub("", part).split()) for part in PARTED.split(run))


def _without_title(words: list[str]) -> Named:
    """Return a name without the titles before it, and who has them; those of royals are part of it."""
    while words and words[0].lower() in OPENERS:
        words = words[1:]
    office = last_office(words)
    if office < 0 or office + 1 == len(words):
        return Named(_in_full(words))
    title, name = words[office].lower().strip("."), words[office + 1 :]
    compound = office and words[office - 1].lower() in COMPOUNDS
    head = f"{words[office - 1].lower()} {title}" if compound else title
    titled = len(name) == 1 and title in NAMED_BY and name[0].lower() not in BODIES
    if titled and title in ROYAL:
        return Named(_in_full(words[office:]), head, " ".join(name))
    return Named(_in_full(name), head, " ".join(name), name[0] if titled else "")


def _in_full(words: list[str]) -> str:
    words = from_first_name(words)
    named = 1 < len(words) <= 4 and words[-1].lower() not in BODIES and words[-1].lower() not in OFFICES
    return " ".join(words) if named else ""


def last_office(words: Sequence[str]) -> int:
    """Return where the last office or title of a name stands, -1 where it has none."""
    return next((at for at in range(len(words) - 1, -1, -1) if words[at].strip(".").lower() in OFFICES), -1)


def from_first_name(words: list[str]) -> list[str]:
    """Return a name from the first name on that it holds, if any: State Mike Pole is Mike Pole."""
    known = first_names()
    first = next((at for at, word in enumerate(words[:-1]) if word.lower() in known), 0)
    return words[first:] if first else words
