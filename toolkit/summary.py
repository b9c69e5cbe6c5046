"""Summary: any finding per article -> shares and means per group, each with n, an interval, and how it was made."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import pandas as pd

from toolkit.errors import TableError, nearest
from toolkit.extents import Codes, bincount, each_once, encode, places_in
from toolkit.intervals import LARGE, mean_intervals, ratio_intervals, share_interval
from toolkit.progress import progress
from toolkit.tables import SUMMARY, UNREAD, WORDS, as_table, marks_of, require, texts_of

PERIODS = {"year": 4, "month": 7, "day": 10}  # characters of an ISO date
FREQUENCIES = {"year": "Y", "month": "M", "week": "W-SUN", "day": "D"}
DAYS = {"week": 7, "month": 30}
WHOLE = "all articles"
UNKNOWN = "(unknown)"
CATEGORIES = ("frame", "actor_id", "category", "variable")
Labels = Mapping[str, str]  # what categories are called in words


def share_by(counts: pd.DataFrame, articles: pd.DataFrame, by: str = "", seed: int = 1) -> pd.DataFrame:
    """Share of articles in which something is present, one row per group and category.

    `counts` has article_id, a category column (frame, actor_id ...) and `present`. `by` is a column of `articles`, or
    year, month, week or day of publication, or "" for all articles together. Columns: group, category, n (articles
    counted in the group), value (a share of 1), low, high (95% interval), method (how the interval was made).
    """
    require(counts, ["article_id", "present"], source="counts")
    (ids, known), (kinds, order) = each_once(counts["article_id"]), encode(counts[category_of(counts)])
    _refuse_pairs(ids, known, kinds, order)
    codes, names = _own_groups(known, articles, by)
    cells = (codes * np.int32(len(order)))[ids]
    cells += kinds
    marks = counts["present"] if counts["present"].dtype == bool else marks_of(counts, "present")
    some, whole = marks.notna(), len(names) * len(order)
    numbers = bincount(cells if some.all() else cells[some], whole), bincount(cells[marks == 1], whole)
    return _shares(codes, names, order, *(number.reshape(len(names), len(order)) for number in numbers), seed)


def share_of(
    shown: np.ndarray, ids: pd.Series, order: pd.Index, articles: pd.DataFrame, by: str = "", seed: int = 1
) -> pd.DataFrame:
    """Share of articles by an array of yes and no, one row per article of `ids` and one column per category of `order`.

    Columns as in `share_by`.
    """
    codes, names = _own_groups(ids, articles, by)
    found = [np.bincount(codes[marks], minlength=len(names)) for marks in shown.T]
    numbers = np.repeat(np.bincount(codes, minlength=len(names))[:, None], len(order), axis=1)
    return _shares(codes, names, order, numbers, np.array(found).reshape(len(order), len(names)).T, seed)


def _shares(codes: Codes, names: pd.Index, order: pd.Index, n: np.ndarray, found: np.ndarray, seed: int):
    rows = []
    for group in progress(np.unique(codes), "summary"):
        for name, of, number in zip(order, n[group].tolist(), found[group].tolist(), strict=True):
            share = number / of if of else np.nan
            rows.append((names[group], name, of, share, *share_interval(number, of, seed)))
    return as_table(rows, SUMMARY)


def mean_by(scores: pd.DataFrame, articles: pd.DataFrame, by: str = "", seed: int = 1) -> pd.DataFrame:
    """Mean of each numeric column of `scores` (article_id and numbers), one row per group and column.

    Columns as in `share_by`; value is in the unit of the scores, and n counts the articles that have a value. Where an
    article has several rows, such as sentences, they are averaged first: the article stays the unit.
    """
    require(scores, ["article_id"], source="scores")
    numbers = scores.select_dtypes("number").drop(columns="sentence_id", errors="ignore")
    ids, known = each_once(scores["article_id"])
    means = numbers.reset_index(drop=True) if len(known) == len(scores) else numbers.groupby(ids).mean()
    rows = []
    for group, own in split_by(known, articles, by):
        rows += mean_rows(group, means.iloc[own], seed)
    return as_table(rows, SUMMARY)


def mean_rows(group: str, table: pd.DataFrame, seed: int) -> list[tuple]:
    """Return the rows of a group in a summary of means, by a table of its articles, one column per category."""
    intervals = mean_intervals(table.to_numpy(dtype=float), seed)
    summed = zip(table.columns, table.notna().sum(), table.mean(), intervals, strict=True)
    return [(group, str(name), n, mean, *interval) for name, n, mean, interval in summed]


def voice_by(
    counts: pd.DataFrame, articles: pd.DataFrame, by: str = "", seed: int = 1, mentions: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Share of voice: each actor's part of all mentions in a group, one row per group and actor.

    `counts` as from `count_mentions`. Columns as in `share_by`; a group without any mention has value NaN. With
    `mentions` the shares are of these, where not all actors are in `counts`.
    """
    require(counts, ["article_id", "actor_id", "mentions"], source="counts")
    (ids, known), (kinds, order) = each_once(counts["article_id"]), encode(counts["actor_id"])
    _refuse_pairs(ids, known, kinds, order)
    wide = np.zeros((len(known), len(order)))
    wide[ids, kinds] = counts["mentions"]
    whole = wide.sum(axis=1)
    if mentions is not None:
        places = places_in(mentions["article_id"], known)
        whole = np.bincount(places[(places >= 0) & (mentions["actor_id"] != "").to_numpy()], minlength=len(wide))
    rows = []
    for group, own in split_by(known, articles, by):
        table, totals = wide[own], whole[own]
        values = table.sum(axis=0) / totals.sum() if totals.sum() else np.full(len(order), np.nan)
        voices = zip(order, values, ratio_intervals(table, seed, totals), strict=True)
        rows += [(group, name, len(own), value, *interval) for name, value, interval in voices]
    return as_table(rows, SUMMARY)


