"""Selection: which articles an analysis rests on, and which are set aside for what reason."""

from datetime import date
from typing import NamedTuple

import pandas as pd

from toolkit.errors import CorpusError
from toolkit.tables import ASIDE, as_table, require, texts_of


class Selection(NamedTuple):
    """Articles to be scored, and the others, one row each, with the reason."""

    articles: pd.DataFrame
    aside: pd.DataFrame


def select_articles(articles: pd.DataFrame, outlet: str = "", start: str = "", end: str = "") -> pd.DataFrame:
    """Return the articles of some outlets ("A; B") within a period (local dates such as 2022-01-10, inclusive).

    "" means all. With `start` or `end`, articles without a date are left out. Raises CorpusError for an outlet that
    is not there, a date that is none, or a selection that leaves nothing.
    """
    chosen = articles
    if names := [name.strip() for name in outlet.split(";") if name.strip()]:
        known = sorted(set(articles["outlet"]) - {""})
        wanted = {name.casefold() for name in names}
        if unknown := [name for name in names if name.casefold() not in {outlet.casefold() for outlet in known}]:
            raise CorpusError(f"no outlet {unknown[0]!r} in this corpus. It has: {'; '.join(known) or 'none named'}.")
        chosen = chosen[[outlet.casefold() in wanted for outlet in chosen["outlet"]]]
    days = chosen["published_local"].str[:10]
    for bound, keep in ((start, days >= _day(start)), (end, (days <= _day(end)) & (days != ""))):
        chosen = chosen[keep.reindex(chosen.index)] if bound else chosen
    if chosen.empty:
        raise CorpusError(f"no article is left between {start or 'the beginning'} and {end or 'the end'}. Widen it.")
    return chosen.reset_index(drop=True)


def set_aside(articles: pd.DataFrame, language: str = "", copies: pd.DataFrame | None = None) -> Selection:
    """Part the articles an analysis can score from those it cannot.

    Set aside are articles without a text, articles in another language than `language` (a code such as en; an article
    whose language is unknown stays), and with `copies` (as from `find_duplicates`) all but one of each group of
    copies. Returns Selection(articles, aside); aside has one row per article set aside: article_id, reason. Raises
    CorpusError if nothing is left.
    """
    require(articles, ["article_id", "text"], source="articles")
    ids, texts, languages = (texts_of(articles, name) for name in ("article_id", "text", "language"))
    doubles = set(copies.loc[~copies["representative"], "article_id"]) if copies is not None else set()
    reasons = [
        _reason(text, code, language, article_id in doubles)
        for article_id, text, code in zip(ids, texts, languages, strict=True)
    ]
    aside = as_table([pair for pair in zip(ids, reasons, strict=True) if pair[1]], ASIDE)
    chosen = articles[[not reason for reason in reasons]].reset_index(drop=True)
    if chosen.empty:
        told = "; ".join(f"{times} {reason}" for reason, times in aside["reason"].value_counts().items())
        raise CorpusError(f"no article is left to score: {told}. Take another corpus or codebook.")
    return Selection(chosen, aside)


def _reason(text: str, code: str, language: str, is_copy: bool) -> str:
    if not text.strip():
        return "without a text"
    if language and code and code != language:
        return f"in another language ({code}, not {language})"
    return "copies of another article" if is_copy else ""


def _day(text: str) -> str:
    if not text:
        return ""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise CorpusError(f"{text!r} is not a date. Write it as 2022-01-31.") from None
