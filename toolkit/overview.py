"""Overview: the pages of a grid that lead to its reports and set their numbers side by side."""

from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from toolkit.comparison import NAME, compare_runs, differ_by_outlet, find_changes, load_results, save_comparison
from toolkit.exports import SUFFIXES, replace_file, save_table
from toolkit.findings import count
from toolkit.grid import Grid, Run
from toolkit.report import MANIFEST, PDF
from toolkit.runner import EMPTY, FAILED, Outcome
from toolkit.show import (
    Html,
    as_page,
    show_facts,
    show_findings,
    show_heading,
    show_link,
    show_note,
    show_pieces,
    show_table,
)

MOST_CHANGES = 40  # shown
ALL = "all"
WORKBOOK = ".xlsx"


def write_overview(grid: Grid, outcomes: Mapping[str, Outcome]) -> Path:
    """Write index.html, and the comparison of all reports as a page, CSV, XLSX (extra `excel`) and Parquet.

    Returns the path of the index. Nothing in it tells the time, so that the same reports give the same bytes.
    """
    made = [(run, load_results(run, grid.out)) for run in grid.runs if outcomes[run.name].status not in (EMPTY, FAILED)]
    compared = compare_runs(made)
    suffixes = [suffix for suffix in SUFFIXES if suffix != WORKBOOK or find_spec("xlsxwriter")]
    before = save_comparison(compared, grid.out, suffixes)
    changes = find_changes(before, compared) if before is not None else None
    if changes is not None:
        save_table(changes, grid.out / "changes.csv")
    pieces = [*_of_outlets(compared), *_of_changes(changes), *_of_files(suffixes, changes is not None)]
    _write(grid.out / f"{NAME}.html", f"{grid.title}: comparison", pieces)
    _write(grid.out / "index.html", grid.title, list(_index(grid, outcomes, {run.name: told for run, told in made})))
    return grid.out / "index.html"


def _write(path: Path, title: str, pieces: list[Html]) -> None:
    page = as_page(title, show_pieces(pieces), wide=True)
    replace_file(path, lambda place: place.write_text(page, encoding="utf-8"))


def _index(grid: Grid, outcomes: Mapping[str, Outcome], results: Mapping[str, dict]) -> Iterator[Html]:
    failed, empty = (
        [outcome.reason for outcome in outcomes.values() if outcome.status == kind] for kind in (FAILED, EMPTY)
    )
    done = len(grid.runs) - len(failed) - len(empty)
    facts = {"Reports": len(grid.runs), "Done": done, "Failed": len(failed)}
    yield show_facts(facts | ({"Empty": len(empty)} if empty else {}))
    for heading, reasons in (("What failed", failed), ("What had no articles", empty)):
        if reasons:
            yield show_heading(heading)
            yield show_findings(reasons)
    yield show_heading("Reports")
    rows = [_row(run, outcomes[run.name], results.get(run.name, {}), grid.pdf) for run in grid.runs]
    table = pd.DataFrame(rows)
    kept = [
        name
        for name in table.columns
        if name not in ("outlet", "period", "varied") or not table[name].isin(("", ALL)).all()
    ]
    yield show_table(table[kept], f"{count(len(rows), 'report')}, each with what it rests on and its first finding.")
    yield show_heading("Beside each other")
    yield show_pieces([show_link("What differs between outlets, and what changed since the last run", f"{NAME}.html")])


def _row(run: Run, outcome: Outcome, results: Mapping[str, object], pdf: bool) -> dict[str, object]:
    """Return a row of the index. A run that failed or is empty has no link: what may lie there is of another time."""
    failed = outcome.status in (EMPTY, FAILED)
    facts, findings = results.get("facts", {}), results.get("findings", [])
    row = {
        "report": run.report if failed else show_link(run.report, f"{run.name}.html"),
        "outlet": run.outlet or ALL,
        "period": run.period or ALL,
        "varied": run.varied,
        "status": outcome.status if failed else "done",
        "articles": facts.get("Articles", "–").split()[0],
        "first finding": findings[0] if findings else "–",
        "made of": "–" if failed else show_link("manifest", f"{run.name}{MANIFEST}"),
    }
    return row | ({"for print": "–" if failed else show_link("PDF", f"{run.name}{PDF}")} if pdf else {})


def _of_outlets(compared: pd.DataFrame) -> Iterator[Html]:
    yield show_heading("What differs between outlets")
    tables = differ_by_outlet(compared)
    for (report, period, varied), table in tables.items():
        about = ", ".join(part for part in (report, period, varied) if part)
        told = "by outlet, with 95% intervals; what differs most comes first, what does not is left out"
        yield show_table(table, f"{about}: {told}. – is not in that report.")
    if not tables:
        yield show_note("No report was made for two outlets or more.")


def _of_changes(changes: pd.DataFrame | None) -> Iterator[Html]:
    yield show_heading("What changed since the last run")
    if changes is None:
        yield show_note("This is the first run: there is nothing to compare with yet.")
        return
    both = changes.dropna(subset=["then_n", "n"])
    new, gone = int(changes["then_n"].isna().sum()), int(changes["n"].isna().sum())
    yield show_findings(
        [f"{count(len(both), 'number')} changed, {new:,} are new, {gone:,} are gone, against the numbers before these."]
    )
    if len(both):
        shown = both.head(MOST_CHANGES)
        forms = dict.fromkeys(("then", "now"), "{:.3f}") | {"difference": "{:+.3f}"}
        forms |= dict.fromkeys(("then_n", "n"), "{:.0f}")
        yield show_table(shown, f"The {len(shown)} largest of {count(len(both), 'change')}; n is in articles.", forms)


def _of_files(suffixes: list[str], changed: bool) -> Iterator[Html]:
    yield show_heading("The numbers")
    names = [f"{NAME}{suffix}" for suffix in suffixes] + (["changes.csv"] if changed else [])
    rows = [{"file": show_link(name, name)} for name in names]
    yield show_table(pd.DataFrame(rows), "The values behind all figures of all reports, a row each.")
