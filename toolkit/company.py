"""Company: which actors stand beside each other, in a sentence or in an article, as a network."""

from collections import Counter
from itertools import combinations

import pandas as pd

from toolkit.errors import TableError
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
    named = mentions[mentions["actor_id"] != ""].drop_duplicates([*keys, "actor_id"])
    together: Counter[tuple[str, str]] = Counter()
    articles: dict[tuple[str, str], set[str]] = {}
    for place, own in named.groupby(keys, sort=False)["actor_id"]:
        for pair in combinations(sorted(own), 2):
            together[pair] += 1
            articles.setdefault(pair, set()).add(place[0])
    rows = [(*pair, n, len(articles[pair])) for pair, n in sorted(together.items(), key=lambda one: (-one[1], one[0]))]
    return as_table(rows, COMPANY)
