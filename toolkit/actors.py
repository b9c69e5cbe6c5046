"""Actors: who of a registry is named, by which words, and where.

A full name or alias counts wherever it stands; a surname counts after the full name within the article (in the
headline, if the full name stands anywhere in it); a role counts for who held it on the day of the article. What might
name an actor and cannot be told is a row too, given to nobody. A compound names its parts: "NATO-led" is a mention of
NATO, "US-China talks" of both; but a hyphen and a capital make a person another one ("Ana Keller-Marsh").
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from toolkit.errors import TableError
from toolkit.extents import codes_in, decode, distinct, each_once, encode, places_in, repeat, tally
from toolkit.names import OPENERS, Aliases, find_named
from toolkit.namesakes import first_name_before, is_namesake, is_others_surname, is_part_of_country
from toolkit.progress import progress
from toolkit.roles import days_of, goes_on_to_a_name, is_former, is_held
from toolkit.spellings import spelling_of
from toolkit.tables import MENTION_COUNTS, MENTIONS, as_table, places_of, require, texts_of
from toolkit.terms import Match, Span, overlaps
from toolkit.ways import Way

AMBIGUOUS, UNRESOLVED = "ambiguous", "unresolved"
OFFICE = "office"  # a role with a name after it, of whom is not yet known
FULL = ("alias", "role")  # by which somebody is introduced
EVIDENCE = ("alias", "role", OFFICE, "surname", UNRESOLVED, AMBIGUOUS, "metonym", "demonym")  # strongest first
COMMON = OPENERS | set("us me him them am be been go up out off aid act".split())  # as acronyms in capitals look
WHOLE = ("", ",", ", the", "the")  # between an office and the name beside it
Place = tuple[str, int, str, int, str]  # article_id, sentence_id, part, start, text
Named = tuple[Place, list[Match], list[Match]]  # a sentence, and the aliases and the surnames in it


class Found(NamedTuple):
    """What may be a mention, in one sentence; `how` is "" for the name of somebody else."""

    start: int
    end: int
    who: tuple[str, ...]  # whom it may mean, one where it is resolved
    how: str


def find_mentions(
    sentences: pd.DataFrame, actors: pd.DataFrame, also: Iterable[str] = (), articles: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Find the actors of a registry in sentences, one row per mention.

    Columns: article_id, sentence_id, actor_id, surface, how (alias, surname, role; with actor_id "": ambiguous, which
    two actors share, or unresolved, a surname without the full name or a role without a known holder), part, start, end
    (offsets as in `sentences`), candidates (who may be meant, where it is nobody's). `also` adds other ways of naming:
    "metonym" (Moscow for Russia), "demonym" (Russian officials). Roles need the days of the articles: `articles` with
    article_id and published_local or published, else the same columns of `sentences`.
    """
    registry = _Registry(actors, (also,) if isinstance(also, str) else also)
    days = days_of(sentences if articles is None else articles)
    rows = (
        row
        for named in progress(_by_article(sentences, registry), "actors")
        for row in _mentions_of(named, registry, days.get(named[0][0][0], ""))
    )
    return as_table(rows, MENTIONS)


def _by_article(sentences: pd.DataFrame, registry: "_Registry") -> list[list[Named]]:
    """Return the sentences in which somebody may be named, of each article, and the matches of aliases and surnames."""
    articles: dict[str, list[Named]] = defaultdict(list)
    places = [*places_of(sentences)]
    for number, found in find_named([place[-1] for place in places], registry.aliases, registry.surnames):
        articles[places[number][0]].append((places[number], *found))
    return list(articles.values())


