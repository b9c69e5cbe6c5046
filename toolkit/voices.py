"""Voices: who is heard, for how long, in whose words, and who is named but never heard.

A share of speaking time is a share of attributed words, quoted or reported: space in the text, not seconds.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from toolkit.errors import TableError
from toolkit.extents import decode, each_once, encode
from toolkit.intervals import ratio_intervals
from toolkit.quotes import words_of
from toolkit.summary import split_by
from toolkit.tables import SPEAKERS, SUMMARY, UNHEARD, as_table, require, texts_of

NOBODY = "(nobody named)"
UNITS = ("words", "quotes")
KINDS = ("direct", "indirect", "mixed")
NEEDED = ("article_id", "kind", "speaker")


def name_speakers(quotes: pd.DataFrame, actors: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return quotes with the name of the registry where a speaker is in it, and a name for those who have none.

    Columns as given, and words (white space parts them).
    """
    require(quotes, NEEDED, source="quotes")
    names = {} if actors is None else dict(zip(texts_of(actors, "actor_id"), texts_of(actors, "name"), strict=True))
    (own, speakers), (who, ids) = encode(quotes["speaker"]), encode(quotes["actor_id"])
    known = [names.get(actor_id, "") for actor_id in ids]
    every = pd.Index(sorted({*speakers, *known, NOBODY} - {""}), dtype="str")
    by_name = every.get_indexer([speaker or NOBODY for speaker in speakers])
    by_actor = every.get_indexer(known)[who]
    speaker = decode(np.where(by_actor >= 0, by_actor, by_name[own]), every, quotes["speaker"])
    named = quotes.assign(speaker=speaker.set_axis(quotes.index))
    if "words" in quotes.columns:
        return named
    return named.assign(words=words_of(quotes))


def rank_speakers(quotes: pd.DataFrame, actors: pd.DataFrame | None = None) -> pd.DataFrame:
    """Rank those who are heard, one row per speaker, most words first.

    Columns: speaker, actor_id ("" for whom the registry does not know), quotes, articles, words, share (of all
    attributed words), direct, indirect, mixed (quotes of each kind). Quotes nobody is named for are a row too.
    """
    named = name_speakers(quotes, actors)
    named = named.assign(**{kind: named["kind"] == kind for kind in KINDS})
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
    size = named["words"].to_numpy() if unit == "words" else np.ones(len(named), dtype="int64")
    (article, ids), (kind, names) = each_once(named["article_id"]), encode(named[category])
    totals, sums = np.bincount(article, size, len(ids)), np.bincount(kind, size, len(names))
    order = sorted(range(len(names)), key=lambda place: (-sums[place], names[place]))[: top or None]
    places = np.full(len(names) + 1, -1)
    places[order] = np.arange(len(order))
    shown = places[kind] >= 0
    cells = article[shown].astype("int64") * len(order) + places[kind][shown]
    wide = np.bincount(cells, size[shown], len(ids) * len(order)).reshape(len(ids), len(order))
    rows = []
    for group, own in split_by(ids, articles, by):
        table, whole = wide[own], totals[own]
        values = table.sum(axis=0) / whole.sum() if whole.sum() else np.full(len(order), np.nan)
        told = zip(names[order], values, ratio_intervals(table, seed, whole), strict=True)
        rows += [(group, name, len(own), value, *interval) for name, value, interval in told]
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
    heard = set(quotes["actor_id"].unique())
    named = mentions[(mentions["actor_id"] != "") & ~mentions["actor_id"].isin(heard)]
    counts = named.groupby("actor_id").agg(mentions=("actor_id", "size"), articles=("article_id", "nunique"))
    who = actors.assign(actor_id=texts_of(actors, "actor_id")).drop_duplicates("actor_id")
    table = who.reindex(columns=["actor_id", "name", "kind"]).merge(
        counts.reset_index().astype({"actor_id": "str"}), on="actor_id"
    )
    table = table[table["kind"].isin(kinds)] if kinds else table
    table = table.sort_values(["mentions", "actor_id"], ascending=[False, True], ignore_index=True)
    return table[list(UNHEARD)].astype(dict(UNHEARD))
