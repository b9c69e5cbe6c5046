"""Duplicates: articles of the same or nearly the same text, such as agency copy that many outlets carry.

Nothing is taken out here: every article keeps its row, and `select_representatives` is there for whoever wants each
text to count once.
"""

from collections import Counter
from numbers import Real

import pandas as pd

from toolkit.errors import TableError
from toolkit.shingles import Likeness, group_alike
from toolkit.summary import group_of
from toolkit.tables import DUPLICATE_COUNTS, DUPLICATES, as_table, require, texts_of

UNTIL_MIDNIGHT = pd.Timedelta(days=1) - pd.Timedelta(microseconds=1)
CATEGORIES = ("shared", "later", "first", "repeated")


def find_duplicates(articles: pd.DataFrame, threshold: float = 0.6) -> pd.DataFrame:
    """Find texts that are the same or nearly so, one row per article, in the order of `articles`.

    Columns: article_id, group (article_id of the group's representative; its own where the article is alone),
    representative (the earliest published; of several at once, or without a date, the first by article_id),
    similarity (to the representative), kind (unique; exact: another article has the same words; near), size (articles
    in the group).

    Similarity is the share of five-word shingles that two texts have in common, of all that either has (Jaccard;
    Broder 1997, doi 10.1109/SEQUEN.1997.666900), whatever case, punctuation and title. Five words are long enough that
    unrelated news rarely share them, and short enough that one changed word costs five shingles, not a paragraph: in
    500 words, about eleven scattered changes or a last fifth cut off leave 0.8; about 25 changes or the last two fifths
    cut off leave 0.6: copy that a desk has edited. Texts of fewer than five words are alike only if they are the same,
    and empty ones never. Each member reaches the threshold with the representative, not merely with another member. Of
    pairs just at the threshold about 1 in 100 at most may be missed, fewer above it. Time grows with the number of
    words; below 0.5 more chance likenesses have to be looked at. Raises TableError for a threshold that is not above
    0 and at most 1.
    """
    require(articles, ["article_id", "text"], source="articles")
    if not isinstance(threshold, Real) or not 0 < threshold <= 1:
        raise TableError(f"threshold must be above 0 and at most 1, such as 0.6, not {threshold!r}.")
    ids, texts = _ids_of(articles), texts_of(articles, "text")
    order = _earliest_first(articles)
    likenesses = group_alike([texts[place] for place in order], float(threshold))
    rows = _rows([ids[place] for place in order], likenesses)
    return as_table((rows[article_id] for article_id in ids), DUPLICATES)


def _ids_of(articles: pd.DataFrame) -> list[str]:
    ids = texts_of(articles, "article_id")
    if len(set(ids)) < len(ids):
        repeated = pd.Index(ids)
        raise TableError(f"articles has more than one row of id {repeated[repeated.duplicated()][0]!r}.")
    return ids


def _earliest_first(articles: pd.DataFrame) -> list[int]:
    """Return the places of the rows by publication, then article_id; those without a date come last."""
    keys = pd.DataFrame({"published": _published(articles), "article_id": texts_of(articles, "article_id")})
    return keys.sort_values(["published", "article_id"], na_position="last").index.tolist()


def _published(articles: pd.DataFrame) -> pd.Series:
    written = articles["published"] if "published" in articles.columns else pd.Series(pd.NaT, index=articles.index)
    return pd.to_datetime(written, utc=True, errors="coerce", format="mixed").reset_index(drop=True)


def _rows(ids: list[str], likenesses: list[Likeness]) -> dict[str, tuple]:
    """Return the row of each article, by its id."""
    sizes = pd.Series([likeness.leader for likeness in likenesses]).value_counts()
    alike = Counter(likeness.same for likeness in likenesses)
    rows = {}
    for number, (same, leader, similarity) in enumerate(likenesses):
        kind = "unique" if sizes[leader] == 1 else "exact" if alike[same] > 1 else "near"
        rows[ids[number]] = (ids[number], ids[leader], number == leader, similarity, kind, sizes[leader])
    return rows


def select_representatives(articles: pd.DataFrame, duplicates: pd.DataFrame) -> pd.DataFrame:
    """Return the articles with each group counted once, by the earliest of its articles that is among `articles`.

    `duplicates` may cover more articles than these, such as a corpus of which one outlet was selected.
    """
    known = _aligned(duplicates, articles)
    order = _earliest_first(articles)
    chosen = known.iloc[order].drop_duplicates("group").index
    return articles[known.index.isin(chosen)].reset_index(drop=True)


