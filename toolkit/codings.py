"""Codings: what people said of articles, one judgement a row, read from the sheets they filled in."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from toolkit.cells import unguard
from toolkit.errors import CorpusError, TableError
from toolkit.paths import resolve
from toolkit.readers import delimited, excel
from toolkit.readers.decoding import NotTextError
from toolkit.tables import CODINGS, as_table, require, texts_of
from toolkit.units import Fields, Unit

READERS = {".csv": delimited.read, ".tsv": delimited.read, ".xlsx": excel.read, ".ods": excel.read}
BESIDE = {"article_id", "coder", "outlet", "published", "title", "text", "note"}  # columns of a sheet that are no codes
WORDS = {"true": "1", "yes": "1", "false": "0", "no": "0"}
MISSING = {"", "na", "nan", "<na>"}  # as R and pandas write it
GOLD = "gold"


def load_codings(path: str | Path, values: Iterable[str] = ()) -> pd.DataFrame:
    """Read the sheets of coders, one row per judgement: article_id, coder, variable, value; none for an empty path.

    `path` is a sheet (CSV, TSV, XLSX, ODS) or a folder of sheets, whose names begin with codings. A sheet has a column
    article_id and one column per variable, or the columns article_id, variable and value; its coder stands in a column
    coder, or is what follows the last hyphen of the file's name: codings-ana.csv. Raises CorpusError, with file and
    row, for a sheet without article_id, or a value that is none of `values`, if they are given.
    """
    if not str(path):
        return as_table([], CODINGS)
    root = resolve(path)
    sheets = _sheets(root) if root.is_dir() else [root]
    if not sheets:
        raise CorpusError(
            f"{root.name}: no coding sheet in this folder. Name them codings-NAME.csv or codings-NAME.xlsx."
        )
    rows = [row for sheet in sheets for row in _judgements(sheet, set(map(_plain, values)))]
    return as_table(rows, CODINGS)


def _sheets(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("codings*") if path.suffix.lower() in READERS)


def _judgements(sheet: Path, values: set[str]) -> Iterator[tuple[str, str, str, str]]:
    coder = sheet.stem.rpartition("-")[2]
    for unit in _rows(sheet):
        fields = {unguard(name.strip()): value.strip() for name, value in unit.fields.items()}
        article_id = unguard(fields.get("article_id", ""))
        if unit.reason or not article_id:
            why = unit.reason or "no article_id; keep that column as it was written"
            raise CorpusError(f"{sheet.name} {unit.place}: {why}.")
        for variable, value in _codes(fields):
            plain = _plain(value)
            if plain and not variable:
                raise CorpusError(f"{sheet.name} {unit.place}: the value {value!r} has no variable. Name its column.")
            if values and plain and plain not in values:
                allowed = ", ".join(sorted(values))
                raise CorpusError(f"{sheet.name} {unit.place}: {variable} is {value!r}. It takes one of: {allowed}.")
            yield article_id, fields.get("coder") or coder, variable, plain


def _rows(sheet: Path) -> Iterator[Unit]:
    reader = READERS.get(sheet.suffix.lower())
    if reader is None:
        raise CorpusError(f"{sheet.name}: no coding sheet. Save it as one of: {', '.join(READERS)}.")
    try:
        yield from reader(sheet)
    except (NotTextError, OSError) as error:
        raise CorpusError(f"{sheet.name}: {getattr(error, 'strerror', None) or error}.") from None


def _codes(fields: Fields) -> Iterator[tuple[str, str]]:
    if "variable" in fields and "value" in fields:
        yield fields["variable"], fields["value"]
    else:
        yield from ((name, value) for name, value in fields.items() if name not in BESIDE)


def tidy_codings(codings: pd.DataFrame) -> pd.DataFrame:
    """Return the codings that hold a value, each value in one form: 1 for 1, 1.0, True and yes.

    Raises TableError where a coder codes a variable of an article twice.
    """
    require(codings, CODINGS, source="codings")
    table = pd.DataFrame({name: [value.strip() for value in texts_of(codings, name)] for name in CODINGS})
    table = table.assign(value=[_plain(value) for value in table["value"]])
    table = table[table["value"] != ""].reset_index(drop=True)
    keys = ["article_id", "coder", "variable"]
    if (twice := table.duplicated(keys)).any():
        article_id, coder, variable = table.loc[twice, keys].iloc[0]
        raise TableError(f"codings: {coder} codes {variable} of article {article_id!r} more than once. Keep one.")
    return table


def settle_codings(codings: pd.DataFrame) -> pd.DataFrame:
    """Settle what coders found, one row per article and variable that anybody coded: the value of most of them.

    Columns as of codings; the coder is "gold", and the value is "" where two values tie. Better than a majority is what
    the coders have reconciled: hand it over as the only coder.
    """
    table = tidy_codings(codings)
    keys = ["article_id", "variable"]
    votes = table.groupby([*keys, "value"], sort=False).size().rename("votes").reset_index()
    most = votes[votes["votes"] == votes.groupby(keys)["votes"].transform("max")]
    most = most.assign(value=most["value"].where(~most.duplicated(keys, keep=False), "")).drop_duplicates(keys)
    return as_table(((row.article_id, GOLD, row.variable, row.value) for row in most.itertuples()), CODINGS)


def _plain(value: str) -> str:
    lower = value.strip().lower()
    if lower in MISSING:
        return ""
    number = number_of(value)
    return WORDS.get(lower, value.strip()) if np.isnan(number) else f"{number:g}"


def number_of(value: str) -> float:
    """Return the finite number a value is, NaN where it is none."""
    try:
        number = float(value)
    except ValueError:
        return np.nan
    return number if np.isfinite(number) else np.nan
