"""Sheets: the tables that coders fill in, one row an article and one empty cell a variable."""

from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from toolkit.errors import CorpusError
from toolkit.exports import write_csv
from toolkit.tables import require, texts_of

SHOWN = ("article_id", "title", "text")
NOTE = "note"
LONGEST_CELL = 32_000  # characters a cell of a workbook can hold
CUT = " ... (cut: read on in the article)"
WIDTHS = {"article_id": 14, "title": 40, "text": 90, NOTE: 30}
OTHERS = 14  # characters


def write_sheets(
    sample: pd.DataFrame,
    variables: Sequence[str],
    folder: str | Path,
    coders: Iterable[str] = ("a", "b"),
    values: Sequence[str] = ("0", "1"),
) -> list[Path]:
    """Write an empty coding sheet per coder, CSV and, with the extra `excel`, XLSX with a list of values to choose.

    A row of a sheet is an article of `sample`: article_id, title, text, a column per variable, note. Neither the outlet
    nor what a machine found is shown, so that neither sways a coder. Returns the paths; raises CorpusError where a
    sheet is there already, since codings may stand in it.
    """
    require(sample, SHOWN, source="sample")
    table = pd.DataFrame({name: texts_of(sample, name) for name in SHOWN})
    table = table.assign(**dict.fromkeys([*variables, NOTE], ""))
    folder = Path(folder)
    suffixes = (".csv", ".xlsx") if find_spec("xlsxwriter") else (".csv",)
    paths = [folder / f"codings-{coder}{suffix}" for coder in coders for suffix in suffixes]
    if there := next((path for path in paths if path.exists()), None):
        raise CorpusError(f"{there}: is there already, and may hold codings. Choose another folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in paths:
            if path.suffix == ".csv":
                write_csv(table, path)
            else:
                _write_xlsx(table, path, variables, list(values))
    except OSError as error:
        raise CorpusError(f"{folder}: cannot be written: {error.strerror}. Choose another place.") from None
    return paths


def _write_xlsx(table: pd.DataFrame, path: Path, variables: Sequence[str], values: list[str]) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("codings")
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for column, name in enumerate(table):
            sheet.set_column(column, column, WIDTHS.get(name, OTHERS), wrapped)
            cells = [value if len(value) <= LONGEST_CELL else value[:LONGEST_CELL] + CUT for value in table[name]]
            for row, value in enumerate([name, *cells]):
                sheet.write_string(row, column, value, wrapped)
            if name in variables:
                choice = {"validate": "list", "source": values, "error_message": f"One of: {', '.join(values)}"}
                sheet.data_validation(1, column, len(table), column, choice)
        sheet.freeze_panes(1, 2)