class _Registry:
    """The ways of naming of a registry, asked sentence by sentence."""

    def __init__(self, actors: pd.DataFrame, also: Iterable[str]) -> None:
        self.aliases = Aliases(actors, how=("alias", "role", *also))
        self.surnames = Aliases(actors, how=("surname",))
        self._sharing = _sharing(self.aliases.entries)
        self._owners = [_who(ways) for ways in _sharing(self.surnames.entries)]
        kinds = list(zip(texts_of(actors, "actor_id"), texts_of(actors, "kind"), strict=True))
        self._countries = {actor_id for actor_id, kind in kinds if kind == "country"}
        named = {way.actor_id for way in self.surnames.entries if way.how == "surname"}
        self.people = named | {actor_id for actor_id, kind in kinds if kind == "person"}
        self._first: dict[str, set[str]] = defaultdict(set)
        for way in self.aliases.entries:
            self._first[way.actor_id].add(spelling_of(way.string).split(" ")[0])

    def find(self, text: str, matches: list[Match], day: str) -> Iterator[Found]:
        """Yield who is named in full or by a role, by the matches of aliases."""
        if not matches:
            return
        edges = {match[1] for match in matches}, {match[2] for match in matches}
        for number, start, end in matches:
            one = self._resolve(text, start, end, self._sharing[number], day)
            person = one.how == "alias" and one.who[0] in self.people
            anothers = person and not _is_paired(start, end, edges) and is_namesake(text, start, end)
            anothers = anothers or (one.who[0] in self._countries and is_part_of_country(text, start))
            yield one._replace(how="") if anothers else one

    def _resolve(self, text: str, start: int, end: int, ways: list[Way], day: str) -> Found:
        lasting = [way for way in ways if way.how != "role"]
        if lasting:
            who = _who(lasting)
            alone = len(who) == 1 and not _is_common_word(text, start, end)
            return Found(start, end, who, lasting[0].how if alone else AMBIGUOUS)
        holders = () if is_former(text, start) else _who(way for way in ways if is_held(way, day))
        if not holders:
            return Found(start, end, _who(ways), UNRESOLVED)
        how = OFFICE if goes_on_to_a_name(text, end) else "role" if len(holders) == 1 else AMBIGUOUS
        return Found(start, end, holders, how)

    def find_surnames(self, text: str, matches: list[Match], taken: list[Found]) -> Iterator[Found]:
        """Yield surnames, full names with initials, as aliases, and the names of others."""
        spans: list[Span] = [(one.start, one.end) for one in taken]
        matches = [match for match in matches if not overlaps(spans, *match[1:])]
        if not matches:
            return
        starts = {start for start, _ in spans} | {match[1] for match in matches}
        ends = {end for _, end in spans} | {match[2] for match in matches}
        for number, start, end in matches:
            owners = self._owners[number]
            first, begin = first_name_before(text, start)
            own = tuple(one for one in owners if first and spelling_of(first) in self._first[one])
            if len(own) == 1 and not is_namesake(text, start, end):
                yield Found(begin, end, own, "alias")
            elif _is_paired(start, end, (starts, ends)) or not is_others_surname(text, start, end):
                yield Found(start, end, owners, "surname")
            else:
                yield Found(start, end, owners, "")


def _sharing(entries: list[Way]) -> list[list[Way]]:
    """Return for each way of naming those that are spelled alike, itself among them."""
    alike: dict[str, list[Way]] = defaultdict(list)
    forms = [spelling_of(way.string) for way in entries]
    for form, way in zip(forms, entries, strict=True):
        if way.how != "exclude":
            alike[form].append(way)
    return [alike[form] for form in forms]


def _who(ways: Iterable[Way]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(way.actor_id for way in ways))


def _is_paired(start: int, end: int, edges: tuple[set[int], set[int]]) -> bool:
    """Say whether a hyphen joins a name to another of the registry: the Biden-Putin summit."""
    return end + 1 in edges[0] or start - 1 in edges[1]


def _is_common_word(text: str, start: int, end: int) -> bool:
    """Say whether, in a text all of capitals, an acronym may be a common word: TELL US WHO WON, but not THE US."""
    surface = text[start:end]
    if surface.lower() not in COMMON or text != text.upper() or len(text.split()) < 2:
        return False
    before = text[max(0, start - 5) : start]
    return not before.endswith("THE ") and (bool(before.strip()) or surface.lower() in OPENERS)


def _mentions_of(named: list[Named], registry: _Registry, day: str) -> Iterator[tuple]:
    """Yield the mentions of one article, sentence by sentence."""
    found = []
    for (*_, text), aliases, surnames in named:
        full = list(registry.find(text, aliases, day))
        every = sorted([*full, *registry.find_surnames(text, surnames, full)])
        found.append(_joined(every, text, registry.people) if every else every)
    known = _Known({one.who[0] for told in found for one in told if one.how in FULL})
    for ((article_id, sentence_id, part, offset, text), *_), told in zip(named, found, strict=True):
        for one in known.resolve(told, part == "title"):
            nobodys = one.how in (AMBIGUOUS, UNRESOLVED)
            who = ("", "; ".join(one.who)) if nobodys else (one.who[0], "")
            place = part, offset + one.start, offset + one.end
            yield article_id, sentence_id, who[0], text[one.start : one.end], one.how, *place, who[1]


def _joined(found: list[Found], text: str, people: set[str]) -> list[Found]:
    """Join an office and the name beside it, "NATO Secretary General Jens Stoltenberg", to one mention."""
    joined: list[Found] = []
    for one in found:
        before = joined[-1] if joined else one
        gap = text[before.end : one.start].strip()
        if before is one or gap not in WHOLE or not (before.how and one.how):
            joined.append(one)
            continue
        both = tuple(actor_id for actor_id in before.who if actor_id in one.who and actor_id in people)
        if len(both) == 1 and not before.how == one.how == "surname":
            joined[-1] = Found(before.start, one.end, both, min(before.how, one.how, key=EVIDENCE.index))
        elif not gap and before.how in ("role", OFFICE, UNRESOLVED) and one.how in ("alias", "surname"):
            joined[-1] = one._replace(start=before.start)  # an office that the registry gives to another
        else:
            joined.append(one)
    return [one._replace(how=_settled(one, text)) if one.how == OFFICE else one for one in joined]


