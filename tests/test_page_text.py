"""Saved pages: written for the project, in shapes that differ from each other."""

import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import clean_page, load_corpus
from toolkit.paths import DATA
from toolkit.readers.page_fields import page_unit

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


PROSE = "\n\n".join(
    [
        "Three towns on the coast say that the old pier is too short for the new boats. They asked for a longer one.",
        "The ministry answered that it would study the plan, and did not say when the work could begin or end.",
        "The fishermen were not impressed. They have heard such answers before, one of them said on Wednesday.",
    ]
)


@pytest.mark.parametrize(
    ("first", "last", "outlet"),
    [
        ("", "© 2021 Harbour Post", "Harbour Post"),
        ("Pier talk goes on all day | The Hill Courier", "© 2021 Stone & Sons Holdings, Inc. All rights reserved.", "The Hill Courier"),
        ("Pier talk goes on all day - Hill Courier", "Copyright Copperfield 2021", "Hill Courier"),
        ("Home", "About Hill Courier\nAdvertise with Hill Courier\n© 2021 Copperfield Media", "Hill Courier"),
        ("Home", "Copyright 2021 Copperfield Broadcasting Company", "Copperfield Broadcasting Company"),
        ("Home", "© Press Agency\nCopyright © 2021 Hill Courier. All rights reserved.", "Hill Courier"),
        ("Home", "About us\nSubscribe to our newsletter", ""),
    ],
)  # fmt: skip
def test_the_outlet_is_named_as_its_readers_know_it(tmp_path, first, last, outlet):
    page = f"{first}\nWorld\nSport\nSign in\n\nPier talk goes on all day\n\n3 March 2021\n\n{PROSE}\n\n{last}\nPrivacy policy\n"
    (tmp_path / "page.txt").write_text(page, encoding="utf-8")
    assert load_corpus(tmp_path).articles["outlet"].tolist() == [outlet]


@pytest.mark.parametrize(
    "closing",
    [
        "Ana Keller is a reporter who covers the coast. Her work has been read in many towns.",
        "The Press Agency and Jo Marsh contributed to this report.",
        "Liked it? If you enjoyed this article, tell a friend about it. We will be glad.",
    ],
)
def test_a_body_ends_before_what_closes_a_page(closing):
    page = f"Home\nWorld\nSport\n\nPier talk goes on all day\n\n3 March 2021\n\n{PROSE}\n\n{closing}\n\nPrivacy policy\n© 2021 Harbour Post\n"
    assert lines_labelled("body", page) == PROSE.split("\n\n")


def test_numbered_titles_of_other_articles_are_no_sentences():
    titles = (
        "1. Storm closes the coast road\n2. Mayor St. Clair opens the market hall\n3. Choir comes home with a prize\n"
    )
    page = f"Home\nWorld\nSport\n\nPier talk goes on all day\n\n3 March 2021\n\n{PROSE}\n\n{titles}\nPrivacy policy\n"
    assert lines_labelled("body", page) == PROSE.split("\n\n")


def test_a_paragraph_that_is_saved_twice_is_read_once():
    page = f"Home\nWorld\nSport\n\nPier talk goes on all day\n\n3 March 2021\n\n{PROSE} It rained.\n\n{PROSE} It rained.\n\nPrivacy policy\n"
    assert len(lines_labelled("body", page)) == len(set(lines_labelled("body", page)))


@pytest.mark.parametrize(
    "piece",
    [
        "© ",
        "©",
        "About A",
        "(ap)(",
        "a",
        "St. ",
        "1. ",
        "A b is ",
        "a, ",
        "copyright (c) ",
        "\n* a",
        "times are A/",
        "<small>",
    ],
)
def test_a_hostile_page_takes_time_in_proportion_to_its_length(tmp_path, piece):
    taken = []
    for times in (2_000, 20_000):
        (tmp_path / "page.txt").write_text(f"Home\n{PROSE}\n{piece * times}\n", encoding="utf-8")
        start = time.perf_counter()
        load_corpus(tmp_path)
        taken.append(time.perf_counter() - start)
    assert taken[1] < max(12 * taken[0], 1.0)


@pytest.mark.parametrize(
    "sentence",
    [
        "The treaty says that the troops may not be moved west of the river.",
        "The bill would redistribute the income of the port among the towns.",
        "The towns continue to sign up new members for their pool of boats.",
        "The court ruled on Monday that cookies need the consent of the guests.",
        "Latest figures show that the price of a berth rose by a tenth in March.",
        "Popular with visitors, the pier was closed for most of the spring.",
        "Support for the plan fell in all three towns after the flood.",
        "The photo: a lie, as the mayor called it, was shown in the hall.",
        "She said a picture of the pier had been hung in the Getty museum.",
        "The road parts at the mill and/or apartment block, the guide says.",
        "You may like it or not, but you will have to live with it, the mayor said.",
        "Like us, the towns up the coast depend on gas from the east.",
        "Up next is a vote of all three councils on the first Tuesday.",
        "Hackers may now control your device, the agency warned on Monday.",
        "Copyright of the song belongs to the singer, the court ruled.",
        "Photos by the satellite firm showed boats near the border, officials said.",
        "So entstand ein anderes Bild: Die Stadt war leer.",
        "The rule was written by the European Pier Agency (EPA).",
        "„Wir haben alles getan, was möglich war.“",
        "« Nous sommes prêts à négocier, mais pas à tout prix. »",
    ],
)
def test_a_sentence_of_news_is_no_notice_no_appeal_and_no_credit(sentence):
    page = PAGE.replace("A question of money\n", f"{sentence}\n")
    assert sentence in lines_labelled("body", page)


