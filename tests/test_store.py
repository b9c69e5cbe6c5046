"""Store: a corpus that was written once comes back as it was."""

import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import CorpusError, load_corpus, save_corpus
from toolkit.cells import RISKY, guard, unguard
from toolkit.cli import main

ROWS = [
    {"id": "x", "Medium": "Hill Courier", "date": "2022-01-12T21:53:00+01:00", "title": "=SUM(1)", "text": "One.\n\nTwo, \"three\"; four.", "Desk": "+1"},
    {"id": "x", "Medium": "", "date": "", "title": "'@home", "text": "Only a line of text, 10°C.\tAnd a tab.", "Desk": "'-"},
    {"id": "", "Medium": "Bay Times", "date": "02/03/2022", "title": "Über die Gespräche", "text": "Sie trafen sich am Montag im Hafen.\nNiemand sprach.", "Desk": ""},
    {"id": "", "Medium": "Bay Times", "date": "02/03/2022", "title": "Empty", "text": "", "Desk": ""},
]  # fmt: skip


@pytest.fixture
def corpus(tmp_path):
    pd.DataFrame(ROWS).to_json(tmp_path / "in.jsonl", orient="records", lines=True)
    return load_corpus(tmp_path / "in.jsonl", "Medium:outlet")


@pytest.mark.parametrize("suffix", [".parquet", ".jsonl", ".csv"])
def test_articles_come_back_exactly(tmp_path, corpus, suffix):
    path = save_corpus(*corpus, tmp_path / f"out{suffix}")
    again = load_corpus(path)
    pd.testing.assert_frame_equal(again.articles, corpus.articles)
    assert list(again.articles["source"]) == ["in.jsonl line 1", "in.jsonl line 2", "in.jsonl line 3"]


NAMES = st.text(max_size=8)
VALUES = st.one_of(st.text(max_size=40), st.sampled_from(["Ã¼ber", "a\u200b\u0301", "\r\x00\n x", "Â\x1d\xa0", "'=1"]))


@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
@given(record=st.dictionaries(NAMES, VALUES, max_size=4), text=VALUES)
def test_whatever_stands_in_a_record_comes_back_as_it_was_read(tmp_path_factory, suffix, record, text):
    folder = tmp_path_factory.mktemp("trip")
    (folder / "in.json").write_text(
        json.dumps([{"title": "Talks", "outlet": "Bay", "text": f"They met. {text}"} | record])
    )
    try:
        corpus = load_corpus(folder / "in.json")
    except CorpusError:  # the record named its own text, and left it empty
        return
    again = load_corpus(save_corpus(*corpus, folder / f"out{suffix}")).articles
    pd.testing.assert_frame_equal(again, corpus.articles)


def test_from_parquet_the_ledger_comes_back_too_with_what_was_dropped(tmp_path, corpus):
    again = load_corpus(save_corpus(*corpus, tmp_path / "out.parquet"))
    pd.testing.assert_frame_equal(again.ledger, corpus.ledger)
    assert list(again.ledger["reason"]) == ["", "", "", "no text"]


def test_a_saved_corpus_whose_ledger_is_gone_is_read_row_by_row(tmp_path, corpus):
    path = save_corpus(*corpus, tmp_path / "out.parquet")
    (tmp_path / "out.parquet.ledger.csv").unlink()
    again = load_corpus(path)
    pd.testing.assert_frame_equal(again.articles, corpus.articles)
    assert list(again.ledger["source"]) == ["out.parquet row 1", "out.parquet row 2", "out.parquet row 3"]


def test_a_spreadsheet_finds_no_formula_in_the_csv_file(tmp_path, corpus):
    path = save_corpus(*corpus, tmp_path / "out.csv")
    cells = pd.read_csv(path, dtype=str, keep_default_na=False).to_numpy().ravel()
    assert "'=SUM(1)" in cells and "''@home" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_the_ledger_beside_a_saved_corpus_is_no_article(tmp_path, corpus):
    (tmp_path / "saved").mkdir()
    save_corpus(*corpus, tmp_path / "saved" / "out.csv")
    ledger = load_corpus(tmp_path / "saved").ledger
    assert list(ledger["reason"]) == ["", "", "", "the ledger of a saved corpus"]


def test_another_suffix_is_refused(tmp_path, corpus):
    with pytest.raises(CorpusError, match=r"out.docx: cannot write .docx. Use .parquet, .jsonl, .csv."):
        save_corpus(*corpus, tmp_path / "out.docx")


@given(st.text())
def test_a_guarded_cell_is_never_a_formula_and_comes_back(text):
    assert unguard(guard(text)) == text
    assert guard(text)[:1] not in ("=", "+", "-", "@", "\t", "\r") and (
        RISKY.match(text) is None or guard(text) != text
    )


@pytest.mark.parametrize("suffix", [".parquet", ".jsonl", ".csv"])
def test_metadata_without_a_text_comes_back_as_metadata(tmp_path, suffix):
    (tmp_path / "links.csv").write_text("title,url,date\nGas talks,https://hill.example/a,2022-01-12\n")
    corpus = load_corpus(tmp_path / "links.csv")
    again = load_corpus(save_corpus(*corpus, tmp_path / f"out{suffix}"))
    pd.testing.assert_frame_equal(again.articles, corpus.articles)


def test_the_command_writes_over_nothing_that_it_reads(tmp_path, capsys):
    table = tmp_path / "in" / "a.csv"
    table.parent.mkdir()
    table.write_text("title,text\nGas,They met in the harbour.\n")
    before = table.read_bytes()
    assert main(["convert", str(table), str(table)]) == 1
    assert main(["convert", str(table.parent), str(table.parent / "b.csv")]) == 1
    assert "lies in what is read" in capsys.readouterr().err
    (tmp_path / "own.csv").write_text("mine")
    assert main(["convert", str(table), str(tmp_path / "own.csv")]) == 1
    assert "was not made by convert" in capsys.readouterr().err
    assert [path.name for path in table.parent.iterdir()] == ["a.csv"] and table.read_bytes() == before
    for _ in range(2):
        assert main(["convert", str(table), str(tmp_path / "out.parquet")]) == 0