def _aligned(duplicates: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `duplicates` for `articles`, in their order, numbered from 0."""
    require(duplicates, DUPLICATES, source="duplicates")
    ids = _ids_of(require(articles, ["article_id"], source="articles"))
    table = duplicates.set_index("article_id")
    if missing := [article_id for article_id in ids if article_id not in table.index]:
        raise TableError(
            f"{len(missing)} articles are not in duplicates, first {missing[0]!r}. Find duplicates among all of them."
        )
    return table.loc[ids].reset_index()


def count_duplicates(duplicates: pd.DataFrame, articles: pd.DataFrame, by: str = "outlet") -> pd.DataFrame:
    """Say of each article how others carry its text, one row per article and category, for `share_by`.

    Columns: article_id, category, present. Categories: shared (another outlet has it too), later (another outlet
    certainly had it earlier), first (it is certainly earlier than any other outlet's), repeated (its own outlet has
    it more than once). A date without a time is a whole day: on one day nobody is certainly first, nor without a date.
    `by` is a column of `articles`, such as outlet; articles where it is empty count as of one outlet.
    """
    known = _aligned(duplicates, articles)
    group, outlet = known["group"], group_of(articles, by).reset_index(drop=True)
    start, end = _spans(articles)
    carriers = outlet.groupby(group).transform("nunique")
    present = {
        "shared": carriers > 1,
        "later": _least_elsewhere(end, group, outlet) < start,
        "first": end < _least_elsewhere(start, group, outlet),
        "repeated": group.groupby([group, outlet]).transform("size") > 1,
    }
    rows = (
        (article_id, name, present[name][place])
        for place, article_id in enumerate(known["article_id"])
        for name in CATEGORIES
    )
    return as_table(rows, DUPLICATE_COUNTS)


def _spans(articles: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return between which instants each article appeared; midnight is how a date without a time is read."""
    start = _published(articles)
    written = zip(texts_of(articles, "published_local"), start, strict=True)
    whole_day = [(local or at.isoformat())[10:19] in ("", "T00:00:00") for local, at in written]
    return start, start.mask(pd.Series(whole_day, dtype=bool), start + UNTIL_MIDNIGHT)


def _least_elsewhere(instants: pd.Series, group: pd.Series, outlet: pd.Series) -> pd.Series:
    """Return for each article the earliest instant in its group that is of another outlet, NaT where there is none."""
    keys = pd.DataFrame({"group": group, "outlet": outlet, "at": instants}).dropna(subset="at")
    leasts = keys.groupby(["group", "outlet"], as_index=False)["at"].min().sort_values(["group", "at"], kind="stable")
    place = leasts.groupby("group").cumcount()
    first, second = (leasts[place == number].set_index("group").reindex(group) for number in (0, 1))
    own = first["outlet"].to_numpy() == outlet.to_numpy()
    return first["at"].mask(own, second["at"]).reset_index(drop=True)


def describe_duplicates(duplicates: pd.DataFrame, articles: pd.DataFrame, by: str = "outlet") -> pd.DataFrame:
    """Describe each text that stands more than once, one row per group, the largest first.

    Columns: title (of the earliest article that has one), articles, exact (of them, in words that another has too),
    least (similarity of the member least like it), carriers (how many), carried by (their names),
    first, last (local days).
    """
    facts = _aligned(duplicates, articles).assign(
        title=[title or None for title in texts_of(articles, "title")],
        carrier=group_of(articles, by).to_numpy(),
        day=[local[:10] or None for local in texts_of(articles, "published_local")],
    )
    facts = facts.iloc[_earliest_first(articles)]
    grouped = facts[facts["group"].duplicated(keep=False)].groupby("group", sort=False)
    table = grouped.agg(
        title=("title", "first"),
        articles=("article_id", "size"),
        exact=("kind", lambda kinds: (kinds == "exact").sum()),
        least=("similarity", "min"),
        carriers=("carrier", "nunique"),
        names=("carrier", lambda names: "; ".join(sorted(set(names)))),
        first=("day", "min"),
        last=("day", "max"),
    )
    table = table.sort_values(["articles", "carriers"], ascending=False, kind="stable")
    return table.rename(columns={"names": "carried by"}).reset_index(drop=True)


def count_carriers(duplicates: pd.DataFrame, articles: pd.DataFrame, by: str = "outlet") -> pd.DataFrame:
    """Count the texts that two outlets both carry, one row per pair of outlets that share any, the most first.

    Columns: carrier, other, groups (texts both carry, each counted once however often an outlet has it).
    """
    known = _aligned(duplicates, articles)
    carried = known[["group"]].assign(carrier=group_of(articles, by).to_numpy()).drop_duplicates()
    pairs = carried.merge(carried.rename(columns={"carrier": "other"}), on="group")
    pairs = pairs[pairs["carrier"] < pairs["other"]]
    counts = pairs.groupby(["carrier", "other"]).size().reset_index(name="groups")
    return counts.sort_values(["groups", "carrier", "other"], ascending=[False, True, True], ignore_index=True)
