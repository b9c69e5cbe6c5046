"""Codings: a sample is drawn fairly, sheets hide what must not sway, and what coders write comes back."""

import csv

import pandas as pd
import pytest

from toolkit import CorpusError, TableError, agreement, load_codings, sample_articles, settle_codings, write_sheets
from toolkit.cli import main

OUTLETS = ["Bay Times"] * 60 + ["Hill Courier"] * 30 + ["Wire"] * 10


@pytest.fixture
def articles() -> pd.DataFrame:
    rows = [
        (f"a{n:03}", outlet, f"Title {n}", f"=Text {n}.", f"{2020 + n % 2}-01-01") for n, outlet in enumerate(OUTLETS)
    ]
    return pd.DataFrame(rows, columns=["article_id", "outlet", "title", "text", "published_local"]).assign(
        published=pd.NaT
    )


def test_each_outlet_gives_its_part_of_the_sample(articles):
    drawn = sample_articles(articles, 20)
    assert drawn["outlet"].value_counts().to_dict() == {"Bay Times": 12, "Hill Courier": 6, "Wire": 2}
    assert not drawn["article_id"].duplicated().any()


def test_the_largest_remainders_are_rounded_up(articles):
    # Parts of 7: 4.2, 2.1 and 0.7.
    assert sample_articles(articles, 7)["outlet"].value_counts().to_dict() == {
        "Bay Times": 4,
        "Hill Courier": 2,
        "Wire": 1,
    }


def test_strata_may_be_outlets_in_years(articles):
    drawn = sample_articles(articles, 20, by=("outlet", "year"))
    years = drawn["published_local"].str[:4]
    assert drawn.groupby(["outlet", years]).size().to_dict()[("Bay Times", "2021")] == 6


def test_a_sample_is_drawn_by_the_seed_and_not_by_the_order_of_the_rows(articles):
    one, again = sample_articles(articles, 20, seed=3), sample_articles(articles.iloc[::-1], 20, seed=3)
    assert list(one["article_id"]) == list(again["article_id"])
    assert list(one["article_id"]) != list(sample_articles(articles, 20, seed=4)["article_id"])
    assert list(one["article_id"]) != sorted(one["article_id"])


def test_a_sample_larger_than_the_corpus_is_the_corpus_without_what_has_no_text(articles):
    articles.loc[0, "text"] = ""
    assert len(sample_articles(articles, 500)) == 99


@pytest.mark.parametrize(
    ("size", "by", "message"), [(0, (), "size must be 1 or more"), (5, ("desk",), "cannot be grouped by 'desk'")]
)
def test_a_sample_that_cannot_be_drawn_is_refused(articles, size, by, message):
    with pytest.raises(TableError, match=message):
        sample_articles(articles, size, by)


def test_a_sheet_shows_the_article_and_nothing_that_would_sway_a_coder(articles, tmp_path):
    paths = write_sheets(sample_articles(articles, 5), ["conflict", "morality"], tmp_path / "sheets", ["ana", "ben"])
    assert [path.name for path in paths] == [
        "codings-ana.csv",
        "codings-ana.xlsx",
        "codings-ben.csv",
        "codings-ben.xlsx",
    ]
    sheet = pd.read_csv(paths[0], dtype=str, keep_default_na=False)
    assert list(sheet.columns) == ["article_id", "title", "text", "conflict", "morality", "note"]
    assert (sheet[["conflict", "morality", "note"]] == "").all(axis=None)
    assert sheet["text"].str.startswith("'=Text").all()  # no formula


def test_sheets_that_may_hold_codings_are_not_written_over(articles, tmp_path):
    write_sheets(articles.head(2), ["conflict"], tmp_path, ["ana"])
    with pytest.raises(CorpusError, match="codings-ana.csv: is there already, and may hold codings"):
        write_sheets(articles.head(2), ["conflict"], tmp_path, ["ana"])


def test_sheets_that_nobody_has_filled_in_are_an_error_and_no_agreement(articles, tmp_path, capsys):
    write_sheets(articles.head(2), ["conflict"], tmp_path, ["ana", "ben"])
    assert main(["agree", str(tmp_path)]) == 1
    assert capsys.readouterr().err.endswith("nobody has filled in a sheet yet. Write values into it, then ask again.\n")


