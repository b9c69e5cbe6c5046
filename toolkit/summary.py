"""Summary: any finding per article -> shares and means per group, each with n, an interval, and how it was made."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import pandas as pd

from toolkit.errors import TableError, nearest
from toolkit.extents import codes_in, encode
from toolkit.intervals import LARGE, mean_intervals, ratio_intervals, share_interval
from toolkit.progress import progress
from toolkit.tables import SUMMARY, WORDS, as_table, marks_of, require, texts_of

PERIODS = {"year": 4, "month": 7, "day": 10}  # characters of an ISO date
FREQUENCIES = {"year": "Y", "month": "M", "week": "W-SUN", "day": "D"}
DAYS = {"week": 7, "month": 30}
WHOLE = "all articles"
UNKNOWN = "(unknown)"
ALL = "\0"  # beside columns named for actors
CATEGORIES = ("frame", "actor_id", "category", "variable")
Labels = Mapping[str, str]  # what categories are called in words


def share_by(counts: pd.DataFrame, articles: pd.DataFrame, by: str = "", seed: int = 1) -> pd.DataFrame:
    """Share of articles in which something is present, one row per group and category.

    `counts` has article_id, a category column (frame, actor_id ...) and `present`. `by` is a column of `articles`, or
    year, month, week or day of publication, or "" for all articles together. Columns: group, category, n (articles
    counted in the group), value (a share of 1), low, high (95% interval), method (how the interval was made).
    """
    require(counts, ["article_id", "present"], source="counts")
    category = category_of(counts)
    wide = _wide(counts.assign(present=marks_of(counts, "present")), category, "present")
    return share_of(wide, articles, by, seed)


def share_of(shown: pd.DataFrame, articles: pd.DataFrame, by: str = "", seed: int = 1) -> pd.DataFrame:
    """Share of articles by a table of one row per article, indexed by article_id, and one column per category.

    Cells are yes or no, NaN where it is not known. Columns as in `share_by`.
    """
    rows = []
    for group, table in _groups(shown, articles, by, drawn=False):
        known = table.notna().sum()
        for name, found, n in zip(table.columns, table.sum(), known, strict=True):
            rows.append((group, name, n, found / n if n else np.nan, *share_interval(int(found), int(n), seed)))
    return as_table(rows, SUMMARY)


def mean_by(scores: pd.DataFrame, articles: pd.DataFrame, by: str = "", seed: int = 1) -> pd.DataFrame:
    """Mean of each numeric column of `scores` (article_id and numbers), one row per group and column.

    Columns as in `share_by`; value is in the unit of the scores, and n counts the articles that have a value. Where an
    article has several rows, such as sentences, they are averaged first: the article stays the unit.
    """
    require(scores, ["article_id"], source="scores")
    numbers = scores.select_dtypes("number").drop(columns="sentence_id", errors="ignore")
    ids, names = encode(scores["article_id"])
    means = numbers if len(names) == len(scores) else numbers.groupby(ids).mean()
    wide = means.set_axis(names)
    rows = []
    for group, table in _groups(wide, articles, by):
        values = table.to_numpy(dtype=float)
        intervals = mean_intervals(values, seed)
        summed = zip(table.columns, table.notna().sum(), table.mean(), intervals, strict=True)
        rows += [(group, str(name), n, mean, *interval) for name, n, mean, interval in summed]
    return as_table(rows, SUMMARY)


def voice_by(
    counts: pd.DataFrame, articles: pd.DataFrame, by: str = "", seed: int = 1, mentions: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Share of voice: each actor's part of all mentions in a group, one row per group and actor.

    `counts` as from `count_mentions`. Columns as in `share_by`; a group without any mention has value NaN. With
    `mentions` the shares are of these, where not all actors are in `counts`.
    """
    require(counts, ["article_id", "actor_id", "mentions"], source="counts")
    wide = _wide(counts, "actor_id", "mentions")
    whole = wide.sum(axis=1)
    if mentions is not None:
        places = codes_in(mentions["article_id"], wide.index)
        whole = np.bincount(places[(places >= 0) & (mentions["actor_id"] != "").to_numpy()], minlength=len(wide))
    rows = []
    for group, table in _groups(wide.assign(**{ALL: whole}), articles, by):
        own = table.pop(ALL).to_numpy()
        values = table.sum() / own.sum() if own.sum() else table.sum() * np.nan
        voices = zip(table.columns, values, ratio_intervals(table.to_numpy(), seed, own), strict=True)
        rows += [(group, name, len(table), value, *interval) for name, value, interval in voices]
    return as_table(rows, SUMMARY)


