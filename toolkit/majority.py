"""Majority: what the coders of an article agreed on, one value per article and variable."""

import pandas as pd

from toolkit.errors import TableError
from toolkit.tables import CODINGS, SETTLED, as_table, require, texts_of

YES, NO = ("1", "1.0", "true"), ("0", "0.0", "false")


def settle_codings(codings: pd.DataFrame) -> pd.DataFrame:
    """Settle what coders found, one row per article and variable that anybody coded.

    Columns: article_id, frame (the variable), outcome: yes or no by the majority of its coders, tie where they are
    even, other where nobody wrote 1 or 0. An empty value is no coding; beside a 1 or 0, other values do not count.
    """
    require(codings, CODINGS, source="codings")
    table = pd.DataFrame({column: texts_of(codings, column) for column in ("article_id", "variable", "value")})
    table["value"] = [value.strip().casefold() for value in table["value"]]
    table = table[table["value"] != ""]
    if table.empty:
        raise TableError("codings holds no value. Write 1 where a coder found the frame and 0 where not.")
    votes = table.assign(yes=table["value"].isin(YES), no=table["value"].isin(NO))
    votes = votes.groupby(["article_id", "variable"], sort=False)[["yes", "no"]].sum().reset_index()
    rows = ((row.article_id, row.variable, _outcome(row.yes, row.no)) for row in votes.itertuples())
    return as_table(rows, SETTLED)


def _outcome(yes: int, no: int) -> str:
    if not yes + no:
        return "other"
    return "tie" if yes == no else "yes" if yes > no else "no"
