"""Tone plots: means by voice, tone towards actors, and the words behind scores; orange below zero, blue above."""

from collections.abc import Sequence

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from toolkit.plots import BLUE, FEW, GREY, INK, LONGEST, MOST_GROUPS, ORANGE, ROW, STYLE, WIDTH, keep_table
from toolkit.summary import Labels, label_of
from toolkit.tables import SUMMARY, TARGET_TONE, require
from toolkit.towards import few_mentions


@keep_table
@mpl.rc_context(STYLE)
def plot_mean_panels(means: pd.DataFrame, labels: Labels | None = None) -> Figure:
    """Draw one panel per category side by side, in it a dot with its interval per group, grey for few articles.

    Of many groups those with most articles are drawn.
    """
    require(means, SUMMARY, source="means")
    rows = means.dropna(subset="value")
    sizes = rows.groupby("group")["n"].max().sort_values(ascending=False, kind="stable")
    groups, categories = sorted(sizes.index[:MOST_GROUPS], reverse=True), list(rows["category"].unique())
    figure = Figure(figsize=(WIDTH, 0.9 + ROW * max(2, len(groups))), layout="constrained")
    if not categories:
        return _nothing(figure)
    panels = figure.subplots(1, len(categories), sharex=True, sharey=True, squeeze=False)[0]
    for ax, category in zip(panels, categories, strict=True):
        own = rows[rows["category"] == category].set_index("group").reindex(groups).reset_index()
        _draw(ax, own, groups, [few or pd.isna(few) for few in own["n"] < FEW])
        for place, n in enumerate(own["n"]):
            if pd.notna(n):
                above = {"xytext": (0, 4), "textcoords": "offset points", "ha": "center", "va": "bottom", "fontsize": 7}
                ax.annotate(f"{n:.0f}", (own["value"][place], place), **above)
        ax.set_title(label_of(category, labels))
    more = f" The {MOST_GROUPS} largest of {len(sizes)} groups." if len(sizes) > MOST_GROUPS else ""
    few = f" Grey: fewer than {FEW}." if (rows["n"] < FEW).any() else ""
    figure.supxlabel(f"Mean tone of wording; at each dot the number of articles.{few}{more}", fontsize=9)
    return figure


@keep_table
@mpl.rc_context(STYLE)
def plot_targets(towards: pd.DataFrame, labels: Labels | None = None) -> Figure:
    """Draw the mean tone towards each actor with its interval, most negative on top, grey under 20 mentions."""
    rows = require(towards, TARGET_TONE, source="towards").head(MOST_GROUPS)
    rows = rows.sort_values("value", ascending=False, kind="stable").reset_index(drop=True)
    figure = Figure(figsize=(WIDTH, 0.8 + ROW * max(2, len(rows))), layout="constrained")
    if rows.empty:
        return _nothing(figure)
    ax = figure.subplots()
    names = [f"{label_of(row.category, labels)} ({row.mentions})" for row in rows.itertuples()]
    _draw(ax, rows, names, few_mentions(rows))
    ax.set_xlabel("Mean tone of wording about the actor; in brackets mentions. Grey: fewer than 20.")
    return figure


@keep_table
@mpl.rc_context(STYLE)
def plot_tone_words(words: pd.DataFrame, column: str, unit: str) -> Figure:
    """Draw a bar per word, its length the `column` of the table (weight, difference), the weightiest on top."""
    rows = require(words, ["word", column], source="words")[::-1].reset_index(drop=True)
    figure = Figure(figsize=(WIDTH, 0.8 + ROW * 0.8 * max(2, len(rows))), layout="constrained")
    if rows.empty:
        return _nothing(figure)
    ax = figure.subplots()
    ax.barh(range(len(rows)), rows[column], color=[ORANGE if value < 0 else BLUE for value in rows[column]], height=0.7)
    ax.set_yticks(range(len(rows)), [_named(row) for row in rows.itertuples()])
    ax.set_ylim(-0.6, len(rows) - 0.4)
    ax.axvline(0, color=INK, linewidth=0.8)
    ax.xaxis.set_major_locator(MaxNLocator(6))
    ax.set_xlabel(unit)
    return figure


def _named(row: tuple) -> str:
    times = f"{row.first_times}:{row.second_times}" if hasattr(row, "first_times") else f"{row.times}"
    return f"{row.word[:LONGEST]} ({times})"


def _draw(ax: Axes, rows: pd.DataFrame, names: Sequence[str], few: Sequence[bool]) -> None:
    places = np.arange(len(rows))
    signed = [ORANGE if value < 0 else BLUE for value in rows["value"]]
    colours = [GREY if grey else colour for colour, grey in zip(signed, few, strict=True)]
    ax.hlines(places, rows["low"], rows["high"], colors=colours, linewidth=1.6)
    ax.scatter(rows["value"], places, c=colours, s=30, zorder=3, clip_on=False)
    ax.set_yticks(places, names)
    ax.set_ylim(-0.6, len(rows) - 0.2)
    ax.axvline(0, color=INK, linewidth=0.8)
    ax.xaxis.set_major_locator(MaxNLocator(4))


def _nothing(figure: Figure) -> Figure:
    ax = figure.subplots()
    ax.set_axis_off()
    ax.text(0.5, 0.5, "Nothing to draw", ha="center", va="center", transform=ax.transAxes)
    return figure
