"""Plots: a summary in, Axes out; nothing is loaded, counted or saved here."""

from collections.abc import Callable
from functools import wraps
from textwrap import fill
from weakref import WeakKeyDictionary

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter

from toolkit.keywords import select_key_words
from toolkit.summary import UNKNOWN, Labels, every_period, label_of
from toolkit.tables import SUMMARY, require

INK, BLUE, ORANGE, RULE, GREY = "#1f2430", "#0b5394", "#b45309", "#d9dde4", "#8a92a0"
STYLE = {
    "font.family": "sans-serif",
    "font.size": 9.5,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": "#8a92a0",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.grid": True,
    "axes.grid.axis": "x",
    "axes.axisbelow": True,
    "axes.titlesize": 10,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "grid.color": RULE,
    "xtick.color": INK,
    "ytick.color": INK,
    "ytick.major.size": 0,
    "text.parse_math": False,  # a dollar sign in a name is a dollar sign
    "svg.fonttype": "none",
    "svg.hashsalt": "toolkit",  # the same figure has the same bytes
}
WIDTH = 7.2  # inches
ROW = 0.3
PER_LINE = 3  # panels side by side
MOST_PANELS = 12  # one below the other
MOST_GROUPS = 25  # drawn in one figure
TITLE_WIDTH = 18  # characters of a line over a panel
TICKS = 6  # dates along an axis
FEW = 10  # articles, below which a group is drawn in grey
ON_RING = 14  # actors of a network that are drawn
LONGEST = 24  # characters of a word that are drawn
_BEHIND: WeakKeyDictionary[Figure, pd.DataFrame] = WeakKeyDictionary()


def table_behind(drawn: Axes | Figure) -> pd.DataFrame | None:
    """Return the table that a plot_ function drew a figure from, None for a figure of other origin."""
    return _BEHIND.get(drawn if isinstance(drawn, Figure) else drawn.figure)


def keep_table(draw: Callable[..., Axes | Figure]) -> Callable[..., Axes | Figure]:
    """Keep the table behind a figure as long as the figure, so that readers can be given it."""

    @wraps(draw)
    def remembering(table, *arguments, **options):
        drawn = draw(table, *arguments, **options)
        if isinstance(table, pd.Series):
            columns = [column for column in (table, *arguments) if isinstance(column, pd.Series)]
            table = pd.concat(columns, axis=1)
        elif options.get("labels") and "category" in table.columns:
            table = table.assign(name=[label_of(str(name), options["labels"]) for name in table["category"]])
        _BEHIND[drawn if isinstance(drawn, Figure) else drawn.figure] = table
        return drawn

    return remembering


@keep_table
@mpl.rc_context(STYLE)
def plot_shares(shares: pd.DataFrame, ax: Axes | None = None, labels: Labels | None = None) -> Axes:
    """Draw the shares of one group, a dot with its interval per category, the largest on top."""
    require(shares, SUMMARY, source="shares")
    rows = shares.dropna(subset="value").sort_values("value", kind="stable")
    if rows.empty:
        return _nothing(ax)
    ax = ax if ax is not None else _axes(len(rows))
    _draw(ax, rows, [label_of(name, labels) for name in rows["category"]])
    _label(ax, rows)
    _as_shares(ax, rows)
    return ax


