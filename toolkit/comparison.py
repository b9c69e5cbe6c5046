"""Comparison: the numbers of all reports of a grid in one table, what differs between outlets, what changed since."""

import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from toolkit.cells import unguard
from toolkit.exports import replace_file, save_table
from toolkit.grid import Run
from toolkit.layout import join_intervals
from toolkit.report import RESULTS, beside
from toolkit.summary import WHOLE, label_of
from toolkit.tables import CHANGES, COMPARISON, SUMMARY, require

NAME, BEFORE = "comparison", "comparison.before.parquet"
WITHIN = ["report", "outlet", "period", "varied", "figure", "group", "category"]  # what makes a row one row
UNSEEN = 0.0005  # a change that rounds to 0 as it is shown
NUMBERS = ("value", "low", "high")


def load_results(run: Run, out: Path) -> dict[str, object]:
    """Return what a report of a grid says: facts, findings and tables; nothing where it is not there."""
    try:
        return json.loads(beside(out / f"{run.name}.html", RESULTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def compare_runs(results: Iterable[tuple[Run, Mapping[str, object]]]) -> pd.DataFrame:
    """Return the summaries behind all figures of reports, one row per run, figure, group and category.

    `results` pairs runs with what their reports say (from `load_results`).

    Columns: run, report, outlet ("" for all), period, varied (the parameters that a grid varies), figure (its number),
    caption, and those of a summary.
    """
    tables = [table for run, found in results for table in _summaries(run, found)]
    whole = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=list(COMPARISON))
    return whole[list(COMPARISON)].astype(dict(COMPARISON))


def _summaries(run: Run, results: Mapping[str, object]) -> Iterable[pd.DataFrame]:
    facts = {"run": run.name, "report": run.report, "outlet": run.outlet, "period": run.period, "varied": run.varied}
    for one in results.get("tables", []):
        if one["kind"] == "figure" and one["csv"].startswith(",".join(SUMMARY)):
            texts = ["group", "category", "method", "name"]
            read = {"dtype": dict.fromkeys(texts, "str"), "keep_default_na": False}
            table = pd.read_csv(io.StringIO(one["csv"]), na_values={name: [""] for name in NUMBERS}, **read)
            if "name" not in table.columns:
                table = table.assign(name=[label_of(name) for name in table["category"]])
            table[texts] = table[texts].map(unguard)
            yield table.assign(**facts, figure=one["number"], caption=one["caption"])


def headline(compared: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the first figure of each report that rests on a summary."""
    first = compared.groupby("run")["figure"].transform("min")
    return compared[compared["figure"] == first]


def differ_by_outlet(compared: pd.DataFrame) -> dict[tuple[str, str, str], pd.DataFrame]:
    """Return for each report, period and variation of several outlets a table: a row per category, a column per outlet.

    A cell is the value with its interval, taken from the report's first figure; the first rows differ most, and those
    in which the difference rounds to 0 are left out.
    """
    require(compared, COMPARISON, source="compared")
    rows = headline(compared[compared["outlet"] != ""])
    rows = rows.assign(
        category=[_row_of(*row) for row in zip(rows["group"], rows["name"], rows["outlet"], strict=True)]
    )
    tables = {}
    for key, own in rows.groupby(["report", "period", "varied"], sort=False):
        if own["outlet"].nunique() > 1 and own["value"].any():
            tables[key] = _beside_each_other(own)
    return {key: table for key, table in tables.items() if len(table)}


def _row_of(group: str, category: str, outlet: str) -> str:
    return category if group in (WHOLE, outlet) else f"{category}, {group}"


def _beside_each_other(rows: pd.DataFrame) -> pd.DataFrame:
    own = rows.drop_duplicates(["outlet", "category"])
    form = "{:.0%}" if own["value"].dropna().between(0, 1).all() else "{:+.2f}"
    spread = own.groupby("category")["value"].agg(lambda values: values.max() - values.min())
    cells = join_intervals(own[["outlet", "category", *NUMBERS]], form)
    wide = cells.pivot(index="category", columns="outlet", values="value").fillna("–")
    order = spread.sort_values(ascending=False, kind="stable").index
    sizes = own.groupby("outlet")["n"].max()
    named = {outlet: f"{outlet} (n\u00a0=\u00a0{sizes[outlet]})" for outlet in wide.columns}
    shares = form == "{:.0%}"
    name = "points apart" if shares else "apart"
    apart = {name: [f"{100 * size:.0f}" if shares else f"{size:.2f}" for size in spread.loc[order]]}
    table = wide.loc[order].rename(columns=named).assign(**apart).rename_axis(columns=None).reset_index()
    return table[~table[name].isin(("0", "0.00"))]


def find_changes(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Return what is not as it was, one row per number of a report: n and value then and now, largest changes first.

    A row that is new has no `then`, one that is gone no `now`.
    """
    then = before[[*WITHIN, "n", "value"]].drop_duplicates(WITHIN).rename(columns={"n": "then_n", "value": "then"})
    both = now[[*WITHIN, "n", "value"]].drop_duplicates(WITHIN).rename(columns={"value": "now"})
    both = both.merge(then, on=WITHIN, how="outer", sort=False)
    both = both.assign(difference=both["now"] - both["then"])
    alike = (both["difference"].abs() < UNSEEN) | both[["now", "then"]].isna().all(axis=1)
    same = (both["n"] == both["then_n"]) & alike
    changed = both[~same].sort_values("difference", key=abs, ascending=False, kind="stable")
    return changed[list(CHANGES)].astype(dict(CHANGES)).reset_index(drop=True)


def save_comparison(compared: pd.DataFrame, out: Path, suffixes: Iterable[str]) -> pd.DataFrame | None:
    """Write a comparison beside the one it replaces; return the one before, None where there is none.

    The one before stays what it is until the numbers change, so that to run a grid again loses no change from sight.
    """
    current, before = out / f"{NAME}.parquet", out / BEFORE
    if current.exists() and not _load(current).equals(compared):
        content = current.read_bytes()
        replace_file(before, lambda place: place.write_bytes(content))
    for suffix in suffixes:  # the one that is asked above comes last
        save_table(compared, out / f"{NAME}{suffix}")
    return _load(before) if before.exists() else None


def _load(path: Path) -> pd.DataFrame:
    try:
        return pd.read_parquet(path)[list(COMPARISON)].astype(dict(COMPARISON))
    except (OSError, ValueError, KeyError):  # not one that this version wrote
        return pd.DataFrame(columns=list(COMPARISON)).astype(dict(COMPARISON))
