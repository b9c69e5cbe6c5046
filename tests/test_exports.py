"""Exports: tables and networks as other programs read them, the same bytes each time, no formula anywhere."""

import zipfile
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import TableError, save_network, save_table, spread_codings
from toolkit.exports import csv_of


@pytest.fixture
def table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": ["=1+1", "plain", "+43"],
            "share": [0.1 + 0.2, float("nan"), 1.0],
            "present": [True, False, True],
            "published": pd.to_datetime(["2022-01-31T23:30Z", None, "2022-02-01T00:00Z"], utc=True),
        }
    )


def test_a_table_is_written_as_csv_without_formulas_and_with_all_its_digits(table):
    assert csv_of(table) == (
        "name,share,present,published\n"
        "'=1+1,0.30000000000000004,True,2022-01-31T23:30:00+00:00\n"
        "plain,,False,\n"
        "'+43,1.0,True,2022-02-01T00:00:00+00:00\n"
    )


@given(st.text(max_size=8))
def test_no_cell_of_a_csv_begins_as_a_formula_does(text):
    assert not csv_of(pd.DataFrame({text: [text]})).startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet"])
def test_the_same_table_gives_the_same_bytes(table, tmp_path, suffix):
    first, second = (save_table(table, tmp_path / f"{name}{suffix}").read_bytes() for name in "ab")
    assert first == second
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"a{suffix}", f"b{suffix}"]


def test_a_workbook_holds_text_where_a_formula_would_run(table, tmp_path):
    with zipfile.ZipFile(save_table(table, tmp_path / "a.xlsx")) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "=1+1" in book.read("xl/sharedStrings.xml").decode()


def test_parquet_holds_the_table_as_it_is(table, tmp_path):
    pd.testing.assert_frame_equal(pd.read_parquet(save_table(table, tmp_path / "a.parquet")), table)


def test_another_suffix_or_a_place_that_cannot_be_written_is_refused(table, tmp_path):
    with pytest.raises(TableError, match=r"a.doc: cannot write .doc. Use .csv, .xlsx, .parquet."):
        save_table(table, tmp_path / "a.doc")
    (tmp_path / "file").write_text("")
    with pytest.raises(TableError, match="cannot be written"):
        save_table(table, tmp_path / "file" / "a.csv")


def test_a_network_is_graphml_with_labels_and_numbers(tmp_path):
    pairs = pd.DataFrame(
        {"actor": ["nato", "<b>"], "other": ["russia", "nato"], "n": [3, 1], "phi": [0.5, float("nan")]}
    )
    path = save_network(pairs, tmp_path / "net.graphml", {"nato": "NATO & co"})
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    root = ElementTree.parse(path).getroot()
    nodes = {node.get("id"): node.find("g:data", space).text for node in root.iterfind(".//g:node", space)}
    assert nodes == {"nato": "NATO & co", "<b>": "<b>", "russia": "russia"}
    edges = [
        (edge.get("source"), edge.get("target"), {one.get("key"): one.text for one in edge})
        for edge in root.iterfind(".//g:edge", space)
    ]
    assert edges == [("nato", "russia", {"n": "3", "phi": "0.5"}), ("<b>", "nato", {"n": "1"})]


def test_a_network_needs_both_ends(tmp_path):
    with pytest.raises(TableError, match="pairs lacks frame, other"):
        save_network(pd.DataFrame({"n": [1]}), tmp_path / "a.graphml")


def test_codings_are_spread_to_a_column_per_variable_with_gaps_left_empty():
    rows = [
        ("a1", "ben", "tone", "0"),
        ("a1", "ana", "war", "1"),
        ("a1", "ana", "tone", "-1"),
        ("a2", "ana", "war", "0"),
    ]
    wide = spread_codings(pd.DataFrame(rows, columns=["article_id", "coder", "variable", "value"]))
    assert list(wide.columns) == ["article_id", "coder", "tone", "war"]
    assert wide.to_numpy().tolist() == [["a1", "ana", "-1", "1"], ["a1", "ben", "0", ""], ["a2", "ana", "", "0"]]
