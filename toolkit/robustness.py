"""Robustness: whether a difference between two groups stands when the frames are counted by other rules.

One specification is the main one, declared before; the others show how far the finding hangs on it (a multiverse:
Steegen et al. 2016, doi 10.1177/1745691616658637; for dictionaries Chan et al. 2021, doi
10.5117/CCR2021.1.001.CHAN).
"""

from collections.abc import Mapping
from math import sqrt

import numpy as np
import pandas as pd

from toolkit.duplicates import select_representatives
from toolkit.extents import encode, places_in
from toolkit.framing import assessed_items, count_hits
from toolkit.intervals import wilson
from toolkit.summary import number_groups
from toolkit.tables import SUMMARY, as_table, require

MAIN = "main specification"
NEWCOMBE = "Newcombe"


def vary_counts(
    hits: pd.DataFrame,
    sentences: pd.DataFrame,
    frames: pd.DataFrame,
    articles: pd.DataFrame,
    duplicates: pd.DataFrame | None = None,
    at_least: int = 1,
    rule: str = "sentences",
    frame: str = "",
) -> dict[str, pd.DataFrame]:
    """Count the frames of articles by the main specification and by others: tables of article_id, frame, present.

    The others: more and fewer sentences, two items and most items (where a frame has several), without the titles, the
    titles and leads alone, without the term of each frame that fires most, and, where `duplicates` are given, each text
    once. A specification that is the main one is left out. Counts by other codebooks may be added, under names of their
    own. With `frame` that one alone is counted. `sentences`, or their extents.
    """
    several = max(assessed_items(frames).values(), default=0) > 1
    if frame:
        hits, frames = hits[hits["frame"] == frame], frames[frames["frame"] == frame]
    counted = {MAIN: _present(hits, sentences, frames, at_least, rule)}
    for number in (1, 2, 3):
        if (rule, at_least) != ("sentences", number):
            name = f"{number} sentence{'' if number == 1 else 's'} or more"
            counted[name] = _present(hits, sentences, frames, number)
    if several and (rule, at_least) != ("items", 2):
        counted["two items or more"] = _present(hits, sentences, frames, 2, "items")
    if several and rule != "majority":
        counted["most items"] = _present(hits, sentences, frames, rule="majority")
    parts = {"without titles": sentences["part"] != "title", "titles and leads alone": sentences["part"] != "body"}
    for name, chosen in parts.items():
        counted[name] = _present(hits, sentences[chosen], frames, at_least, rule)
    counted["without the commonest term"] = _present(_without_commonest(hits), sentences, frames, at_least, rule)
    if duplicates is not None and len(duplicates):
        once = set(select_representatives(articles, duplicates)["article_id"])
        main = counted[MAIN]
        counted["each text once"] = main[main["article_id"].isin(once)].reset_index(drop=True)
    return counted


def _present(
    hits: pd.DataFrame, sentences: pd.DataFrame, frames: pd.DataFrame, at_least: int = 1, rule: str = "sentences"
) -> pd.DataFrame:
    return count_hits(hits, sentences, frames, at_least, rule)[["article_id", "frame", "present"]]


def _without_commonest(hits: pd.DataFrame) -> pd.DataFrame:
    """Return the hits but those of the term of each frame that fires most, the first in the alphabet of several."""
    frame, (term, terms) = encode(hits["frame"])[0], encode(hits["term"])
    pairs = frame * len(terms) + term
    times = pd.Series(pairs).value_counts().rename("hits").rename_axis("pair").reset_index()
    times = times.assign(frame=times["pair"] // max(1, len(terms)), term=terms[times["pair"] % max(1, len(terms))])
    most = times.sort_values(["hits", "term"], ascending=[False, True]).drop_duplicates("frame")
    return hits[~np.isin(pairs, most["pair"])]


def compare_groups(
    variants: Mapping[str, pd.DataFrame], articles: pd.DataFrame, by: str, category: str, groups: tuple[str, str]
) -> pd.DataFrame:
    """Difference between the shares of two groups under each specification, one row per specification.

    `variants` are tables of counts by name. Columns: group (the specification), category, n (articles of both groups),
    value (share of the first group less that of the second; NaN where a group has no article), low, high (95%, Newcombe
    1998, method 10, doi 10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I), method.
    """
    rows, (codes, names) = [], number_groups(articles, by)
    sides = np.append(pd.Index(groups, dtype="str").get_indexer(names)[codes], -1)
    for name, counts in variants.items():
        require(counts, ["article_id", "frame", "present"], source="counts")
        own = counts[counts["frame"] == category]
        if own.empty:
            rows.append((name, category, 0, np.nan, np.nan, np.nan, "no such frame"))
            continue
        side = sides[places_in(own["article_id"], articles["article_id"])]
        found = [own["present"].to_numpy(dtype=bool)[side == number] for number in range(2)]
        if not all(map(len, found)):
            missing = next(group for group, marks in zip(groups, found, strict=True) if not len(marks))
            rows.append((name, category, sum(map(len, found)), np.nan, np.nan, np.nan, f"no article of {missing}"))
            continue
        one, other = ((int(marks.sum()), len(marks)) for marks in found)
        difference = one[0] / one[1] - other[0] / other[1]
        rows.append((name, category, one[1] + other[1], difference, *_newcombe(one, other), NEWCOMBE))
    return as_table(rows, SUMMARY)


def _newcombe(one: tuple[int, int], other: tuple[int, int]) -> tuple[float, float]:
    (first, n), (second, m) = one, other
    a, b = first / n, second / m
    (low_a, high_a), (low_b, high_b) = wilson(a, n), wilson(b, m)
    return a - b - sqrt((a - low_a) ** 2 + (high_b - b) ** 2), a - b + sqrt((high_a - a) ** 2 + (b - low_b) ** 2)


def flips(differences: pd.DataFrame) -> list[str]:
    """Return the specifications under which a difference has the other sign than under the first, the main one."""
    main = np.sign(differences["value"].iloc[0])
    turned = np.sign(differences["value"]) * main < 0
    return list(differences.loc[turned, "group"])
