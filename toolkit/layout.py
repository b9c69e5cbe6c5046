"""Layout: summaries set out to be read: a value and its interval in one cell, groups and categories crossed."""

import re

import pandas as pd

from toolkit.tables import require

SIGNED_ZERO = re.compile(r"[+-](0(?:\.0+)?)(?![\d.])")
MOST_COLUMNS = 7  # of crossed values, that a page is wide enough for


def join_intervals(
    table: pd.DataFrame, form: str, value: str = "value", low: str = "low", high: str = "high"
) -> pd.DataFrame:
    """Return a table in which a value and its bounds are one column of text, such as 28% [25%, 31%]."""
    require(table, [value, low, high], source="table")
    rows = zip(table[value], table[low], table[high], strict=True)
    return table.assign(**{value: [_told(form, *row) for row in rows]}).drop(columns=[low, high])


def _told(form: str, value: float, low: float, high: float) -> str:
    if pd.isna(value):
        return "–"
    told = form.format(value) + (
        "" if pd.isna(low) or pd.isna(high) else f" [{form.format(low)},\u00a0{form.format(high)}]"
    )
    return unsigned_zero(told)


def unsigned_zero(text: str) -> str:
    """Return a text with numbers in it, of which those that round to nothing have no sign."""
    return SIGNED_ZERO.sub(r"\1", text)


def cross_table(
    summary: pd.DataFrame, form: str = "{:.0%}", group: str = "group", category: str = "frame"
) -> pd.DataFrame:
    """Cross a summary, one row per group, or per category where there are fewer groups; values with their intervals.

    The rows are called `group` or `category`, with n (and sentences, where the summary has them) where a group has but
    one.
    """
    require(summary, ["group", "category", "n", "value", "low", "high"], source="summary")
    sizes = [name for name in ("n", "sentences") if name in summary.columns and _is_one_per_group(summary, name)]
    joined = join_intervals(summary, form)
    groups, categories = (list(summary[name].unique()) for name in ("group", "category"))
    wide = joined.pivot(index="group", columns="category", values="value").loc[groups, categories].fillna("–")
    facts = joined.groupby("group", sort=False)[sizes].first()
    if len(categories) <= len(groups) or len(groups) > MOST_COLUMNS:
        return facts.join(wide).rename_axis(group).reset_index()
    named = [f"{name} (n\u00a0=\u00a0{facts.loc[name, 'n']})" if "n" in facts else name for name in groups]
    return wide.T.set_axis(named, axis="columns").rename_axis(category).rename_axis(columns=None).reset_index()


def _is_one_per_group(summary: pd.DataFrame, column: str) -> bool:
    return bool((summary.groupby("group")[column].nunique() <= 1).all())
