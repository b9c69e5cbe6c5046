"""Salience: how much of the text a frame takes up, in sentences, by group and beside the actors they name."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from toolkit.framing import SENTENCE, assessed_frames
from toolkit.intervals import ratio_intervals
from toolkit.summary import group_of
from toolkit.tables import SALIENCE, as_table, require, texts_of


def salience_by(
    hits: pd.DataFrame,
    sentences: pd.DataFrame,
    frames: pd.DataFrame,
    articles: pd.DataFrame,
    by: str = "",
    seed: int = 1,
) -> pd.DataFrame:
    """Share of sentences that hold a term of a frame, one row per group of articles and frame.

    Columns: group, category (the frame), n (articles), value (a share of 1: sentences with a hit of all sentences),
    low, high (95% interval, by article), method, sentences. Long articles weigh as they are.
    """
    require(sentences, SENTENCE, source="sentences")
    groups = group_of(articles, by).reindex(texts_of(sentences, "article_id")).to_numpy()
    return _salience(((str(group), own) for group, own in sentences.groupby(groups)), hits, frames, seed)


def salience_beside(
    hits: pd.DataFrame, sentences: pd.DataFrame, frames: pd.DataFrame, mentions: pd.DataFrame, seed: int = 1
) -> pd.DataFrame:
    """Share of the sentences naming an actor that hold a term of a frame, one row per actor and frame.

    Columns as of `salience_by`; group is the actor_id, n the articles that name it, sentences those that do. A frame
    beside an actor is not a frame put forward by it. Mentions that belong to nobody are left out.
    """
    require(mentions, [*SENTENCE, "actor_id"], source="mentions")
    named = mentions[mentions["actor_id"] != ""].drop_duplicates([*SENTENCE, "actor_id"])
    order = named["actor_id"].value_counts().index
    tables = dict(iter(named.groupby("actor_id")))
    groups = ((actor_id, sentences.merge(tables[actor_id][SENTENCE], on=SENTENCE)) for actor_id in order)
    return _salience(groups, hits, frames, seed)


def _salience(
    groups: Iterable[tuple[str, pd.DataFrame]], hits: pd.DataFrame, frames: pd.DataFrame, seed: int
) -> pd.DataFrame:
    names = assessed_frames(frames)
    found = hits.drop_duplicates([*SENTENCE, "frame"])
    rows = []
    for group, own in groups:
        totals = own.groupby("article_id").size()
        with_it = found.merge(own[SENTENCE], on=SENTENCE).groupby(["article_id", "frame"]).size()
        wide = with_it.unstack(fill_value=0).reindex(index=totals.index, columns=names, fill_value=0)
        number, intervals = int(totals.sum()), ratio_intervals(wide.to_numpy(), seed, totals.to_numpy())
        values = wide.sum().to_numpy() / number if number else np.full(len(names), np.nan)
        told = zip(names, values, intervals, strict=True)
        rows += [(group, name, len(totals), value, *interval, number) for name, value, interval in told]
    return as_table(rows, SALIENCE)
