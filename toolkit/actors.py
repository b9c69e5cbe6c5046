"""Actors: who of a registry is named, by which words, and where.

A full name or alias counts wherever it stands; a surname counts after the full name within the article (in the
headline, if the full name stands anywhere in it), and never when two people of the registry share it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pandas as pd

from toolkit.errors import TableError
from toolkit.names import DEMONYM, OPENERS, TITLES, Aliases
from toolkit.progress import progress
from toolkit.tables import MENTION_COUNTS, MENTIONS, as_table, places_of, require, texts_of
from toolkit.terms import WORD, overlaps

# After a surname these make it something else: the Clinton Foundation, Kennedy Street.
NAMESAKES = frozenset(
    """
    foundation institute center centre library school university college street avenue road square airport
    prize award inc corp company group organization organisation tower hotel hospital museum park bridge house
    city county
    """.split()
)
LONGEST_WORD = 40  # characters before a surname that are looked at
AMBIGUOUS = "ambiguous"
Place = tuple[str, int, str, int, str]  # article_id, sentence_id, part, start, text


def find_mentions(sentences: pd.DataFrame, actors: pd.DataFrame, also: Iterable[str] = ()) -> pd.DataFrame:
    """Find the actors of a registry in sentences, one row per mention.

    Columns: article_id, sentence_id, actor_id, surface, how (alias, surname, or ambiguous with no actor_id: a surname
    that two people of the registry share), part, start, end (offsets as in `sentences`). `also` adds other ways of
    naming: "metonym" (Moscow for Russia), "demonym" (Russian officials).
    """
    aliases = Aliases(actors, how=("alias", *also))
    surnames = _Surnames(actors)
    rows = (
        row for places in progress(_by_article(sentences), "actors") for row in _mentions_of(places, aliases, surnames)
    )
    return as_table(rows, MENTIONS)


def _by_article(sentences: pd.DataFrame) -> list[list[Place]]:
    articles: dict[str, list[Place]] = defaultdict(list)
    for place in places_of(sentences):
        articles[place[0]].append(place)
    return list(articles.values())


class _Surnames:
    """The surnames of a registry's people: whose they are, and where they stand in a text."""

    def __init__(self, actors: pd.DataFrame) -> None:
        self._aliases = Aliases(actors, how=("surname",))
        self._owners: dict[str, set[str]] = defaultdict(set)
        for actor_id, surname, _ in self._aliases.entries:
            self._owners[surname.lower()].add(actor_id)

    def find(self, text: str) -> Iterator[tuple[set[str], int, int]]:
        for number, start, end in self._aliases.find(text):
            if not _belongs_to_another_name(text, start, end):
                yield self._owners[self._aliases.entries[number][1].lower()], start, end


def _belongs_to_another_name(text: str, start: int, end: int) -> bool:
    """Say whether capitalised neighbours make a surname somebody else's: Hunter Biden, the Clinton Foundation."""
    after = WORD.match(text, end + 1) if text[end : end + 1] == " " else None
    if after and after.group()[0].isupper() and after.group().lower() in NAMESAKES:
        return True
    before = re.search(r"(\w+)(?:\.?[ \u00a0])$", text[max(0, start - LONGEST_WORD) : start])
    word = before.group(1) if before else ""
    if "& " in text[max(0, start - 2) : start] or text[end:].startswith(" &"):
        return True
    if len(word) == 1 and word.isupper():  # an initial: Lyndon B. Johnson
        return True
    plain = not word or not word[0].isupper() or word.isupper()
    return not (plain or word.lower() in TITLES | OPENERS or DEMONYM.match(word))


def _mentions_of(places: list[Place], aliases: Aliases, surnames: _Surnames) -> Iterator[tuple]:
    """Yield the mentions of one article, sentence by sentence."""
    full = [aliases.find(place[4]) for place in places]
    named = {aliases.entries[match[0]][0] for matches in full for match in matches}
    introduced: set[str] = set()
    for place, matches in zip(places, full, strict=True):
        article_id, sentence_id, part, offset, text = place
        found = [(start, end, *aliases.entries[number][::2]) for number, start, end in matches]
        before = {end: actor_id for _, end, actor_id, _ in found}
        taken = [match[1:] for match in matches]
        for owners, start, end in surnames.find(text):
            if overlaps(taken, start, end):
                continue
            earlier = introduced | {actor_id for place_, actor_id in before.items() if place_ <= start}
            if owners & (named if part == "title" else earlier):
                alone = len(owners) == 1
                found.append((start, end, next(iter(owners)) if alone else "", "surname" if alone else AMBIGUOUS))
        introduced |= set(before.values())
        for start, end, actor_id, how in _joined(sorted(found), text):
            yield article_id, sentence_id, actor_id, text[start:end], how, part, offset + start, offset + end