def _refuse_pairs(ids: Codes, known: pd.Series, kinds: Codes, order: pd.Index) -> None:
    """Raise TableError if an article has two rows of one category."""
    cells = ids.astype("int64" if len(known) * len(order) >= 2**31 else "int32")
    cells *= max(1, len(order))
    cells += kinds
    if (cells[1:] > cells[:-1]).all():
        return
    times = np.bincount(cells, minlength=1)
    if times.max() > 1:
        article_id, kind = known.iloc[times.argmax() // len(order)], order[times.argmax() % len(order)]
        raise TableError(f"counts has more than one row for {article_id!r} and {kind!r}. Sum them.")


def fitting_period(articles: pd.DataFrame, most: int = 120, finest: str = "week") -> str:
    """Return week, month or year: the finest of which the articles span no more than can be told apart in a figure."""
    days = pd.to_datetime(pd.Series(number_groups(articles, "day")[1]), format="ISO8601", errors="coerce").dropna()
    span = (days.max() - days.min()).days if len(days) else 0
    fitting = [period for period, length in DAYS.items() if span <= most * length]
    return next((period for period in fitting if DAYS[period] >= DAYS[finest]), "year")


def count_articles(articles: pd.DataFrame, by: str = "outlet", period: str = "week") -> pd.DataFrame:
    """Count articles, one row per group and one column per period, zeros kept, so that gaps show.

    `period` is year, month, week (named by its Monday) or day. Articles without a date are not counted here.
    """
    if period not in FREQUENCIES:
        raise TableError(f"{period!r} is no period. Use one of: {', '.join(FREQUENCIES)}.")
    counts = _cross(number_groups(articles, by), number_groups(articles, period)).drop(columns=UNKNOWN, errors="ignore")
    return counts.reindex(columns=_every(counts.columns, period), fill_value=0) if len(counts.columns) else counts


def _cross(rows: tuple[Codes, pd.Index], columns: tuple[Codes, pd.Index]) -> pd.DataFrame:
    """Count how often two names stand together, from numbers and the names they stand for."""
    (one, names), (two, others) = rows, columns
    times = np.bincount(one.astype("int64") * len(others) + two, minlength=len(names) * len(others))
    return pd.DataFrame(times.reshape(len(names), len(others)), names, others)


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
    codes, names = encode(articles["language"])
    names = names.where(names != "", "unknown")
    counts = _cross(number_groups(articles, by), (names.unique().get_indexer(names)[codes], names.unique()))
    return counts.sort_index(axis=1).rename_axis(by).reset_index()


def describe_articles(articles: pd.DataFrame, by: str = "outlet") -> pd.DataFrame:
    """Describe what each group contributes and lacks, one row per group.

    Columns: group, articles, first, last (local days), longest gap (days without an article between them), words
    (median of those that have a text), and how many articles lack text, date, title, section, author and url.
    """
    require(articles, ["published_local", "title", "section", "author", "url"], source="articles")
    local, names = encode(articles["published_local"])
    days = pd.Index(sorted(set(names.str[:10]) - {""}), dtype="str")
    day = pd.Series(days.get_indexer(names.str[:10])[local])
    lacking = {"no text": ~have_text(articles).to_numpy()}
    lacking |= {f"no {name}": (articles[name] == "").to_numpy() for name in ("title", "section", "author", "url")}
    lacking |= {"no date": (day < 0).to_numpy()}
    words = article_lengths(articles).where(have_text(articles)).to_numpy()
    codes, groups = number_groups(articles, by)
    grouped = pd.DataFrame({"words": words, "day": day.where(day >= 0)} | lacking).groupby(codes)
    table = grouped.agg(
        articles=("words", "size"),
        first=("day", "min"),
        last=("day", "max"),
        gap=("day", lambda own: _longest_gap(days[own.dropna().unique().astype(int)])),
        words=("words", "median"),
    )
    named = dict(enumerate(days))
    table = table.assign(first=table["first"].map(named), last=table["last"].map(named), gap=table["gap"].astype(int))
    table = table.join(grouped[list(lacking)].sum()).set_axis(groups[table.index]).rename_axis("group")
    return table.reset_index().rename(columns={"gap": "longest gap"})


def _longest_gap(days: pd.Index) -> int:
    """Return the longest run of days without an article between the first and the last."""
    dates = pd.to_datetime(days, errors="coerce").sort_values()
    return int(max((dates[1:] - dates[:-1]).days, default=1)) - 1 if len(dates) else 0


def article_lengths(articles: pd.DataFrame) -> pd.Series:
    """Count the words of each article's text, as parted by white space."""
    if "text" not in articles and WORDS in articles:
        return articles[WORDS]
    return require(articles, ["text"], source="articles")["text"].str.split().str.len()


def thin_lengths(articles: pd.DataFrame, by: str = "outlet", most: int = 1_000) -> pd.DataFrame:
    """Return the lengths of articles for a figure: words and group; of a group of more than `most`, its quantiles."""
    words, (codes, groups) = article_lengths(articles).to_numpy(), number_groups(articles, by)
    large = np.bincount(codes, minlength=len(groups)) > most
    kept = [pd.DataFrame({"words": words[~large[codes]], "group": groups[codes[~large[codes]]]})]
    for number in np.flatnonzero(large):
        own = np.quantile(words[codes == number], np.linspace(0, 1, most), method="nearest")
        kept.append(pd.DataFrame({"words": own, "group": groups[number]}))
    return pd.concat(kept, ignore_index=True)


def have_text(articles: pd.DataFrame) -> pd.Series:
    """Say of each article whether it has a text, also where the texts themselves were not read."""
    if "text" not in articles and WORDS in articles:
        return articles[WORDS] > 0
    return require(articles, ["text"], source="articles")["text"] != ""


def group_of(articles: pd.DataFrame, by: str) -> pd.Series:
    """Return the group of each article, indexed by article_id; unknown values are a group of their own."""
    codes, names = number_groups(articles, by)
    return pd.Series(names.take(codes), index=pd.Index(texts_of(articles, "article_id"), name="article_id"))


def number_groups(articles: pd.DataFrame, by: str) -> tuple[Codes, pd.Index]:
    """Return the group of each article as a number, and what these stand for, in the order of the alphabet."""
    require(articles, ["article_id"], source="articles")
    if by is None or by == "":
        return np.zeros(len(articles), dtype="int32"), pd.Index([WHOLE], dtype="str")
    if not isinstance(by, str):
        raise TableError(f"by must name one column or period, not {by!r}.")
    columns = [name for name in articles.columns if not (WORDS in articles.columns and name in UNREAD)]
    if by in PERIODS or by == "week":
        codes, names = _periods(articles, by)
    elif by in columns:
        codes, names = encode(articles[by])
        names = names.str.strip()
    else:
        usual = [name for name in ("outlet", "section", "author", "language") if name in articles.columns]
        known = [*usual, *PERIODS, "week"]
        guess = nearest(by, [*columns, *known])
        raise TableError(f"articles cannot be grouped by {by!r}.{guess} Use {', '.join(known)}, or another column.")
    names = names.where(names != "", UNKNOWN)
    order = pd.Index(sorted(set(names)), dtype="str")
    return order.get_indexer(names).astype("int32")[codes], order


def groups_along(ids: pd.Series, articles: pd.DataFrame, by: str) -> tuple[Codes, pd.Index]:
    """Return the group of each id as a number, -1 of those not among `articles`, and what these stand for."""
    codes, names = number_groups(articles, by)
    known = articles["article_id"]
    if known.duplicated().any():
        raise TableError(f"articles has more than one row of id {known[known.duplicated()].iloc[0]!r}.")
    return np.append(codes, np.int32(-1))[places_in(ids, known)], names


def _own_groups(ids: pd.Series, articles: pd.DataFrame, by: str) -> tuple[Codes, pd.Index]:
    codes, names = groups_along(ids, articles, by)
    if others := int((codes < 0).sum()):
        raise TableError(f"{others} articles of the findings are not in articles. Pass the same selection.")
    return codes, names


def split_by(ids: pd.Series, articles: pd.DataFrame, by: str) -> Iterator[tuple[str, np.ndarray]]:
    """Yield each group of articles with the places that the articles in it have among `ids`, which are distinct."""
    codes, names = _own_groups(ids, articles, by)
    yield from rows_by(codes, names, ids)


def rows_by(codes: Codes, names: pd.Index, ids: pd.Series) -> Iterator[tuple[str, np.ndarray]]:
    """Yield the name of each group with the places of those that are in it, by the numbers of groups."""
    order, numbers = np.argsort(codes, kind="stable"), np.arange(len(names) + 1)
    bounds = np.searchsorted(codes[order], numbers)
    for group in progress(np.flatnonzero(np.diff(bounds)), "summary"):
        own = order[bounds[group] : bounds[group + 1]]
        if len(own) <= LARGE:  # sorted where articles are drawn, so that the order of rows changes no interval
            own = own[np.argsort(ids.iloc[own].to_numpy(dtype=object), kind="stable")]
        yield names[group], own


def _periods(articles: pd.DataFrame, by: str) -> tuple[Codes, pd.Index]:
    """Return the period of publication, by the outlet's local date where it is known, else by UTC."""
    published = require(articles, ["published"], source="articles")["published"]
    codes, days = np.zeros(len(articles), dtype="int32"), pd.Index([""], dtype="str")
    if "published_local" in articles.columns:
        codes, names = encode(articles["published_local"])
        days = names.str[:10]
    if (unknown := (days == "")[codes]).any():
        instants = pd.to_datetime(published[unknown], utc=True, errors="coerce")
        others, more = encode(instants.dt.strftime("%Y-%m-%d").fillna(""))
        codes = codes.copy()
        codes[unknown] = others + len(days)
        days = days.append(more)
    if by != "week":
        return codes, days.str[: PERIODS[by]]
    starts = pd.to_datetime(pd.Series(days), errors="coerce")
    starts -= pd.to_timedelta(starts.dt.day_of_week, unit="D")
    return codes, pd.Index(starts.dt.strftime("%Y-%m-%d").fillna(""), dtype="str")


def label_of(name: str, labels: Labels | None = None) -> str:
    """Return what a category is called in words and figures."""
    return (labels or {}).get(name, name.replace("_", " "))


def category_of(counts: pd.DataFrame) -> str:
    """Return the column that names what is counted: frame, actor_id, category or, of codings, variable."""
    candidates = [column for column in CATEGORIES if column in counts.columns]
    if not candidates:
        raise TableError(f"counts lacks a category column. Name it one of: {', '.join(CATEGORIES)}.")
    return candidates[0]
