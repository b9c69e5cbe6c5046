import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import TableError, split_sentences
from toolkit.sentences import split_spans


@pytest.mark.parametrize(
    "sentences",
    [
        ["Mr. Keller met U.S. officials on Jan. 12.", "“We talked,” he said.", "“It’s hard.”"],
        ["The flight left the U.S.", "The crew rested."],
        ["The talks... went on.", "He lives in Washington, D.C.", "The end?"],
        ['"Go home!" she said.', "Nobody went."],
        ["Resolution No. 5 passed.", "He said no.", "Russia refused."],
        ["Prof. J. K. Marsh spoke at 5 p.m.", "It was late."],
        ["It cost $3.5 million.", "(Nobody knew.)", "“They came.”", "“And went.”"],
        ["Gen. Ray and Sen. Fox agreed.", "However, St. Ives did not."],
        ['The trial was fair." Pelosi said.', "She left."],
        ["C.L. Gammon and J.R.R. Tolkien wrote.", "They did."],
        ["It will never exist again [...]", "The name stayed."],
        ["1. Unofficial results came first.", "2. Official ones came later."],
        ["The company, Bolt Inc., said so.", "Shares fell 2.5 percent."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(sentences):
    text = " ".join(sentences)
    assert [text[start:end] for start, end in split_spans(text)] == sentences


def test_paragraphs_never_run_together():
    text = "No stop here\n\nnor here \n \nThe end."
    assert [text[start:end] for start, end in split_spans(text)] == ["No stop here", "nor here", "The end."]


def test_a_sentence_row_says_article_part_and_place(articles):
    table = split_sentences(articles)
    first = table[table["article_id"] == "a1"]
    assert list(first["text"]) == [
        "Cost of talks rises", "The cost is high.", "Nobody disagrees.", "The two sides clash over cost.",
    ]  # fmt: skip
    assert list(first["part"]) == ["title", "lead", "lead", "body"]
    assert list(first["sentence_id"]) == [0, 1, 2, 3]
    assert list(first["paragraph"]) == [0, 1, 1, 2]
    assert list(first["start"]) == [0, 0, 18, 37]


def test_an_article_without_title_has_no_title_sentence(articles):
    assert list(split_sentences(articles).query("article_id == 'a4'")["part"]) == ["lead"]


def test_id_and_text_alone_will_do_and_the_argument_stays_as_it_is():
    table = pd.DataFrame({"article_id": ["x"], "text": ["One. Two."]})
    before = table.copy()
    assert list(split_sentences(table)["text"]) == ["One.", "Two."]
    pd.testing.assert_frame_equal(table, before)


def test_a_table_without_text_is_refused_by_name():
    with pytest.raises(TableError, match="articles lacks text. Found: article_id"):
        split_sentences(pd.DataFrame({"article_id": ["x"]}))


@given(st.text(max_size=300))
def test_any_text_is_covered_by_sentences_in_order(text):
    spans = split_spans(text)
    places = [place for span in spans for place in span]
    assert places == sorted(places)
    assert "".join("".join(text[start:end] for start, end in spans).split()) == "".join(text.split())


def test_long_runs_of_numbers_and_long_paragraphs_are_split_in_time():
    assert len(split_spans("1. " * 20_000)) > 0
    assert len(split_spans("It rained all day. " * 40_000)) == 40_000


def test_a_sentence_ends_where_only_the_space_was_lost():
    text = "He was vice president.In the town of Node.Js they met."
    assert [text[start:end] for start, end in split_spans(text)] == [
        "He was vice president.", "In the town of Node.Js they met.",
    ]  # fmt: skip


def test_a_date_alone_is_no_lead_by_itself():
    articles = pd.DataFrame({"article_id": ["a"], "text": ["Friday, May 3, 2019\n\nIt rained.\n\nThen not."]})
    assert split_sentences(articles)["part"].tolist() == ["lead", "lead", "body"]