def filled(folder, articles, answers: dict[str, list[str]]) -> None:
    for path in write_sheets(articles.head(3), ["conflict"], folder, list(answers)):
        if path.suffix == ".xlsx":
            path.unlink()
            continue
        rows = list(csv.DictReader(path.open(encoding="utf-8-sig")))
        for row, answer in zip(rows, answers[path.stem.partition("-")[2]], strict=True):
            row["conflict"] = answer
        with path.open("w", encoding="cp1252", newline="") as file:  # as a spreadsheet program may save it
            writer = csv.DictWriter(file, rows[0].keys(), delimiter=";")
            writer.writeheader()
            writer.writerows(rows)


def test_what_coders_write_comes_back_however_their_program_saved_it(articles, tmp_path):
    filled(tmp_path, articles, {"ana": ["1", "", "0"], "ben": ["yes", "No", "1.0"]})
    found = load_codings(tmp_path)
    assert found.to_dict("list") == {
        "article_id": ["a000", "a001", "a002"] * 2,
        "coder": ["ana"] * 3 + ["ben"] * 3,
        "variable": ["conflict"] * 6,
        "value": ["1", "", "0", "1", "0", "1"],
    }


def test_a_workbook_comes_back_too(articles, tmp_path):
    xlsxwriter = pytest.importorskip("xlsxwriter")
    with xlsxwriter.Workbook(tmp_path / "codings-ana.xlsx") as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate(
            [("article_id", "text", "conflict"), ("a000", "They met.", 1), ("a001", "They parted.", 0)]
        ):
            sheet.write_row(row, 0, cells)
    assert list(load_codings(tmp_path)["value"]) == ["1", "0"]


def test_a_long_table_of_judgements_is_read_too(tmp_path):
    (tmp_path / "all.csv").write_text("article_id,coder,variable,value\na1,ana,tone,-1\na1,ben,tone,1\n")
    assert load_codings(tmp_path / "all.csv").to_dict("list") == {
        "article_id": ["a1", "a1"], "coder": ["ana", "ben"], "variable": ["tone", "tone"], "value": ["-1", "1"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("codings-ana.csv", "id,conflict\na1,1\n", "codings-ana.csv row 1: no article_id"),
        (
            "codings-ana.csv",
            "article_id,conflict\na1,1\na2,7\n",
            "codings-ana.csv row 2: conflict is '7'. It takes one of: 0, 1.",
        ),
        ("codings-ana.csv", "", "codings-ana.csv: empty file."),
        ("codings-ana.pdf", "x", "codings-ana.pdf: no coding sheet. Save it as one of: .csv"),
    ],
)
def test_a_sheet_that_cannot_be_read_is_told_with_its_place(tmp_path, name, content, message):
    (tmp_path / name).write_text(content)
    with pytest.raises(CorpusError) as caught:
        load_codings(tmp_path / name, values=["0", "1"])
    assert str(caught.value).startswith(message)


def test_an_empty_folder_has_no_sheets(tmp_path):
    with pytest.raises(CorpusError, match="no coding sheet in this folder"):
        load_codings(tmp_path)


def test_the_value_of_most_coders_is_settled_and_a_tie_is_not():
    rows = [("a1", "ana", "conflict", "1"), ("a1", "ben", "conflict", "1"), ("a1", "cleo", "conflict", "0"),
            ("a2", "ana", "conflict", "1"), ("a2", "ben", "conflict", "0"), ("a3", "ana", "conflict", "")]  # fmt: skip
    settled = settle_codings(pd.DataFrame(rows, columns=["article_id", "coder", "variable", "value"]))
    assert settled[["article_id", "coder", "variable", "value"]].to_numpy().tolist() == [
        ["a1", "gold", "conflict", "1"],
        ["a2", "gold", "conflict", ""],
    ]


def test_a_value_without_end_is_no_number():
    codings = pd.DataFrame(
        [("a1", "ana", "tone", "inf"), ("a1", "bo", "tone", "1")], columns=["article_id", "coder", "variable", "value"]
    )
    with pytest.raises(TableError, match="tone holds 'inf', which is no number"):
        agreement(codings, "interval")


def test_a_value_in_a_column_without_a_name_is_refused(tmp_path):
    sheet = tmp_path / "codings-ana.csv"
    sheet.write_text("article_id,variable,value\na1,,1\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="codings-ana.csv row 1: the value '1' has no variable. Name its column."):
        load_codings(sheet)