def _settled(one: Found, text: str) -> str:
    """Return how an office counts that goes on to a name: for its holder if that name was found, else for nobody."""
    return UNRESOLVED if goes_on_to_a_name(text, one.end) or len(one.who) > 1 else "role"


class _Known:
    """Whom an article has introduced so far, so that a surname will do."""

    def __init__(self, named: set[str]) -> None:
        self._named = named
        self._latest: dict[str, int] = {}  # the number of the latest full name
        self._others: dict[str, int] = {}  # the same of a namesake who is not in the registry
        self._count = 0

    def resolve(self, found: list[Found], headline: bool) -> Iterator[Found]:
        """Yield what was found, surnames by what stands before them, in a headline by the whole article."""
        for one in found:
            self._count += 1
            if one.how in FULL:
                self._latest[one.who[0]] = self._count
            elif not one.how:
                self._others |= dict.fromkeys(one.who, self._count)
            if one.how:
                yield one._replace(how=self._how(one.who, headline)) if one.how == "surname" else one

    def _how(self, who: tuple[str, ...], headline: bool) -> str:
        if len(who) > 1:
            return AMBIGUOUS
        if headline and who[0] in self._named:
            return "surname"
        if who[0] not in self._latest:
            return UNRESOLVED
        return "surname" if self._latest[who[0]] > self._others.get(who[0], 0) else AMBIGUOUS


def count_mentions(
    mentions: pd.DataFrame, articles: pd.DataFrame, actors: pd.DataFrame, only: Iterable[str] | None = None
) -> pd.DataFrame:
    """Count the mentions of actors, one row per article and actor, zeros kept.

    Columns: article_id, actor_id, mentions, present (named at least once). Ambiguous mentions belong to nobody. With
    `only` the actors of these ids are counted alone.
    """
    require(mentions, ["article_id", "actor_id"], source="mentions")
    require(articles, ["article_id"], source="articles")
    require(actors, ["actor_id"], source="actors")
    like = mentions["article_id"]
    ids = each_once(articles["article_id"])[1]
    wanted = None if only is None else set(only)
    who = [name for name in dict.fromkeys(texts_of(actors, "actor_id")) if wanted is None or name in wanted]
    article, actor = places_in(like, ids), codes_in(mentions["actor_id"], pd.Index(who, dtype="str"))
    cells = article.astype("int64") * len(who) + actor
    times = tally(cells[(article >= 0) & (actor >= 0)], len(ids) * len(who), ids)
    each = decode(np.tile(np.arange(len(who), dtype="int32"), len(ids)), pd.Index(who, dtype="str"), like)
    columns = {"article_id": repeat(ids, len(who)), "actor_id": each, "mentions": times, "present": times > 0}
    return pd.DataFrame({name: columns[name] for name in MENTION_COUNTS}, copy=False)


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

    Columns: actor_id, name, kind, side, mentions, articles, headline, lead (mentions there), first (articles that name
    the actor before any other), surname (mentions by it alone). `mentions` stand in the order of their articles.
    """
    require(mentions, ["article_id", "actor_id", "part", "how"], source="mentions")
    named = mentions[mentions["actor_id"] != ""]
    article, (actor, names) = each_once(named["article_id"])[0], encode(named["actor_id"])
    pairs = distinct(article.astype("int64") * max(1, len(names)) + actor)
    numbers = {
        "mentions": np.bincount(actor, minlength=len(names)),
        "articles": np.bincount(pairs % max(1, len(names)), minlength=len(names)),
    }
    flags = {
        "headline": named["part"] == "title",
        "lead": named["part"] == "lead",
        "first": ~pd.Series(article).duplicated(),
        "surname": named["how"] == "surname",
    }
    numbers |= {name: np.bincount(actor[flag.to_numpy()], minlength=len(names)) for name, flag in flags.items()}
    who = (
        actors.assign(actor_id=texts_of(actors, "actor_id"))
        .drop_duplicates("actor_id")
        .reindex(columns=["actor_id", "name", "kind", "side"])
    )
    ranked = who.merge(pd.DataFrame({"actor_id": pd.Series(names, dtype="str")} | numbers), on="actor_id")
    return ranked.sort_values(["mentions", "actor_id"], ascending=[False, True], ignore_index=True)
