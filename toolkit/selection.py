"""Selection: which articles an analysis rests on, and which are set aside for what reason."""

from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from toolkit.duplicates import find_duplicates, select_representatives
from toolkit.errors import CorpusError, NoArticleError
from toolkit.extents import codes_in, encode, places_in
from toolkit.tables import ASIDE, WORDS, as_table, require, texts_of

COPIES = ("keep", "once")
COPY = "later copies of a text that counts once"


class Selection(NamedTuple):
    """Articles to be scored, and the others, one row each, with the reason."""

    articles: pd.DataFrame
    aside: pd.DataFrame


def select_articles(articles: pd.DataFrame, outlet: str = "", start: str = "", end: str = "") -> pd.DataFrame:
    """Return the articles of some outlets ("A; B") within a period (local dates such as 2022-01-10, inclusive).

    "" means all. With `start` or `end`, articles without a date are left out. Raises CorpusError for an outlet that
    is not there, a date that is none, or a selection that leaves nothing.
    """
    require(articles, ["outlet", "published_local"], source="articles")
    chosen, first, last = articles, _day(start), _day(end)
    if first and last and first > last:
        raise CorpusError(f"the period ends on {last}, before it begins on {first}. Exchange start and end.")
    if names := [name.strip() for name in outlet.split(";") if name.strip()]:
        known = sorted(set(articles["outlet"].unique()) - {""})
        wanted = {name.casefold() for name in names}
        if unknown := [name for name in names if name.casefold() not in {outlet.casefold() for outlet in known}]:
            raise CorpusError(f"no outlet {unknown[0]!r} in this corpus. It has: {'; '.join(known) or 'none named'}.")
        chosen = chosen[[outlet.casefold() in wanted for outlet in texts_of(chosen, "outlet")]]
    days = chosen["published_local"].str[:10]
    for bound, keep in ((first, days >= first), (last, (days <= last) & (days != ""))):
        chosen = chosen[keep.reindex(chosen.index)] if bound else chosen
    if chosen.empty:
        bounds = f"between {first or 'the beginning'} and {last or 'the end'}"
        undated = f" ({(days == '').sum()} of {len(days)} without a date)" if (days == "").any() else ""
        raise NoArticleError(f"no article is left {bounds}{undated}. Widen it.")
    return chosen.reset_index(drop=True)


def selection_facts(articles: pd.DataFrame, chosen: pd.DataFrame) -> dict[str, str]:
    """Return, for under a report's title, how many articles a selection left out; nothing where it left out none."""
    if len(chosen) == len(articles):
        return {}
    left = articles[places_in(articles["article_id"], chosen["article_id"]) < 0]
    undated = (left["published_local"] == "").sum()
    told = f"{len(left):,}{f', of them {undated:,} without a date' if undated else ''}"
    return {"Left out by the selection": told} if len(left) else {}


def set_aside(articles: pd.DataFrame, language: str = "", copies: str = "keep", threshold: float = 0.6) -> Selection:
    """Part the articles an analysis can score from those it cannot, or should not.

    Set aside are articles without a text, articles in another language than `language` (a code such as en; an article
    whose language is unknown stays), and with copies="once" all but the earliest of each group of copies, found by
    `find_duplicates` among the rest: a text stays with whoever had it first, which serves shares of all articles, not
    comparisons between outlets. Returns Selection(articles, aside); aside has one row per article set aside:
    article_id, reason. Raises CorpusError if nothing is left, or for another word than keep or once.
    """
    bare = "text" not in articles and WORDS in articles
    require(articles, ["article_id", WORDS if bare else "text"], source="articles")
    if copies not in COPIES:
        raise CorpusError(f"copies must be {' or '.join(COPIES)}, not {copies!r}.")
    blank = articles[WORDS] == 0 if bare else [not text.strip() for text in texts_of(articles, "text")]
    codes, known = encode(articles["language"] if "language" in articles else pd.Series("", articles.index))
    other = [f"in another language ({code}, not {language})" if language and code not in ("", language) else ""
             for code in known]  # fmt: skip
    reasons = np.array(other, dtype=object)[codes]
    reasons[np.asarray(blank, dtype=bool)] = "without a text"
    if copies == "once":
        scored = articles[reasons == ""]
        once = pd.Index(select_representatives(scored, find_duplicates(scored, threshold))["article_id"])
        reasons[(reasons == "") & (codes_in(articles["article_id"], once) < 0)] = COPY
    left = reasons != ""
    aside = as_table(zip(texts_of(articles[left], "article_id"), reasons[left], strict=True), ASIDE)
    chosen = (articles[~left] if left.any() else articles).reset_index(drop=True)
    if chosen.empty:
        told = "; ".join(f"{times} {reason}" for reason, times in aside["reason"].value_counts().items())
        raise NoArticleError(f"no article is left to score: {told}. Take another corpus or codebook.")
    return Selection(chosen, aside)


def _day(text: str) -> str:
    if not text:
        return ""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise CorpusError(f"{text!r} is not a date. Write it as 2022-01-31.") from None
