"""Ledger: what became of every unit that was read."""

import pandas as pd

from toolkit.tables import FILES, LEDGER, as_table, require

KEPT, DROPPED = "kept", "dropped"


def balanced(ledger: pd.DataFrame, articles: int) -> pd.DataFrame:
    """Return the ledger if every unit in it is an article or was dropped for a reason: the toolkit's first promise."""
    kept = ledger["status"] == KEPT
    if kept.sum() != articles or (ledger.loc[~kept, "reason"] == "").any() or not ledger.loc[kept, "article_id"].all():
        raise AssertionError(f"the ledger does not balance: {articles} articles, {kept.sum()} units kept")
    return ledger


def count_ledger(ledger: pd.DataFrame) -> pd.DataFrame:
    """Count what became of the units read, one row per status, reason and detail: and units, most first."""
    require(ledger, LEDGER, source="ledger")
    counts = ledger.groupby(["status", "reason", "detail"]).size().reset_index(name="units")
    return counts.sort_values(["units", "reason", "detail"], ascending=[False, True, True], ignore_index=True)


def count_files(ledger: pd.DataFrame, most: int = 0) -> pd.DataFrame:
    """Count the units of each file, one row per file: file, units, kept, dropped, reasons; most dropped first.

    With `most`, the files after that many are summed in a last row.
    """
    require(ledger, LEDGER, source="ledger")
    rows = []
    for file, units in ledger.groupby("file", sort=True):
        dropped = units.loc[units["status"] == DROPPED, "reason"].value_counts()
        told = "; ".join(f"{reason} ({times:,})" if times > 1 else reason for reason, times in dropped.items())
        rows.append((file, len(units), len(units) - dropped.sum(), dropped.sum(), told))
    table = as_table(rows, FILES).sort_values(["dropped", "units", "file"], ascending=[False, False, True])
    if not most or len(table) <= most + 1:
        return table.reset_index(drop=True)
    rest = table.iloc[most:]
    summed = [(f"({len(rest):,} more files)", *rest[["units", "kept", "dropped"]].sum(), "")]
    return pd.concat([table.head(most), as_table(summed, FILES)], ignore_index=True)
