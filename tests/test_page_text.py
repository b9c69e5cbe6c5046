"""Saved pages: written for the project, in shapes that differ from each other."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import clean_page, load_corpus
from toolkit.paths import DATA

PAGE = """Home
World
Sport
Sign in
All times are Lisbon time
Advertisement

Home > World

Harbour towns ask for a longer pier after the storm

World | 3 March 2021, 18:05
By the coast desk

Three towns on the coast say that the old pier is too short for the new boats.

Share
Tweet

The pier at low tide. Photo: Harbour Post / archive

The mayors of three harbour towns asked the government on Wednesday for a longer pier. They said that the storm of last week had shown how little room there was for the boats.

Advertisement

“We have waited for ten years, and the sea has not waited with us,” said the mayor of the largest of the towns.

A question of money

The ministry answered that it would study the plan. It did not say when the work could begin, nor what it would cost.

READ ALSO: Storm of the century, seen from the lighthouse

The fishermen were not impressed. They have heard such answers before, one of them said.

Copyright © 2021 Harbour Post. All rights reserved.
Related articles
Storm closes the coast road for two days (1 March 2021)
Tags: harbour, storm, pier, fishing
Home
World
Sport
Privacy policy
"""


def lines_labelled(label: str, page: str = PAGE) -> list[str]:
    table = clean_page(page)
    return list(table.loc[table["label"] == label, "text"])


def test_a_page_gives_up_its_body_and_nothing_else():
    assert [text.split()[0] for text in lines_labelled("body")] == ["The", "“We", "The", "The"]
    assert lines_labelled("subheading") == ["A question of money"]


@pytest.mark.parametrize(
    ("label", "beginnings"),
    [
        ("headline", ["Harbour towns ask"]),
        ("dateline", ["World | 3 March"]),
        ("byline", ["By the coast desk"]),
        ("teaser", ["Three towns on the coast"]),
        ("caption", ["The pier at low tide"]),
        ("promotion", ["READ ALSO"]),
        ("related", ["Storm closes the coast road"]),
        ("tags", ["Tags: harbour"]),
    ],
)
def test_each_line_of_a_page_is_told_for_what_it_is(label, beginnings):
    found = lines_labelled(label)
    assert len(found) == len(beginnings)
    assert all(text.startswith(beginning) for text, beginning in zip(found, beginnings, strict=True))


def test_every_line_has_a_reason_and_its_place():
    table = clean_page(PAGE)
    assert (table["reason"] != "").all()
    assert [PAGE[start:end] for start, end in zip(table["start"], table["end"], strict=True)] == list(table["text"])


def test_a_page_becomes_an_article(tmp_path):
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    row = load_corpus(tmp_path).articles.iloc[0]
    assert row["title"] == "Harbour towns ask for a longer pier after the storm"
    assert row["outlet"] == "Harbour Post"
    assert row["section"] == "World"
    assert row["published_local"] == "2021-03-03T18:05:00+00:00"
    assert row["author"] == "the coast desk"
    assert row["tags"] == "harbour; storm; pier; fishing"
    assert row["related"] == "Storm closes the coast road for two days (1 March 2021)"
    assert row["caption"].startswith("The pier at low tide.")
    assert row["teaser"].startswith("Three towns")
    assert row["text"].startswith(row["teaser"] + "\n\nThe mayors")
    assert "Advertisement" not in row["text"]
    assert "READ ALSO" not in row["text"]


def test_a_discussion_longer_than_the_article_is_not_taken_for_it():
    said = "I think that this is a very long way of saying that the sea is wet, and it was always so in this town.\n"
    comments = "12 comments\n" + "".join(
        f"Reader on March 4, 2021 at 9:{n:02d} am said:\n{said * 4}" for n in range(10, 30)
    )
    body = lines_labelled("body", PAGE.replace("Copyright", comments + "Copyright"))
    assert body == lines_labelled("body")


def test_a_page_without_prose_is_kept_as_it_is(tmp_path):
    (tmp_path / "list.txt").write_text("Milk\nBread\nSalt\n", encoding="utf-8")
    articles, ledger = load_corpus(tmp_path)
    assert articles["text"][0].split() == ["Milk", "Bread", "Salt"]
    assert "no prose found, kept as it is" in ledger["detail"][0]


@pytest.mark.parametrize("path", sorted((DATA / "sample" / "pages").glob("*.txt")), ids=lambda path: path.stem)
def test_no_furniture_of_the_sample_pages_gets_into_their_texts(path: Path):
    page = path.read_text(encoding="utf-8")
    row = load_corpus(path).articles.iloc[0]
    assert row["title"] in page.split("\n")
    assert row["outlet"] in ("Baltic Lantern", "Donaublick")
    assert row["published"].year in (2021, 2022)
    assert row["tags"] != ""
    for furniture in ("cookie", "newsletter", "Advertisement", "Photo:", "READ ALSO", "©", "Most read", "Sponsored"):
        assert furniture not in row["text"]


@given(st.text(max_size=400))
def test_any_text_is_labelled_line_by_line_without_fail(page):
    table = clean_page(page)
    assert len(table) == sum(bool(line.strip()) for line in page.splitlines())
    for row in table.itertuples():
        assert page[row.start : row.end] == row.text


@pytest.mark.parametrize(
    ("text", "title", "paragraphs"),
    [
        (
            "Pier talk\n\nThree towns say the pier is too short.\n\nNobody objected.",
            "Pier talk",
            ["Three towns say the pier is too short.", "Nobody objected."],
        ),
        (
            "Pier talk\nBy A. Writer\n12 March 2021\n“We wait.”\nThat is what the mayor of the town said last week.\n“No.”\n",
            "Pier talk",
            ["“We wait.”", "That is what the mayor of the town said last week.", "“No.”"],
        ),
        (
            "Harbour talk\n\nQ: Why now?\n\nA: Because the storm broke the pier.\n\nA question of money\n\nQ: Thanks.",
            "Harbour talk",
            ["Q: Why now?", "A: Because the storm broke the pier.", "A question of money", "Q: Thanks."],
        ),
        (
            "Pier talk\n\nThree towns on the coast said on Wednesday that the\nold pier is too short for the new boats, and that the\n"
            "ministry must act before the winter.\n\nIt did not answer.",
            "Pier talk",
            [
                "Three towns on the coast said on Wednesday that the old pier is too short for the new boats, "
                "and that the ministry must act before the winter.",
                "It did not answer.",
            ],
        ),
        ("The mayors met on Wednesday. They agreed.", "", ["The mayors met on Wednesday. They agreed."]),
    ],
)
def test_a_file_that_holds_an_article_alone_loses_none_of_it(tmp_path, text, title, paragraphs):
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    row = load_corpus(tmp_path).articles.iloc[0]
    assert row["title"] == title
    assert row["text"].split("\n\n") == paragraphs
