"""Ledger: what became of every unit that was read."""

import pandas as pd

from toolkit.tables import FILES, as_table, require

KEPT, DROPPED = "kept", "dropped"


def balanced(ledger: pd.DataFrame, articles: int) -> pd.DataFrame:
    """Return the ledger if every unit in it is an article or was dropped for a reason: the toolkit's first promise."""
    kept = ledger["status"] == KEPT
    if kept.sum() != articles or (ledger.loc[~kept, "reason"] == "").any() or not ledger.loc[kept, "article_id"].all():
        raise AssertionError(f"the ledger does not balance: {articles} articles, {kept.sum()} units kept")
    return ledger


def count_ledger(ledger: pd.DataFrame) -> pd.DataFrame:
    """Count what became of the units read, one row per status, reason and detail: and units, most first."""
    require(ledger, ["status", "reason", "detail"], source="ledger")
    counts = ledger.groupby(["status", "reason", "detail"]).size().reset_index(name="units")
    counts = counts.astype(dict.fromkeys(("status", "reason", "detail"), "str"))
    return counts.sort_values(["units", "reason", "detail"], ascending=[False, True, True], ignore_index=True)


def count_files(ledger: pd.DataFrame, most: int = 0) -> pd.DataFrame:
    """Count the units of each file, one row per file: file, units, kept, dropped, reasons; most dropped first.

    With `most`, the files after that many are summed in a last row.
    """
    require(ledger, ["status", "reason", "file"], source="ledger")
    dropped = ledger["status"] == DROPPED
    table = ledger.assign(dropped=dropped).groupby("file")["dropped"].agg(["size", "sum"]).reset_index()
    table = table.set_axis(["file", "units", "dropped"], axis=1).astype({"file": "str"})
    table = table.sort_values(["dropped", "units", "file"], ascending=[False, False, True])
    shown = table.head(most if most and len(table) > most + 1 else len(table))
    reasons = ledger[dropped & ledger["file"].isin(shown.loc[shown["dropped"] > 0, "file"])][["file", "reason"]]
    told = {file: _say(own.value_counts()) for file, own in reasons.astype("str").groupby("file")["reason"]}
    files = shown.assign(kept=shown["units"] - shown["dropped"], reasons=[told.get(file, "") for file in shown["file"]])
    files = files[list(FILES)].astype(dict(FILES)).reset_index(drop=True)
    if len(shown) == len(table):
        return files
    rest = table.iloc[len(shown) :]
    units, lost = rest["units"].sum(), rest["dropped"].sum()
    summed = [(f"({len(rest):,} more files)", units, units - lost, lost, "")]
    return pd.concat([files, as_table(summed, FILES)], ignore_index=True)


def _say(reasons: pd.Series) -> str:
    return "; ".join(f"{reason} ({times:,})" if times > 1 else reason for reason, times in reasons.items())