def _joined(found: list[tuple[int, int, str, str]], text: str) -> list[tuple[int, int, str, str]]:
    """Join an office and the name beside it, "NATO Secretary General Jens Stoltenberg", to one mention."""
    joined: list[tuple[int, int, str, str]] = []
    for start, end, actor_id, how in found:
        if joined and joined[-1][2] == actor_id != "" and text[joined[-1][1] : start].strip() in ("", ","):
            joined[-1] = (joined[-1][0], end, actor_id, joined[-1][3])
        else:
            joined.append((start, end, actor_id, how))
    return joined


def count_mentions(mentions: pd.DataFrame, articles: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Count the mentions of actors, one row per article and actor, zeros kept.

    Columns: article_id, actor_id, mentions, present (named at least once). Ambiguous mentions belong to nobody.
    """
    require(mentions, ["article_id", "actor_id"], source="mentions")
    require(articles, ["article_id"], source="articles")
    require(actors, ["actor_id"], source="actors")
    every = pd.MultiIndex.from_product(
        [dict.fromkeys(texts_of(articles, "article_id")), dict.fromkeys(texts_of(actors, "actor_id"))],
        names=["article_id", "actor_id"],
    )
    counts = mentions.groupby(["article_id", "actor_id"]).size().reindex(every, fill_value=0)
    table = counts.rename("mentions").reset_index()
    return table.assign(present=table["mentions"] > 0).astype(dict(MENTION_COUNTS))


def leading_actors(mentions: pd.DataFrame, actors: pd.DataFrame, focus: str = "", top: int = 12) -> list[str]:
    """Return the ids of the actors that a report is about, most mentions first.

    Those of `focus`, ids or names parted by semicolons, else the `top` with most mentions. Raises TableError for one
    that is not in the registry.
    """
    ids = dict.fromkeys(texts_of(actors, "actor_id"))
    known = {
        name.casefold(): actor_id
        for name, actor_id in zip(texts_of(actors, "name"), texts_of(actors, "actor_id"), strict=True)
    }
    known |= {actor_id.casefold(): actor_id for actor_id in ids}
    asked = [name.strip().casefold() for name in focus.split(";") if name.strip()]
    if unknown := next((name for name in asked if name not in known), ""):
        some = ", ".join([*ids][:10])
        raise TableError(f"no actor {unknown!r} is in the registry. Use an actor_id or a name, such as: {some}.")
    ranked = rank_actors(mentions, actors)["actor_id"].tolist()
    wanted = {known[name] for name in asked}
    return [actor_id for actor_id in ranked if actor_id in wanted] if asked else ranked[:top]


def rank_actors(mentions: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Rank the actors that are named, one row per actor, most mentions first.

    Columns: actor_id, name, kind, side, mentions, articles, headline, lead (mentions there), surname (by it alone).
    """
    require(mentions, ["article_id", "actor_id", "part", "how"], source="mentions")
    named = mentions[mentions["actor_id"] != ""]
    flags = {
        "headline": named["part"] == "title",
        "lead": named["part"] == "lead",
        "surname": named["how"] == "surname",
    }
    grouped = named.assign(**flags).groupby("actor_id")
    numbers = grouped.agg(mentions=("how", "size"), articles=("article_id", "nunique")).join(grouped[list(flags)].sum())
    who = (
        actors.assign(actor_id=texts_of(actors, "actor_id"))
        .drop_duplicates("actor_id")
        .reindex(columns=["actor_id", "name", "kind", "side"])
    )
    ranked = who.merge(numbers.reset_index(), on="actor_id")
    return ranked.sort_values(["mentions", "actor_id"], ascending=[False, True], ignore_index=True)