@pytest.mark.parametrize(
    "notice",
    [
        "This material may not be published, broadcast, rewritten or redistributed.",
        "Sign up for our newsletter and never miss a storm on the coast.",
        "By reading on you accept the cookies that keep this site afloat.",
        "Latest from the coast",
        "Popular in Harbour Post",
        "Read more: Storm closes the coast road for two days",
        "Support our journalism with a gift of any size.",
        "You may also like...",
        "Wir verwenden Cookies und bitten um Ihre Zustimmung.",
        "A boat leaves the harbour at noon. (Reuters)",
        "The pier at low tide, seen from the mill. (Source: Harbour Post)",
    ],
)
def test_a_notice_amid_the_body_is_none_of_it(notice):
    assert notice not in lines_labelled("body", PAGE.replace("A question of money\n", f"{notice}\n"))


@pytest.mark.parametrize("mark", ["(Reuters)", "(APA, red, 3.3.2021)", "(dpa/AFP)", "(AFP)"])
def test_the_mark_of_an_agency_ends_an_article_and_takes_no_paragraph_along(mark):
    last = f"Die Fischer sind nicht zufrieden, wie sie im Rathaus sagten. {mark}"
    ended = PAGE.replace(
        "The fishermen were not impressed. They have heard such answers before, one of them said.", last
    )
    assert lines_labelled("body", ended)[-1] == last


def test_a_sentence_that_comes_back_is_read_once_and_a_quotation_may_end_an_article():
    page = PAGE.replace("A question of money", "We wait for the pier.\n\nThe sea does not.\n\nWe wait for the pier.")
    assert lines_labelled("body", page).count("We wait for the pier.") == 1
    assert (
        lines_labelled("body", page.replace("Copyright ©", "„Wir warten noch.“\n\nCopyright ©"))[-1]
        == "„Wir warten noch.“"
    )


def test_the_headline_is_neither_a_standfirst_nor_a_path_nor_an_item_of_a_list():
    above = "Start > World > Coast towns and piers\n1. Mayor opens the market hall in the rain\nLonger pier asked for\n"
    standfirst = "Three towns on the coast have written to the ministry that the old pier is too short for boats.\n"
    page = f"Home\nSport\nSign in\n{above}{standfirst}By Ana Keller\n3 March 2021\nShare\n\n{PROSE}\n\nPrivacy policy\n"
    assert lines_labelled("headline", page) == ["Longer pier asked for"]


def test_many_lines_of_places_are_no_tags():
    places = "".join(
        f"{hall} Hall, {town}, Coastland\n" for hall, town in (("Old", "Alm"), ("New", "Brent"), ("Town", "Cove"))
    )
    page = f"Home\nWorld\nSport\n\nPier talk goes on all day\n\n3 March 2021\n\n{PROSE}\n\n{places}\nPrivacy policy\n"
    assert lines_labelled("tags", page) == []


def test_a_byline_between_teaser_and_date_is_the_authors():
    page = f"Home\nWorld\nSport\n\nPier talk goes on all day\n\nThree towns want a longer pier and wrote to the ministry.\n\nBy Ana Keller\n\n3 March 2021, 14:05\n\n{PROSE}\n\nPrivacy policy\n"
    assert lines_labelled("byline", page) == ["By Ana Keller"]


@pytest.mark.parametrize("width", [50, 72, 100])
def test_a_page_whose_lines_were_broken_at_a_fixed_width_is_read_as_one_whose_were_not(width):
    broken = page_unit("\n".join("\n".join(textwrap.wrap(line, width)) for line in PAGE.split("\n")))
    assert broken.fields == page_unit(PAGE).fields
    assert broken.detail == "lines broken at a fixed width, joined again"


def test_a_page_of_long_lines_is_not_said_to_have_been_joined():
    verse = "the sea came over the wall and took the boats with it\n\n"
    assert page_unit(PAGE + "and so the song goes on for all the nights of a winter,\n" * 3 + verse).detail == ""


@pytest.mark.parametrize("width", [40, 72, 99, 110, 138])
def test_lines_broken_at_any_width_are_paragraphs_again(tmp_path, width):
    sentence = "In part {0} the council spoke of harbour {0} and of what the {0} ships carry to the north. Nobody knew at what cost that would be."
    paragraphs = [sentence.format(number) for number in range(8)]
    broken = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in paragraphs)
    (tmp_path / "a.txt").write_text(
        f"Home\nNews\nSport\nLogin\n\nTalks open in the town\n\n3 March 2021\n\n{broken}\n\nPrivacy policy\n"
    )
    assert load_corpus(tmp_path).articles["text"][0].split("\n\n") == paragraphs


def test_a_table_amid_the_text_is_left_out_but_not_in_silence(tmp_path):
    rows = "\n".join(f"District {number}: {number * 11} votes" for number in range(8))
    (tmp_path / "a.txt").write_text(PAGE.replace("A question of money", rows), encoding="utf-8")
    assert "8 short lines amid the text left out, look with: toolkit clean" in load_corpus(tmp_path).ledger["detail"][0]
