"""Ledger: what became of every unit, counted by reason and by file."""

import pandas as pd
import pytest

from toolkit import count_files, count_ledger
from toolkit.ledger import balanced

ROWS = [
    ("a.csv row 1", "kept", "", "1", "utf-8", "a.csv"),
    ("a.csv row 2", "kept", "", "2", "utf-8", "a.csv"),
    ("a.csv row 3", "dropped", "no text", "", "utf-8", "a.csv"),
    ("b.txt", "kept", "", "3", "", "b.txt"),
    ("c.pdf", "dropped", "no reader for .pdf", "", "", "c.pdf"),
    ("d.txt", "kept", "", "4", "", "d.txt"),
]


@pytest.fixture
def ledger() -> pd.DataFrame:
    return pd.DataFrame(ROWS, columns=["source", "status", "reason", "article_id", "detail", "file"]).astype("str")


def test_units_are_counted_by_what_became_of_them(ledger):
    assert count_ledger(ledger).to_records(index=False).tolist() == [
        ("kept", "", "", 2),
        ("kept", "", "utf-8", 2),
        ("dropped", "no reader for .pdf", "", 1),
        ("dropped", "no text", "utf-8", 1),
    ]


def test_the_units_of_a_file_are_those_kept_and_those_dropped(ledger):
    assert count_files(ledger).to_records(index=False).tolist() == [
        ("a.csv", 3, 2, 1, "no text"),
        ("c.pdf", 1, 0, 1, "no reader for .pdf"),
        ("b.txt", 1, 1, 0, ""),
        ("d.txt", 1, 1, 0, ""),
    ]


def test_files_beyond_the_number_asked_for_are_summed_not_lost(ledger):
    assert count_files(ledger, most=1).to_records(index=False).tolist() == [
        ("a.csv", 3, 2, 1, "no text"),
        ("(3 more files)", 3, 2, 1, ""),
    ]


@pytest.mark.parametrize("column", ["reason", "article_id"])
def test_a_ledger_that_does_not_balance_stops_everything(ledger, column):
    assert balanced(ledger, 4) is ledger
    with pytest.raises(AssertionError, match="5 articles, 4 units kept"):
        balanced(ledger, 5)
    with pytest.raises(AssertionError, match="does not balance"):
        balanced(ledger.assign(**{column: ""}), 4)