@keep_table
@mpl.rc_context(STYLE)
def plot_duplicates(shares: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the share of each group's articles whose text others carry too, a dot per group.

    `shares` are those of `count_duplicates`; of its categories, shared is drawn. No interval is: whether an article is
    a copy depends on the others in hand, so that drawing articles anew would not tell how sure the share is.
    """
    require(shares, SUMMARY, source="shares")
    rows = shares[shares["category"] == "shared"].dropna(subset="value")
    if rows.empty:
        return _nothing(ax)
    chosen, note = _largest(rows.set_index("group")["n"])
    rows = rows[rows["group"].isin(chosen)].sort_values("value", kind="stable").assign(low=np.nan, high=np.nan)
    ax = ax if ax is not None else _axes(len(rows))
    _draw(ax, rows, [f"{row.group} (n = {row.n})" for row in rows.itertuples()])
    _label(ax, rows)
    _as_shares(ax, rows)
    ax.set_xlabel(f"Share of articles whose text others carry too. {note}".strip(". "))
    return ax


@keep_table
@mpl.rc_context(STYLE)
def plot_share_panels(shares: pd.DataFrame, labels: Labels | None = None) -> Figure:
    """Draw one panel per category, in it a dot with its interval per group."""
    require(shares, SUMMARY, source="shares")
    if shares["value"].isna().all():
        return _nothing().figure
    figure = _panels(shares, labels)
    limit = np.nanmax([shares["value"].max(), shares["high"].max(), 0.05])
    for ax in figure.axes:
        ax.set_xlim(-0.02 * limit, min(1.0, limit or 1.0) * 1.06)  # a dot at 0% is drawn whole
        ax.xaxis.set_major_formatter(PercentFormatter(xmax=1, decimals=0))
        ax.xaxis.set_major_locator(MaxNLocator(3))
    return figure


@keep_table
@mpl.rc_context(STYLE)
def plot_keyness(table: pd.DataFrame) -> Figure:
    """Draw one panel per group, in it the first key words of `keyness`: how many times as often, with its interval.

    At each dot stands the number of occurrences in the group and, after a colon, in what it is held against.
    """
    rows = select_key_words(table)
    if rows.empty:
        return _nothing().figure
    chosen, note = _largest(rows.groupby("group")["count"].sum())
    panels = [panel for group, panel in rows.groupby("group", sort=False) if group in chosen]
    across = min(PER_LINE, len(panels))
    lines = -(-len(panels) // across)
    most = max(map(len, panels))
    figure = Figure(figsize=(WIDTH, lines * (0.65 + 0.23 * max(2, most))), layout="constrained")
    axes = figure.subplots(lines, across, sharex=True, squeeze=False).ravel()
    for ax, panel in zip(axes, panels, strict=False):
        _draw_words(ax, panel[::-1])
        ax.set_ylim(len(panel) - most - 0.6, len(panel) - 0.4)  # words stand as close in every panel
    for ax in axes[len(panels) :]:
        ax.remove()
    figure.supxlabel(f"Times as often as elsewhere, logarithmic. {note}".strip(), fontsize=9)
    return figure


def _draw_words(ax: Axes, rows: pd.DataFrame) -> None:
    _draw(ax, rows.rename(columns={"log_ratio": "value"}), [word[:LONGEST] for word in rows["word"]])
    counts = zip(rows["log_ratio"], rows["count"], rows["reference_count"], strict=True)
    for place, (ratio, own, other) in enumerate(counts):
        ax.annotate(f"{own}:{other}", (ratio, place), (0, 4), textcoords="offset points", ha="center", fontsize=7)
    ax.axvline(0, color=INK, linewidth=0.8)
    ax.set_title(rows["group"].iloc[0])
    ax.xaxis.set_major_locator(MaxNLocator(3, integer=True))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda power, _: f"{2**power:g}×"))


@keep_table
@mpl.rc_context(STYLE)
def plot_means(means: pd.DataFrame, ax: Axes | None = None, unit: str = "Mean compound score") -> Axes:
    """Draw the mean of each group, a dot with its interval, orange below zero and blue above."""
    require(means, SUMMARY, source="means")
    rows = means.dropna(subset="value").sort_values("value", kind="stable")
    if rows.empty:
        return _nothing(ax)
    chosen, note = _largest(rows.set_index("group")["n"])
    rows = rows[rows["group"].isin(chosen)]
    ax = ax if ax is not None else _axes(len(rows))
    colours = [ORANGE if value < 0 else BLUE for value in rows["value"]]
    _draw(ax, rows, [f"{row.group} (n = {row.n})" for row in rows.itertuples()], colours)
    ax.axvline(0, color=INK, linewidth=0.8)
    ax.xaxis.set_major_locator(MaxNLocator(6))
    ax.set_xlabel(f"{unit}. {note}".strip(". "))
    return ax


@keep_table
@mpl.rc_context(STYLE)
def plot_timeline(means: pd.DataFrame, ax: Axes | None = None, unit: str = "Mean compound score") -> Axes:
    """Draw a value per period with its interval; periods without articles are gaps."""
    require(means, SUMMARY, source="means")
    rows = means[means["group"] != UNKNOWN].dropna(subset="value").sort_values("group")
    if rows.empty:
        return _nothing(ax)
    ax = ax if ax is not None else _axes(6)
    periods = list(rows["group"])
    if not pd.to_datetime(rows["group"], format="ISO8601", errors="coerce").isna().any():
        periods = every_period(periods)
    rows = rows.set_index("group").reindex(periods)
    ax.plot(range(len(rows)), rows["value"], color=BLUE, linewidth=0.9)  # broken where a period has no value
    for part, colour in ((rows["n"] < FEW, GREY), (rows["n"] >= FEW, BLUE)):
        own, places = rows[part], np.flatnonzero(part)
        ax.errorbar(places, own["value"], _reach(own), fmt="o", color=colour, elinewidth=1.4, markersize=5)
    step = -(-len(periods) // TICKS)
    sizes = rows["n"].fillna(0).astype(int)
    ax.set_xticks(
        range(0, len(periods), step), [f"{name}\nn = {sizes[name]}" if step == 1 else name for name in periods[::step]]
    )
    ax.set_xlabel(f"Grey: fewer than {FEW} articles." if (rows["n"] < FEW).any() else "", fontsize=9)
    ax.grid(visible=True, axis="y")
    ax.grid(visible=False, axis="x")
    ax.margins(x=0.1)
    ax.yaxis.set_major_locator(MaxNLocator(5))
    ax.set_ylabel(unit)
    if rows["value"].min() < 0 < np.nanmax([rows["value"].max(), rows["high"].max()]):
        ax.axhline(0, color=INK, linewidth=0.8)
    return ax


@keep_table
@mpl.rc_context(STYLE | {"axes.grid.axis": "y"})
def plot_share_timelines(shares: pd.DataFrame, labels: Labels | None = None) -> Figure:
    """Draw one panel per category, in it the share of each period with its interval, gaps left open.

    `shares` is grouped by year, month, week or day; what has no date is not drawn.
    """
    require(shares, SUMMARY, source="shares")
    dated = shares[shares["group"] != UNKNOWN].dropna(subset="value")
    if dated.empty:
        return _nothing().figure
    periods = every_period(dated["group"])
    names = list(dated["category"].unique())
    lines = -(-len(names) // PER_LINE)
    figure = Figure(figsize=(WIDTH, 0.4 + 1.35 * lines), layout="constrained")
    panels = figure.subplots(lines, PER_LINE, sharex=True, sharey=True, squeeze=False).ravel()
    for ax, name in zip(panels, names, strict=False):
        rows = dated[dated["category"] == name].set_index("group").reindex(periods)
        places = np.arange(len(rows))
        ax.plot(places, rows["value"], color=BLUE, linewidth=0.9)  # broken where a period has no value
        for part, colour in ((rows["n"] < FEW, GREY), (rows["n"] >= FEW, BLUE)):
            own = rows[part]
            ax.errorbar(places[part], own["value"], _reach(own), fmt="o", color=colour, elinewidth=1.2, markersize=3.5)
        ax.set_title(label_of(name, labels))
        ax.yaxis.set_major_formatter(PercentFormatter(xmax=1, decimals=0))
        ax.set_yticks([0, 0.5, 1])
    step = -(-len(periods) // (TICKS // 2))
    for number, ax in enumerate(panels):
        ax.set_xticks(range(0, len(periods), step), periods[::step])
        ax.tick_params(labelbottom=number + PER_LINE >= len(names))
        if number >= len(names):
            ax.remove()
    panels[0].set_ylim(-0.04, 1.04)
    figure.supxlabel(f"Grey: fewer than {FEW} articles." if (dated["n"] < FEW).any() else "", fontsize=9)
    return figure


@keep_table
@mpl.rc_context(STYLE | {"axes.grid": False})
def plot_network(pairs: pd.DataFrame, labels: Labels | None = None, ax: Axes | None = None) -> Axes:
    """Draw who stands beside whom as a ring: the thicker a line, the more often two are together.

    `pairs` has actor, other and n; of many actors those with most ties are drawn, and the axis says how many there are.
    """
    require(pairs, ["actor", "other", "n"], source="pairs")
    ties = pd.concat([pairs[["actor", "n"]], pairs[["other", "n"]].set_axis(["actor", "n"], axis="columns")])
    strength = ties.groupby("actor")["n"].sum().sort_values(ascending=False, kind="stable")
    drawn = pairs[pairs["actor"].isin(strength.index[:ON_RING]) & pairs["other"].isin(strength.index[:ON_RING])]
    if drawn.empty:
        return _nothing(ax)
    ax = ax if ax is not None else Figure(figsize=(WIDTH, WIDTH * 0.72), layout="constrained").subplots()
    names = strength.index[:ON_RING]
    angles = dict(zip(names, np.linspace(0, 2 * np.pi, len(names), endpoint=False), strict=True))
    for row in drawn.sort_values("n", kind="stable").itertuples():
        ends = np.array([angles[row.actor], angles[row.other]])
        part = row.n / drawn["n"].max()
        ax.plot(np.cos(ends), np.sin(ends), color=BLUE, alpha=0.15 + 0.6 * part, linewidth=0.5 + 5 * part, zorder=1)
    for name, angle in angles.items():
        x, y = np.cos(angle), np.sin(angle)
        ax.scatter(x, y, s=26, color=INK, zorder=2)
        side = "left" if x > 0.1 else "right" if x < -0.1 else "center"
        ax.text(
            1.07 * x,
            1.09 * y,
            label_of(name, labels),
            ha=side,
            va="center" if side != "center" else "bottom" if y > 0 else "top",
        )
    ax.set_aspect("equal")
    ax.set_axis_off()
    ax.margins(0.12)
    return ax


@keep_table
@mpl.rc_context(STYLE | {"axes.grid.axis": "y"})
def plot_counts(counts: pd.DataFrame, unit: str = "Articles") -> Figure:
    """Draw one panel of bars per row of a table of counts (rows: groups, columns: periods), on one scale.

    The largest groups have a panel each, what is left over one together, so that no article goes undrawn.
    """
    if counts.empty:
        return _nothing().figure
    counts = _with_others(counts)
    lines = max(1, len(counts))
    figure = Figure(figsize=(WIDTH, 0.5 + 0.75 * lines), layout="constrained")
    panels = figure.subplots(lines, 1, sharex=True, sharey=True, squeeze=False)[:, 0]
    for ax, (group, row) in zip(panels, counts.iterrows(), strict=True):
        filled = np.flatnonzero(row)  # a bar of no height is not seen, and over centuries there are many
        ax.bar(filled, row.to_numpy()[filled], color=BLUE, width=0.75)
        ax.set_xlim(-0.7, len(row) - 0.3)
        ax.set_title(f"{group} (n = {int(row.sum()):,})", fontsize=9)
        ax.yaxis.set_major_locator(MaxNLocator(2, integer=True))
    step = -(-len(counts.columns) // TICKS)
    panels[-1].set_xticks(range(0, len(counts.columns), step), list(counts.columns)[::step])
    figure.supylabel(unit, fontsize=9)
    return figure


def _with_others(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the largest sums in their order, those without a name last, and the sum of all others."""
    order = counts.sum(axis=1).sort_values(ascending=False, kind="stable").index
    named = [group for group in counts.index if group in set(order[:MOST_PANELS]) - {UNKNOWN}]
    others = counts.loc[~counts.index.isin([*named, UNKNOWN])]
    rest = {f"{len(others)} other groups": others.sum()} if len(others) else {}
    unknown = {UNKNOWN: counts.loc[UNKNOWN]} if UNKNOWN in counts.index else {}
    return pd.concat([counts.loc[named], pd.DataFrame(rest | unknown).T])


@keep_table
@mpl.rc_context(STYLE)
def plot_lengths(lengths: pd.Series, groups: pd.Series, ax: Axes | None = None) -> Axes:
    """Draw each article's number of words as a dot, one line per group, the median as a bar."""
    table = pd.DataFrame({"words": lengths, "group": groups})
    chosen, note = _largest(table.groupby("group").size())
    order = table[table["group"].isin(chosen)].groupby("group")["words"].median().sort_values(kind="stable")
    ax = ax if ax is not None else _axes(len(order))
    for number, (group, median) in enumerate(order.items()):
        words = table.loc[table["group"] == group, "words"]
        ax.plot(words, [number] * len(words), "o", color=BLUE, alpha=0.45, markersize=5, markeredgewidth=0)
        ax.plot([median, median], [number - 0.3, number + 0.3], color=ORANGE, linewidth=2.2)
    ax.set_yticks(range(len(order)), [str(group) for group in order.index])
    ax.set_xlim(left=0)
    ax.set_xlabel(f"Words per article. {note}".strip(". "))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda words, _: f"{words:,.0f}"))
    return ax


