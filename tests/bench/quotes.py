"""Print how well speech and mentions are found in the gold of tests/gold: python -m tests.bench.quotes.

A found quote is right where both are direct, or both indirect or mixed, and the words of their contents overlap by half
(Jaccard >= .5, "loose") or nearly wholly (>= .9, "strict"); each is used once. An interrupted quote counts as one or by
its parts, whichever way it was found.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from tests.gold import REGISTRY, Article, Quote, as_articles, gold_mentions, gold_quotes
from toolkit import find_mentions, find_quotes, load_actors, split_sentences

LOOSE, STRICT = 0.5, 0.9
GROUPS: dict[str, Callable[["Said"], bool]] = {
    "direct": lambda said: said.kind == "direct",
    "indirect": lambda said: said.kind == "indirect",
    "mixed": lambda said: said.kind == "mixed",
    "indirect or mixed": lambda said: said.kind != "direct",
    "in headlines": lambda said: said.part == "title",
    "in the body": lambda said: said.part != "title",
    "all": lambda said: True,
}
HOWS = ("alias", "surname", "ambiguous", "metonym", "demonym")


class Said(NamedTuple):
    """A quote to be compared: of the gold, or found."""

    article_id: str
    kind: str
    speaker: str
    content: str
    part: str
    person: bool = False  # the gold's speaker is one


class Named(NamedTuple):
    """A mention to be compared: of the gold, or found."""

    article_id: str
    part: str
    actor_id: str
    how: str
    start: int
    end: int


Pairs = list[tuple[int, int]]  # places in the gold and among the found


def words(text: str) -> Counter[str]:
    """Count the words of a text."""
    return Counter(re.findall(r"\w+", text.lower()))


def overlap(one: str, other: str) -> float:
    """Return the share of words, of both together, that two texts have in common."""
    first, second = words(one), words(other)
    return (first & second).total() / max(1, (first | second).total())


def likeness(gold: Said, found: Said) -> float:
    """Return how alike two quotes are, 0 where one is direct and the other is not."""
    if gold.article_id != found.article_id or (gold.kind == "direct") != (found.kind == "direct"):
        return 0.0
    return overlap(gold.content, found.content)


def common(gold: Named, found: Named) -> float:
    """Return how many characters two mentions of one actor have in common."""
    if (gold.article_id, gold.part, gold.actor_id) != (found.article_id, found.part, found.actor_id):
        return 0.0
    return min(gold.end, found.end) - max(gold.start, found.start)


def pair(gold: list, found: list, alike: Callable[..., float], at_least: float) -> Pairs:
    """Pair each of the gold with one found, most alike first."""
    here: dict[str, list[int]] = {}
    for place, row in enumerate(found):
        here.setdefault(row.article_id, []).append(place)
    scored = [(alike(row, found[f]), g, f) for g, row in enumerate(gold) for f in here.get(row.article_id, ())]
    pairs, used_gold, used_found = [], set(), set()
    for score, g, f in sorted(scored, key=lambda row: (-row[0], row[1], row[2])):
        if score >= at_least and g not in used_gold and f not in used_found:
            pairs.append((g, f))
            used_gold.add(g)
            used_found.add(f)
    return sorted(pairs)


def units(article: Article, quote: Quote, found: list[Said]) -> list[Said]:
    """Return a quote as one, or as its parts where those are more like what was found."""
    person = quote.speaker in article.people
    parts = [article.words(span) for span in quote.spans]
    own = article.article_id, quote.kind, quote.speaker
    made = [Said(*own, text, quote.spans[0].part, person) for text in [" ".join(parts), *parts]]
    whole, *rest = [max((likeness(unit, row) for row in found), default=0.0) for unit in made]
    return made[:1] if len(parts) == 1 or whole > max(rest) else made[1:]


def quotes_compared() -> tuple[list[Said], list[Said]]:
    """Return the quotes of the gold and those that are found in its articles."""
    articles = as_articles(gold_quotes())
    table = find_quotes(articles)
    found = [Said(*row) for row in zip(*(table[name] for name in Said._fields[:5]), strict=True)]
    gold = [unit for article in gold_quotes() for quote in article.quotes for unit in units(article, quote, found)]
    return gold, found


def mentions_compared() -> tuple[list[Named], list[Named]]:
    """Return the mentions of the gold and those that are found in its articles, metonyms and demonyms among them."""
    sentences = split_sentences(as_articles(gold_mentions()))
    table = find_mentions(sentences, load_actors(REGISTRY), also=("metonym", "demonym"))
    table = table.assign(
        part=["title" if part == "title" else "body" for part in table["part"]],
        actor_id=[actor_id or "?" for actor_id in table["actor_id"]],
    )
    found = [Named(*row) for row in zip(*(table[name] for name in Named._fields), strict=True)]
    gold = [
        Named(article.article_id, one.span.part, one.actor_id, one.how, one.span.start, one.span.end)
        for article in gold_mentions()
        for one in article.mentions
    ]
    return gold, found


def plain(name: str) -> str:
    """Return a speaker without article, possessive, or case."""
    return re.sub(r"^(?:the|an?)\s+|'s?$", "", name.replace("’", "'").lower().strip())


def same_name(gold: Said, found: Said) -> bool:
    """Say whether a speaker is found by the fullest name."""
    return plain(gold.speaker) == plain(found.speaker)


def same_last_name(gold: Said, found: Said) -> bool:
    """Say whether a speaker is found, a person by the last name at least."""
    last = [plain(row.speaker).rpartition(" ")[2] for row in (gold, found)]
    return same_name(gold, found) or (gold.person and last[0] == last[1])


def figures(gold: list, found: list, pairs: Pairs, belongs: Callable[..., bool]) -> tuple[float, float, float]:
    """Return precision, recall and F1 among the rows that belong: precision of the found, recall of the gold."""
    counted = [belongs(row) for row in found], [belongs(row) for row in gold]
    precision = sum(counted[0][f] for _, f in pairs) / max(1, sum(counted[0]))
    recall = sum(counted[1][g] for g, _ in pairs) / max(1, sum(counted[1]))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def share(true: Iterable[bool]) -> float:
    """Return the share of what is true."""
    every = list(true)
    return sum(every) / max(1, len(every))


def quote_rows() -> list[tuple]:
    """Return a row per kind: kind, n of the gold, n found, loose and strict figures, right speakers by both names."""
    gold, found = quotes_compared()
    loose, strict = (pair(gold, found, likeness, at_least) for at_least in (LOOSE, STRICT))
    rows = []
    for name, belongs in GROUPS.items():
        own = [(gold[g], found[f]) for g, f in loose if belongs(gold[g])]
        numbers = [sum(map(belongs, table)) for table in (gold, found)]
        scores = [figures(gold, found, pairs, belongs) for pairs in (loose, strict)]
        speakers = [share(same(*both) for both in own) for same in (same_name, same_last_name)]
        rows.append((name, *numbers, *scores[0], *scores[1], *speakers))
    return rows


def mention_rows() -> list[tuple]:
    """Return a row per kind of actor and per way of naming: name, n of the gold, n found, precision, recall, F1."""
    gold, found = mentions_compared()
    pairs = pair(gold, found, common, 1)
    actors = load_actors(REGISTRY)
    kind_of = dict(zip(actors["actor_id"], actors["kind"], strict=True))
    groups = {kind: lambda row, kind=kind: kind_of.get(row.actor_id) == kind for kind in sorted(set(kind_of.values()))}
    groups |= {how: lambda row, how=how: row.how == how for how in HOWS}
    groups["all"] = lambda row: True
    return [
        (name, sum(map(belongs, gold)), sum(map(belongs, found)), *figures(gold, found, pairs, belongs))
        for name, belongs in groups.items()
    ]


def main() -> None:
    """Print both tables."""
    print(f"{'quotes':20} gold found   loose: P     R    F1  strict: P     R    F1  speaker, last name")
    for name, gold, found, *rest in quote_rows():
        loose, strict = (" ".join(f"{value:5.3f}" for value in rest[n : n + 3]) for n in (0, 3))
        print(f"{name:20} {gold:4} {found:5}     {loose}     {strict}    {rest[6]:5.3f}      {rest[7]:5.3f}")
    print(f"\n{'mentions':20} gold found       P     R    F1")
    for name, gold, found, *rest in mention_rows():
        print(f"{name:20} {gold:4} {found:5}   " + " ".join(f"{value:5.3f}" for value in rest))


if __name__ == "__main__":
    main()
