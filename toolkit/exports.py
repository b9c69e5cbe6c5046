"""Exports: any table as CSV, XLSX or Parquet, a network as GraphML, for the programs that read them."""

import io
import tempfile
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd

from toolkit.cells import guard
from toolkit.errors import TableError, ToolkitError
from toolkit.tables import require, texts_of

LONGEST_CELL = 32_000  # characters a cell of a workbook can hold
MOST_ROWS = 1_048_575  # of a sheet, under its header
SUFFIXES = (".csv", ".xlsx", ".parquet")
WHOLE, FRACTION = "long", "double"  # GraphML's names of numbers


def save_table(table: pd.DataFrame, path: str | Path) -> Path:
    """Write a table to a CSV, XLSX or Parquet file, by its suffix, and return the path.

    In CSV and XLSX no spreadsheet program takes a cell for a formula; Parquet holds the table as it is. The same table
    gives the same bytes. Raises TableError for another suffix, a table too long for a sheet, or a place that cannot be
    written to.
    """
    path = Path(path)
    writers = {".csv": write_csv, ".xlsx": _write_xlsx, ".parquet": _write_parquet}
    if path.suffix.lower() not in writers:
        raise TableError(f"{path.name}: cannot write {path.suffix or 'without a suffix'}. Use {', '.join(SUFFIXES)}.")
    write = writers[path.suffix.lower()]
    replace_file(path, lambda place: write(table, place))
    return path


def save_network(pairs: pd.DataFrame, path: str | Path, names: Mapping[str, str] | None = None) -> Path:
    """Write pairs as an undirected network in GraphML, one edge per row, and return the path.

    `pairs` has actor and other, or frame and other; its numbers become attributes of the edges. `names` maps ids to
    labels. Raises TableError where a column is missing or the file cannot be written.
    """
    first = "actor" if "actor" in getattr(pairs, "columns", ()) else "frame"
    require(pairs, [first, "other"], source="pairs")
    xml = _graphml(pairs, first, names or {})
    replace_file(Path(path), lambda place: place.write_bytes(xml))
    return Path(path)


def spread_codings(codings: pd.DataFrame) -> pd.DataFrame:
    """Return codings with a column per variable, one row per article and coder, as packages of R take them.

    Columns: article_id, coder, and the variables in the order of their names; "" where a coder gave no value.
    """
    require(codings, ["article_id", "coder", "variable", "value"], source="codings")
    wide = codings.pivot(index=["article_id", "coder"], columns="variable", values="value")
    return wide.fillna("").rename_axis(columns=None).reset_index()


def replace_file(path: Path, write: Callable[[Path], object], error: type[ToolkitError] = TableError) -> None:
    """Write a file under another name first, so that nothing half-written ever stands under its own.

    Raises `error` where it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".toolkit-") as folder:
            place = Path(folder) / path.name
            write(place)
            place.replace(path)
    except OSError as why:
        raise error(f"{path}: cannot be written: {why.strerror or why}. Choose another place.") from None


def csv_of(table: pd.DataFrame) -> str:
    """Return a table as CSV in which a spreadsheet program finds no formula; a missing value is an empty cell."""
    return _guarded(table).to_csv(index=False, lineterminator="\n")


def write_csv(table: pd.DataFrame, place: Path) -> None:
    """Write a table as `csv_of` gives it, with the mark by which a spreadsheet program knows it for UTF-8."""
    _guarded(table).to_csv(place, index=False, encoding="utf-8-sig", lineterminator="\n")


def _guarded(table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({guard(str(name)): _plain(table[name]) for name in table.columns}, index=table.index)


def _plain(column: pd.Series) -> pd.Series | list[str]:
    if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
        return column
    if pd.api.types.is_datetime64_any_dtype(column):
        return ["" if pd.isna(instant) else instant.isoformat() for instant in column]
    return [guard(text) for text in texts_of(column.to_frame("value"), "value")]


def _write_parquet(table: pd.DataFrame, place: Path) -> None:
    table.to_parquet(place, index=False)


def _write_xlsx(table: pd.DataFrame, place: Path) -> None:
    if not find_spec("xlsxwriter"):
        raise TableError(f'{place.name}: workbooks need the extra excel. Install it: pip install -e ".[excel]"')
    if len(table) > MOST_ROWS:
        raise TableError(f"{place.name}: {len(table):,} rows do not fit into a sheet. Write .csv or .parquet.")
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(place, options) as book:
        # A workbook otherwise tells when it was made, and no two would be the same.
        book.set_properties({"created": pd.Timestamp("2000-01-01").to_pydatetime()})
        sheet = book.add_worksheet("table")
        bold = book.add_format({"bold": True})
        for number, name in enumerate(table.columns):
            sheet.write_string(0, number, str(name), bold)
            for row, value in enumerate(table[name].tolist(), 1):
                _write_cell(sheet, row, number, value)
        sheet.freeze_panes(1, 0)


def _write_cell(sheet, row: int, column: int, value: object) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif pd.api.types.is_scalar(value) and pd.isna(value):
        return
    elif isinstance(value, int | float) and abs(value) < float("inf"):
        sheet.write_number(row, column, value)
    else:
        told = value.isoformat() if isinstance(value, pd.Timestamp) else str(value)
        sheet.write_string(row, column, told[:LONGEST_CELL])


def _graphml(pairs: pd.DataFrame, first: str, names: Mapping[str, str]) -> bytes:
    numbers = [name for name in pairs.columns if pd.api.types.is_numeric_dtype(pairs[name])]
    root = ElementTree.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    kinds = {name: WHOLE if pd.api.types.is_integer_dtype(pairs[name]) else FRACTION for name in numbers}
    keys = [("label", "node", "string"), *((name, "edge", kind) for name, kind in kinds.items())]
    for name, of, kind in keys:
        ElementTree.SubElement(root, "key", {"id": name, "for": of, "attr.name": name, "attr.type": kind})
    graph = ElementTree.SubElement(root, "graph", edgedefault="undirected")
    ends = texts_of(pairs, first), texts_of(pairs, "other")
    for actor in dict.fromkeys([*ends[0], *ends[1]]):
        node = ElementTree.SubElement(graph, "node", id=_xml(actor))
        ElementTree.SubElement(node, "data", key="label").text = _xml(names.get(actor, actor))
    for source, target, row in zip(*ends, pairs[numbers].to_dict("records"), strict=True):
        edge = ElementTree.SubElement(graph, "edge", source=_xml(source), target=_xml(target))
        for name, value in row.items():
            if pd.notna(value):
                ElementTree.SubElement(edge, "data", key=name).text = repr(value)
    buffer = io.BytesIO()
    ElementTree.ElementTree(root).write(buffer, encoding="utf-8", xml_declaration=True)
    return buffer.getvalue() + b"\n"


def _xml(text: str) -> str:
    """Return a text without the characters that XML has no way to write."""
    return "".join(letter if letter.isprintable() or letter in "\t\n" else "\ufffd" for letter in text)
