"""Keyness: the words that one group of articles uses more often, or less, than the others do.

How much evidence there is for a difference says G2, the log-likelihood ratio of the two-by-two table of a word and all
other words in two groups (Dunning 1993, ACL J93-1003; Rayson and Garside 2000, ACL W00-0901). How large the
difference is says the log ratio (Hardie 2014, Log Ratio: an informal introduction). G2 takes every word for a draw of
its own, but words come in bunches: whoever is named once in an article is named again (Lijffijt et al. 2016, doi
10.1093/llc/fqu064). So for p and the interval it is divided by a design effect, how many times as much the counts vary
between articles as they would if they were strewn at random (Rao and Scott 1992, doi 10.2307/2532311).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import erfc, log, sqrt

import numpy as np
import pandas as pd

from toolkit.errors import TableError
from toolkit.intervals import Z
from toolkit.progress import progress
from toolkit.shingles import MARKS, SOFT_HYPHEN, UNSPACED
from toolkit.summary import group_of
from toolkit.tables import KEYNESS, as_table, require, texts_of
from toolkit.terms import APOSTROPHES

SURE = 0.05  # of p, below which a word is a key word
MOST = 8  # key words of a group that are drawn
PER = 1_000  # words, for rates
ABSENT = 0.5  # in place of a count of 0 in a ratio, as Hardie does
HYPHENS = re.compile("[\u2010\u2011]")
LETTERS = rf"[^\W_{UNSPACED}]+(?:[{MARKS}]+[^\W_{UNSPACED}]*)*"
INITIALS = r"[^\W\d_](?:\.[^\W\d_])+(?!\w)"
WORD = re.compile(rf"{INITIALS}|{LETTERS}(?:['-]{LETTERS})*|[{UNSPACED}]")
LENGTH = ""  # stands for the words of an article all together, which are summed like those of one kind
NONE = (0, 0, 0, 0)

Sums = Mapping[str, Sequence[int]]  # by word: count, articles, sum of squares, sum of count x length, over articles


def keyness(
    articles: pd.DataFrame,
    by: str = "outlet",
    reference: str = "",
    titles: bool = True,
    least: int = 5,
    spread: int = 3,
) -> pd.DataFrame:
    """Compare how often each group uses each word, one row per group and word, by group and falling G2.

    Each group of `by` (a column of `articles`, or year, month, week, day) is held against all others together, or
    against the one named by `reference`. Columns: group, word, count and articles (occurrences in the group, and its
    articles that hold the word), reference_count and reference_articles (the same of the others), rate and
    reference_rate (per 1,000 words), g2 (signed: below 0 where the group uses the word less; as of quanteda's measure
    "lr" with correction "none"; Rayson's calculator leaves out the two cells of other words, a trifle less),
    log_ratio (binary logarithm of the ratio of the rates: 1 is twice as often, -1 half; a count of 0 is taken for 0.5),
    low, high (its 95% interval, of each word by itself), design_effect (1 or more, the larger of both sides), p (of G2
    over the design effect, corrected for the number of rows by Benjamini and Hochberg 1995, doi
    10.1111/j.2517-6161.1995.tb02031.x: of the words with p below .05, one in twenty is expected to be chance).

    A word has a row where it stands at least `least` times in both sides together, and in at least `spread` articles of
    the side that uses it more, or in all of them where it has fewer: a word of one article sets that article apart, not
    its outlet (Egbert and Biber 2019, doi 10.3366/cor.2019.0162). Where a side is a single article, there is no design
    effect, and so neither interval nor p. A word that a group lacks has a row where by its length it would be expected
    once.
    In a group of some thirty articles or fewer, one event that a few of them tell of can still fill the list.

    Words are lower-case, with the apostrophes and hyphens inside them and the dots of initials (u.s); characters of
    scripts without spaces stand alone. No stop word and no name is left out. Copies count each: select before. Groups
    in different languages differ in every word. Articles without words are not counted; with fewer than two groups that
    have words there is no row. Raises TableError for a reference that is no group with words, and for numbers below 1.
    """
    require(articles, ["article_id", "text"], source="articles")
    for name, number in (("least", least), ("spread", spread)):
        if number < 1:
            raise TableError(f"{name} must be 1 or more, not {number!r}.")
    sums = _sum_words(articles, by, titles)
    if reference and reference not in sums:
        known = ", ".join(sorted(sums)[:10]) or "none"
        raise TableError(f"reference {reference!r} is no group with words by {by!r}. Use one of: {known}.")
    words = np.array([LENGTH, *_frequent(sums, least)], dtype=object)
    tables = []
    for group, own, other in progress(_sides(sums, words, reference), "keyness: groups"):
        chosen = _judged(own, other, least, spread)
        table = _compare(own[:, chosen], other[:, chosen])
        tables.append(table.assign(group=group, word=words[chosen])[1:])
    return _finish(pd.concat(tables)) if tables else as_table([], KEYNESS)


def select_key_words(table: pd.DataFrame, most: int = MOST) -> pd.DataFrame:
    """Return the rows of `keyness` that are key words (used more often, p below .05), the first `most` of a group."""
    require(table, KEYNESS, source="keyness")
    return table[(table["g2"] > 0) & (table["p"] < SURE)].groupby("group", sort=False).head(most)


def _words_of(text: str) -> list[str]:
    plain = APOSTROPHES.sub("'", HYPHENS.sub("-", text.replace(SOFT_HYPHEN, "")))
    return WORD.findall(unicodedata.normalize("NFKC", plain).lower())


def _sum_words(articles: pd.DataFrame, by: str, titles: bool) -> dict[str, dict[str, list[int]]]:
    """Return the sums of each group that has words, in one pass over the articles."""
    sums: dict[str, dict[str, list[int]]] = {}
    heads = texts_of(articles, "title") if titles else [""] * len(articles)
    texts = zip(group_of(articles, by), heads, texts_of(articles, "text"), strict=True)
    for group, head, text in progress(texts, "keyness", total=len(articles)):
        times = Counter(_words_of(f"{head}\n\n{text}"))
        if length := times.total():
            times[LENGTH] = length
            own = sums.setdefault(str(group), {})
            for word, count in times.items():
                held = own.get(word)
                if held is None:
                    own[word] = [count, 1, count * count, count * length]
                else:
                    held[0] += count
                    held[1] += 1
                    held[2] += count * count
                    held[3] += count * length
    return sums


def _frequent(sums: Mapping[str, Sums], least: int) -> list[str]:
    """Return the words that stand at least `least` times in all groups together."""
    counts: Counter[str] = Counter()
    for words in sums.values():
        counts.update({word: held[0] for word, held in words.items() if word != LENGTH})
    return sorted(word for word, count in counts.items() if count >= least)


def _sides(
    sums: Mapping[str, Sums], words: Sequence[str], reference: str
) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """Yield each group, its sums of all words, and those of what it is held against."""
    if len(sums) < 2:
        return
    places = {word: place for place, word in enumerate(words)}
    tables = {group: _align(sums[group], places) for group in sorted(sums)}
    against = tables[reference] if reference else sum(tables.values())
    for group, own in tables.items():
        if group != reference:
            yield group, own, against if reference else against - own


def _align(sums: Sums, places: Mapping[str, int]) -> np.ndarray:
    known = [word for word in sums if word in places]
    table = np.zeros((len(NONE), len(places)))
    table[:, [places[word] for word in known]] = np.array([sums[word] for word in known]).T
    return table


def _judged(own: np.ndarray, other: np.ndarray, least: int, spread: int) -> np.ndarray:
    """Return the places of the words that there is enough of to judge, after that of the length."""
    (count, articles), (other_count, other_articles) = own[:2], other[:2]
    length, other_length = count[0], other_count[0]
    total = count + other_count
    more = count * other_length >= other_count * length
    spreads = np.where(more, articles, other_articles)
    spread = np.minimum(spread, np.where(more, articles[0], other_articles[0]))
    expected = total * length / (length + other_length)
    enough = (total >= least) & (spreads >= spread) & ((count > 0) | (expected >= 1))
    enough[0] = True
    return np.flatnonzero(enough)


def _compare(own: np.ndarray, other: np.ndarray) -> pd.DataFrame:
    """Return the columns that two sides give; place 0 is that of their lengths."""
    (count, articles), (other_count, other_articles) = own[:2], other[:2]
    length, other_length = count[0], other_count[0]
    design = np.maximum(1, np.maximum(_bunching(own), _bunching(other)))
    if min(articles[0], other_articles[0]) < 2:
        design *= np.nan  # how far counts vary between articles, one article cannot say
    ratio = np.log2(_present(count) / length) - np.log2(_present(other_count) / other_length)
    # Katz et al. 1978, doi 10.2307/2530610, widened by the design effect.
    reach = Z * np.sqrt(design * (1 / _present(count) + 1 / _present(other_count))) / log(2)
    return pd.DataFrame(
        {
            "count": count,
            "articles": articles,
            "reference_count": other_count,
            "reference_articles": other_articles,
            "rate": PER * count / length,
            "reference_rate": PER * other_count / other_length,
            "g2": _likelihood(count, other_count, length, other_length),
            "log_ratio": ratio,
            "low": ratio - reach,
            "high": ratio + reach,
            "design_effect": design,
        }
    )


def _present(count: np.ndarray) -> np.ndarray:
    return np.where(count > 0, count, ABSENT)


def _bunching(sums: np.ndarray) -> np.ndarray:
    """Return the variance of counts between articles, over that of words strewn at random among as many words."""
    count, _, squares, products = sums
    length, lengths_squared = count[0], squares[0]
    rate = count / length
    deviations = squares - 2 * rate * products + rate**2 * lengths_squared
    # n / (n - 1) where articles are of one length; more where a long one draws the rate towards its own.
    freedom = 1 - lengths_squared / length**2
    return np.divide(deviations, count * freedom, out=np.ones_like(count), where=count * freedom > 0)


def _likelihood(count: np.ndarray, other: np.ndarray, length: float, other_length: float) -> np.ndarray:
    """Return signed G2, rounded so that words of equal counts are equal on every machine."""
    total, whole = count + other, length + other_length
    observed = np.stack([count, other, length - count, other_length - other])
    expected = np.stack([part * kind / whole for kind in (total, whole - total) for part in (length, other_length)])
    ratios = np.divide(observed, expected, out=np.ones_like(observed), where=observed > 0)
    size = 2 * (observed * np.log(ratios)).sum(axis=0)
    return np.sign(count * other_length - other * length) * np.maximum(0, size).round(9) + 0.0


def _finish(rows: pd.DataFrame) -> pd.DataFrame:
    """Add p to the rows of all groups, and sort them."""
    chances = [erfc(sqrt(abs(g2) / design / 2)) for g2, design in zip(rows["g2"], rows["design_effect"], strict=True)]
    rows = rows.assign(p=_corrected(np.array(chances)))[list(KEYNESS)].astype(dict(KEYNESS))
    return rows.sort_values(["group", "g2", "word"], ascending=[True, False, True], ignore_index=True)


def _corrected(chances: np.ndarray) -> np.ndarray:
    """Return p after Benjamini and Hochberg, in the order given; NaN is no comparison."""
    known = np.flatnonzero(~np.isnan(chances))
    falling = known[np.argsort(-chances[known], kind="stable")]
    ranks = np.arange(len(known), 0, -1)
    corrected = np.full(len(chances), np.nan)
    corrected[falling] = np.minimum.accumulate(chances[falling] * len(known) / ranks)
    return corrected