def _largest(sizes: pd.Series) -> tuple[set, str]:
    """Return the groups to draw, the largest where there are too many, and a note that says so."""
    if len(sizes) <= MOST_GROUPS:
        return set(sizes.index), ""
    chosen = sizes.sort_values(ascending=False, kind="stable").index[:MOST_GROUPS]
    return set(chosen), f"The {MOST_GROUPS} largest of {len(sizes)} groups; the data beneath have the others."


def _nothing(ax: Axes | None = None) -> Axes:
    """Say that there is nothing to draw, rather than fail or leave a blank."""
    ax = ax if ax is not None else _axes(1)
    ax.set_axis_off()
    ax.text(0.5, 0.5, "Nothing to draw", ha="center", va="center", transform=ax.transAxes)
    return ax


def _axes(rows: int) -> Axes:
    return Figure(figsize=(WIDTH, 0.7 + ROW * max(2, rows)), layout="constrained").subplots()


def _panels(summary: pd.DataFrame, labels: Labels | None) -> Figure:
    chosen, note = _largest(summary.groupby("group")["n"].max())
    categories, groups = list(summary["category"].unique()), sorted(chosen, reverse=True)
    names, colours = _groups(summary, groups)
    across = min(PER_LINE, len(categories))
    lines = -(-len(categories) // across)
    figure = Figure(figsize=(WIDTH, lines * (0.65 + 0.23 * max(2, len(groups)))), layout="constrained")
    panels = figure.subplots(lines, across, sharex=True, sharey=True, squeeze=False).ravel()
    for ax, category in zip(panels, categories, strict=False):
        rows = summary[summary["category"] == category].set_index("group").reindex(groups).reset_index()
        _draw(ax, rows, names, colours)
        ax.set_title(fill(label_of(category, labels), TITLE_WIDTH))
    for number, ax in enumerate(panels):
        ax.tick_params(labelbottom=number + across >= len(categories))
        if number >= len(categories):
            ax.remove()
    small = f"Grey: fewer than {FEW} articles." if GREY in colours else ""
    figure.supxlabel(f"{note} {small}".strip(), fontsize=9)
    return figure


def _groups(summary: pd.DataFrame, groups: list[str]) -> tuple[list[str], list[str]]:
    """Return the names of groups, each with its n where that is one for all categories, and their colours."""
    sizes = summary.groupby("group")["n"].agg(["min", "max"]).loc[groups]
    if (sizes["min"] != sizes["max"]).any():
        return groups, [BLUE] * len(groups)
    names = [f"{group} (n = {n})" for group, n in zip(groups, sizes["max"], strict=True)]
    return names, [GREY if n < FEW else BLUE for n in sizes["max"]]


def _draw(ax: Axes, rows: pd.DataFrame, names: list[str], colours: list[str] | str = BLUE) -> None:
    places = np.arange(len(rows))
    ax.hlines(places, rows["low"], rows["high"], colors=colours, linewidth=1.6)
    ax.scatter(rows["value"], places, c=colours, s=30, zorder=3, clip_on=False)  # a dot at 0% is drawn whole
    ax.set_yticks(places, names)
    ax.set_ylim(-0.6, len(rows) - 0.4)


def _label(ax: Axes, rows: pd.DataFrame) -> None:
    for number, row in enumerate(rows.itertuples()):
        edge = row.high if np.isfinite(row.high) else row.value
        ax.annotate(f"{row.value:.0%}", (edge, number), (6, 0), textcoords="offset points", va="center", fontsize=8.5)


def _as_shares(ax: Axes, rows: pd.DataFrame) -> None:
    top = np.nanmax([rows["value"].max(), rows["high"].max(), 0.05])
    ax.set_xlim(-0.015 * min(1.0, top), min(1.0, top) * 1.12)  # a dot at 0% is drawn whole
    ax.xaxis.set_major_formatter(PercentFormatter(xmax=1, decimals=0))
    ax.set_xlabel("Share of articles")


def _reach(rows: pd.DataFrame) -> np.ndarray:
    reach = np.vstack([rows["value"] - rows["low"], rows["high"] - rows["value"]])
    return np.nan_to_num(np.clip(reach, 0, None), nan=0.0)
