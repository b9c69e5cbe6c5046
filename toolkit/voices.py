"""Voices: who is heard, for how long, in whose words, and who is named but never heard.

A share of speaking time is a share of attributed words, quoted or reported: space in the text, not seconds.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from toolkit.errors import TableError
from toolkit.intervals import ratio_intervals
from toolkit.summary import group_of
from toolkit.tables import SPEAKERS, SUMMARY, UNHEARD, as_table, require, texts_of

NOBODY = "(nobody named)"
UNITS = ("words", "quotes")
KINDS = ("direct", "indirect", "mixed")
NEEDED = ("article_id", "kind", "speaker", "content")


def name_speakers(quotes: pd.DataFrame, actors: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return quotes with the name of the registry where a speaker is in it, and a name for those who have none.

    Columns as given, and words (white space parts them).
    """
    require(quotes, NEEDED, source="quotes")
    names = {} if actors is None else dict(zip(texts_of(actors, "actor_id"), texts_of(actors, "name"), strict=True))
    pairs = zip(texts_of(quotes, "actor_id"), texts_of(quotes, "speaker"), strict=True)
    speakers = [names.get(actor_id) or speaker or NOBODY for actor_id, speaker in pairs]
    words = [len(content.split()) for content in texts_of(quotes, "content")]
    return quotes.assign(speaker=pd.array(speakers, dtype="str"), words=np.array(words, dtype="int64"))


def rank_speakers(quotes: pd.DataFrame, actors: pd.DataFrame | None = None) -> pd.DataFrame:
    """Rank those who are heard, one row per speaker, most words first.

    Columns: speaker, actor_id ("" for whom the registry does not know), quotes, articles, words, share (of all
    attributed words), direct, indirect, mixed (quotes of each kind). Quotes nobody is named for are a row too.
    """
    named = name_speakers(quotes, actors)
    named = named.assign(actor_id=texts_of(quotes, "actor_id"), **{kind: named["kind"] == kind for kind in KINDS})
    grouped = named.groupby("speaker")
    numbers = grouped.agg(
        actor_id=("actor_id", "first"),
        quotes=("kind", "size"),
        articles=("article_id", "nunique"),
        words=("words", "sum"),
    )
    table = numbers.join(grouped[list(KINDS)].sum()).reset_index()
    table = table.assign(share=table["words"] / max(1, table["words"].sum()))
    ranked = table.sort_values(["words", "speaker"], ascending=[False, True], ignore_index=True)
    return ranked[list(SPEAKERS)].astype(dict(SPEAKERS))


def quotes_by(
    quotes: pd.DataFrame,
    articles: pd.DataFrame,
    by: str = "",
    category: str = "speaker",
    unit: str = "words",
    top: int = 0,
    seed: int = 1,
) -> pd.DataFrame:
    """Share of attributed words, or of quotes, one row per group of articles and category.

    `category` is a column of `quotes`: speaker (for whom nobody is named too), kind or leaning. `top` keeps so many
    categories, those with most of the `unit` ("words" or "quotes") over all groups; shares are of all the same. Columns
    as of other summaries; n counts the articles of the group that quote anybody, intervals are by article. Raises
    TableError for another unit.
    """
    if unit not in UNITS:
        raise TableError(f"{unit!r} is no unit of speech. Use one of: {', '.join(UNITS)}.")
    require(quotes, [*NEEDED, category], source="quotes")
    named = name_speakers(quotes) if "words" not in quotes.columns else quotes
    table = named.assign(size=named["words"] if unit == "words" else 1, name=texts_of(named, category))
    wide = table.pivot_table(index="article_id", columns="name", values="size", aggfunc="sum", fill_value=0)
    order = list(wide.sum().sort_values(ascending=False, kind="stable").index)
    chosen, totals = order[: top or None], wide.sum(axis=1)
    groups = group_of(articles, by).reindex(wide.index)
    if groups.isna().any():
        raise TableError(f"{groups.isna().sum()} quoted articles are not in articles. Pass the same selection.")
    rows = []
    for group, own in wide[chosen].groupby(groups):
        sizes = totals[own.index].to_numpy()
        values = own.sum() / sizes.sum() if sizes.sum() else own.sum() * np.nan
        told = zip(chosen, values, ratio_intervals(own.to_numpy(), seed, sizes), strict=True)
        rows += [(str(group), name, len(own), value, *interval) for name, value, interval in told]
    return as_table(rows, SUMMARY)


def never_heard(
    mentions: pd.DataFrame, quotes: pd.DataFrame, actors: pd.DataFrame, kinds: Sequence[str] = ()
) -> pd.DataFrame:
    """List the actors of a registry that are named but never heard, one row per actor, most mentions first.

    Columns: actor_id, name, kind, mentions, articles. `kinds` keeps actors of these kinds, such as ("person",). Heard
    is who any quote is attributed to, in any article; that a text quotes an actor only as "he" counts as heard where
    the quote was resolved.
    """
    require(mentions, ["article_id", "actor_id"], source="mentions")
    require(quotes, ["actor_id"], source="quotes")
    heard = set(texts_of(quotes, "actor_id"))
    named = mentions[(mentions["actor_id"] != "") & ~mentions["actor_id"].isin(heard)]
    counts = named.groupby("actor_id").agg(mentions=("actor_id", "size"), articles=("article_id", "nunique"))
    who = actors.assign(actor_id=texts_of(actors, "actor_id")).drop_duplicates("actor_id")
    table = who.reindex(columns=["actor_id", "name", "kind"]).merge(counts.reset_index(), on="actor_id")
    table = table[table["kind"].isin(kinds)] if kinds else table
    table = table.sort_values(["mentions", "actor_id"], ascending=[False, True], ignore_index=True)
    return table[list(UNHEARD)].astype(dict(UNHEARD))
