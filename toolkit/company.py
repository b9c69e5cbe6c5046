"""Company: which actors stand beside each other, in a sentence or in an article, as a network."""

import numpy as np
import pandas as pd

from toolkit.errors import TableError
from toolkit.extents import codes_in, distinct, each_once
from toolkit.tables import COMPANY, as_table, require

WITHIN = {"sentence": ["article_id", "sentence_id"], "article": ["article_id"]}


def count_company(mentions: pd.DataFrame, within: str = "sentence") -> pd.DataFrame:
    """Count how often two actors are named together, one row per pair that is at least once, most often first.

    Columns: actor, other (actor_ids, the first in the alphabet first), n (sentences, or articles, by `within`, that
    name both), articles (in which they are together so). Mentions that belong to nobody are left out. Raises TableError
    for another unit.
    """
    if within not in WITHIN:
        raise TableError(f"{within!r} is no unit of company. Use one of: {', '.join(WITHIN)}.")
    keys = WITHIN[within]
    require(mentions, [*keys, "actor_id"], source="mentions")
    named = mentions[mentions["actor_id"] != ""]
    ids, actors = each_once(named["article_id"])[0].astype("int64"), pd.Index(named["actor_id"].unique(), dtype="str")
    actors = actors.sort_values()
    places = ids if within == "article" else ids * (1 + named["sentence_id"].max()) + named["sentence_id"].to_numpy()
    number = max(1, len(actors))
    cells, first = np.unique(places * number + codes_in(named["actor_id"], actors), return_index=True)
    place, actor, article = cells // number, cells % number, ids[first]
    pairs, where = [], []
    for step in range(1, number):  # who stands so many further in the same place
        together = np.flatnonzero(place[step:] == place[:-step])
        if not len(together):
            break
        pairs.append(actor[together] * number + actor[together + step])
        where.append(article[together])
    if not pairs:
        return as_table([], COMPANY)
    pair = np.concatenate(pairs)
    found, n = np.unique(pair, return_counts=True)
    spread = distinct(np.concatenate(where) * number**2 + pair) % number**2
    articles = np.unique(spread, return_counts=True)[1]
    rows = zip(actors[found // number], actors[found % number], n.tolist(), articles.tolist(), strict=True)
    return as_table(sorted(rows, key=lambda row: (-row[2], row[:2])), COMPANY)