def _wide(counts: pd.DataFrame, category: str, column: str) -> pd.DataFrame:
    """Return a table of one row per article and one column per category; raise TableError if a pair stands twice."""
    (ids, names), (kinds, order) = encode(counts["article_id"]), encode(counts[category])
    cells = ids.astype("int64") * len(order) + kinds
    times = np.bincount(cells, minlength=len(names) * len(order))
    if times.max(initial=0) > 1:
        article_id, kind = names[times.argmax() // len(order)], order[times.argmax() % len(order)]
        raise TableError(f"counts has more than one row for {article_id!r} and {kind!r}. Sum them.")
    values = np.full(len(times), np.nan)
    values[cells] = counts[column]
    return pd.DataFrame(values.reshape(len(names), len(order)), index=names, columns=order)


def fitting_period(articles: pd.DataFrame, most: int = 120, finest: str = "week") -> str:
    """Return week, month or year: the finest of which the articles span no more than can be told apart in a figure."""
    days = pd.to_datetime(group_of(articles, "day"), format="ISO8601", errors="coerce").dropna()
    span = (days.max() - days.min()).days if len(days) else 0
    fitting = [period for period, length in DAYS.items() if span <= most * length]
    return next((period for period in fitting if DAYS[period] >= DAYS[finest]), "year")


def count_articles(articles: pd.DataFrame, by: str = "outlet", period: str = "week") -> pd.DataFrame:
    """Count articles, one row per group and one column per period, zeros kept, so that gaps show.

    `period` is year, month, week (named by its Monday) or day. Articles without a date are not counted here.
    """
    if period not in FREQUENCIES:
        raise TableError(f"{period!r} is no period. Use one of: {', '.join(FREQUENCIES)}.")
    periods, groups = group_of(articles, period), group_of(articles, by)
    dated = periods != UNKNOWN
    counts = pd.crosstab(groups[dated], periods[dated], dropna=False)
    counts.index.name = counts.columns.name = None
    if counts.empty:
        return counts
    periods = _every(counts.columns, period)
    return counts.reindex(columns=periods, fill_value=0).reindex(groups.unique(), fill_value=0).sort_index()


def every_period(names: Iterable[str]) -> list[str]:
    """Return all periods from the first to the last of those named, by the form of the names; what is no date as it is.

    Days seven apart are weeks.
    """
    known = sorted(set(names))
    dates = pd.to_datetime(pd.Series(known), format="ISO8601", errors="coerce")
    if dates.isna().any() or not known:
        return known
    finest = next((period for period, length in PERIODS.items() if len(known[0]) == length), "day")
    weekly = finest == "day" and len(known) > 1 and not (dates.diff().dropna().dt.days % 7).any()
    return _every(known, "week" if weekly else finest)


def _every(names: Iterable[str], period: str) -> list[str]:
    every = pd.period_range(min(names), max(names), freq=FREQUENCIES[period])
    return list(every.start_time.strftime("%Y-%m-%d").str[: PERIODS.get(period, 10)])


def count_languages(articles: pd.DataFrame, by: str = "outlet") -> pd.DataFrame:
    """Count the languages articles are in, one row per group: the group, and a column per language code or unknown."""
    require(articles, ["article_id", "language"], source="articles")
    codes = articles["language"].replace("", "unknown").to_numpy()
    counts = pd.crosstab(group_of(articles, by).to_numpy(), codes, rownames=[by], colnames=[""])
    return counts.rename_axis(columns=None).reset_index()


def describe_articles(articles: pd.DataFrame, by: str = "outlet") -> pd.DataFrame:
    """Describe what each group contributes and lacks, one row per group.

    Columns: group, articles, first, last (local days), longest gap (days without an article between them), words
    (median of those that have a text), and how many articles lack text, date, title, section, author and url.
    """
    require(articles, ["published_local", "title", "section", "author", "url"], source="articles")
    day = articles["published_local"].str[:10].replace("", None)
    lacking = {"no text": ~have_text(articles).to_numpy()}
    lacking |= {f"no {name}": (articles[name] == "").to_numpy() for name in ("title", "section", "author", "url")}
    lacking |= {"no date": day.isna().to_numpy()}
    words = article_lengths(articles).where(have_text(articles))
    facts = articles.assign(group=group_of(articles, by).to_numpy(), words=words, day=day, **lacking)
    grouped = facts.groupby("group")
    table = grouped.agg(
        articles=("article_id", "size"),
        first=("day", "min"),
        last=("day", "max"),
        gap=("day", _longest_gap),
        words=("words", "median"),
    )
    return table.join(grouped[list(lacking)].sum()).reset_index().rename(columns={"gap": "longest gap"})


def _longest_gap(days: pd.Series) -> int:
    """Return the longest run of days without an article between the first and the last."""
    dates = pd.to_datetime(days.dropna().unique(), errors="coerce").sort_values()
    return int(max((dates[1:] - dates[:-1]).days, default=1)) - 1 if len(dates) else 0


def article_lengths(articles: pd.DataFrame) -> pd.Series:
    """Count the words of each article's text, as parted by white space."""
    if "text" not in articles and WORDS in articles:
        return articles[WORDS]
    return require(articles, ["text"], source="articles")["text"].str.split().str.len()


def thin_lengths(articles: pd.DataFrame, by: str = "outlet", most: int = 1_000) -> pd.DataFrame:
    """Return the lengths of articles for a figure: words and group; of a group of more than `most`, its quantiles."""
    table = pd.DataFrame({"words": article_lengths(articles).to_numpy(), "group": group_of(articles, by).to_numpy()})
    large = table["group"].map(table["group"].value_counts()) > most
    kept = [table[~large]]
    for group, own in table[large].groupby("group")["words"]:
        kept.append(
            pd.DataFrame({"words": np.quantile(own, np.linspace(0, 1, most), method="nearest"), "group": group})
        )
    return pd.concat(kept, ignore_index=True)


def have_text(articles: pd.DataFrame) -> pd.Series:
    """Say of each article whether it has a text, also where the texts themselves were not read."""
    if "text" not in articles and WORDS in articles:
        return articles[WORDS] > 0
    return require(articles, ["text"], source="articles")["text"] != ""


def group_of(articles: pd.DataFrame, by: str) -> pd.Series:
    """Return the group of each article, indexed by article_id; unknown values are a group of their own."""
    require(articles, ["article_id"], source="articles")
    ids = pd.Index(texts_of(articles, "article_id"), name="article_id")
    if by is None or by == "":
        return pd.Series(WHOLE, index=ids)
    if not isinstance(by, str):
        raise TableError(f"by must name one column or period, not {by!r}.")
    if by in PERIODS or by == "week":
        return pd.Series(_periods(articles, by).to_numpy(), index=ids)
    if by not in articles.columns:
        usual = [name for name in ("outlet", "section", "author", "language") if name in articles.columns]
        known = [*usual, *PERIODS, "week"]
        guess = nearest(by, [*articles.columns, *known])
        raise TableError(f"articles cannot be grouped by {by!r}.{guess} Use {', '.join(known)}, or another column.")
    names = articles[by].astype("str").fillna("").str.strip()
    return pd.Series(names.where(names != "", UNKNOWN).to_numpy(), index=ids)


def groups_along(articles: pd.DataFrame, by: str, names: pd.Index) -> pd.Series:
    """Return the group of each of the articles named, NaN of those that are not among `articles`."""
    groups = group_of(articles, by)
    if groups.index.equals(names):
        return groups
    if groups.index.has_duplicates:
        raise TableError(f"articles has more than one row of id {groups.index[groups.index.duplicated()][0]!r}.")
    return groups.reindex(names)


def _periods(articles: pd.DataFrame, by: str) -> pd.Series:
    """Return the period of publication, by the outlet's local date where it is known, else by UTC."""
    published = require(articles, ["published"], source="articles")["published"]
    dates = pd.Series("", index=articles.index, dtype="str")
    if "published_local" in articles.columns:
        dates = articles["published_local"].astype("str").fillna("").str[:10]
    if (unknown := dates == "").any():
        instants = pd.to_datetime(published[unknown], utc=True, errors="coerce")
        dates = dates.where(~unknown, instants.dt.strftime("%Y-%m-%d").fillna(""))
    if by == "week":
        days = pd.to_datetime(dates, errors="coerce")
        dates = (days - pd.to_timedelta(days.dt.day_of_week, unit="D")).dt.strftime("%Y-%m-%d").fillna("")
    else:
        dates = dates.str[: PERIODS[by]]
    return dates.where(dates != "", UNKNOWN)


def label_of(name: str, labels: Labels | None = None) -> str:
    """Return what a category is called in words and figures."""
    return (labels or {}).get(name, name.replace("_", " "))


def category_of(counts: pd.DataFrame) -> str:
    """Return the column that names what is counted: frame, actor_id, category or, of codings, variable."""
    candidates = [column for column in CATEGORIES if column in counts.columns]
    if not candidates:
        raise TableError(f"counts lacks a category column. Name it one of: {', '.join(CATEGORIES)}.")
    return candidates[0]


def _groups(
    wide: pd.DataFrame, articles: pd.DataFrame, by: str, drawn: bool = True
) -> Iterator[tuple[str, pd.DataFrame]]:
    groups = groups_along(articles, by, wide.index)
    if groups.isna().any():
        raise TableError(
            f"{groups.isna().sum()} articles of the findings are not in articles. Pass the same selection."
        )
    grouped = wide.groupby(groups.to_numpy(), sort=True)
    for group, table in progress(grouped, "summary", total=grouped.ngroups):
        # Sorted where articles are drawn, so that the order of the rows given changes no interval.
        yield str(group), table.sort_index() if drawn and len(table) <= LARGE else table
