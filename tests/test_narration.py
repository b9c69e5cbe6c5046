"""Narration: the outlet's own words and those of its sources are scored apart, also within one sentence."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import (
    explain_voices,
    find_quotes,
    mean_by_voice,
    score_voices,
    share_of_voices,
    split_sentences,
    split_voices,
)
from toolkit.vader import normalise

TEXT = (
    "Keller’s awful plan failed. “It was a great success,” said Ana Keller. Jo Marsh said that the deal was a disaster."
)


def article(text: str) -> pd.DataFrame:
    return pd.DataFrame({"article_id": ["a"], "title": ["A quiet day"], "text": [text], "outlet": ["Hill Courier"]})


def voices_of(text: str, quotes: pd.DataFrame | None = None) -> pd.DataFrame:
    articles = article(text)
    return score_voices(split_sentences(articles), find_quotes(articles) if quotes is None else quotes)


def test_a_sentence_is_parted_into_who_speaks_and_what_is_said():
    found = voices_of(TEXT)
    assert list(zip(found["voice"], found["text"], strict=True)) == [
        ("narration", "A quiet day"),
        ("narration", "Keller’s awful plan failed."),
        ("direct", "It was a great success"),
        ("narration", "said Ana Keller."),
        ("narration", "Jo Marsh said that"),
        ("indirect", "the deal was a disaster"),
    ]
    body = found[found["part"] != "title"]
    assert all(TEXT[row.start : row.end] == row.text for row in body.itertuples())
    assert found["speaker"].tolist() == ["", "", "Ana Keller", "", "", "Jo Marsh"]


def test_each_voice_has_the_tone_of_its_own_words():
    found = voices_of(TEXT).set_index("text")["compound"]
    assert found["Keller’s awful plan failed."] < 0 < found["It was a great success"]
    assert found["the deal was a disaster"] < 0
    assert found["Jo Marsh said that"] == 0


def test_the_words_of_a_stretch_add_up_to_its_score():
    text = "The Freedom Party’s awful plan failed. “It wasn’t a great success,” said Joy Keller, who lied."
    articles = article(text)
    sentences = split_sentences(articles)
    scored = score_voices(sentences, find_quotes(articles))
    fired = explain_voices(scored, sentences)
    assert fired["word"].tolist() == ["awful", "failed", "great", "success", "lied"]
    assert all(text[row.start : row.end].lower() == row.word for row in fired.itertuples())
    for row in scored.itertuples():
        inside = fired[fired["start"].between(row.start, row.end) & (row.part != "title")]
        assert round(normalise(inside["valence"].sum()), 4) == row.compound
    assert explain_voices(scored, sentences, instrument=lambda texts: None).empty


def test_a_name_is_known_by_its_sentence_where_a_stretch_begins_with_it():
    quotes = pd.DataFrame({"article_id": ["a"], "kind": ["direct"], "start": [18], "end": [40]})
    text = "Then they met the Freedom Party in town."
    assert voices_of(text, quotes).set_index("voice").loc["direct", "compound"] == 0


def test_what_stands_in_marks_within_reported_speech_is_direct_and_no_word_is_counted_twice():
    text = "He said that the plan was bad and it hurt."
    quotes = pd.DataFrame(
        {"article_id": "a", "kind": ["mixed", "direct"], "start": [13, 26], "end": [41, 29], "speaker": ["He", "Jo"]}
    )
    found = voices_of(text, quotes)[1:]
    assert list(zip(found["voice"], found["text"], found["speaker"], strict=True)) == [
        ("narration", "He said that", ""),
        ("indirect", "the plan was", "He"),
        ("direct", "bad", "Jo"),
        ("indirect", "and it hurt", "He"),
    ]


def test_a_quote_that_runs_over_sentences_is_direct_in_each():
    text = "He spoke. It was bad. It was over. He left."
    quotes = pd.DataFrame({"article_id": ["a"], "kind": ["direct"], "start": [10], "end": [34]})
    assert voices_of(text, quotes)["voice"].tolist() == ["narration", "narration", "direct", "direct", "narration"]


def test_an_articles_tone_counts_stretches_by_their_words():
    scores = pd.DataFrame(
        {
            "article_id": ["a", "a", "a", "b"],
            "voice": ["narration", "narration", "direct", "narration"],
            "length": [3, 1, 5, 2],
            "compound": [0.4, 0.0, -0.5, 0.1],
        }
    )
    articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Hill Courier", "Hill Courier"]})
    table = mean_by_voice(scores, articles, "outlet").set_index("category")
    assert table.loc["narration", ["n", "value"]].tolist() == pytest.approx([2, 0.2])
    assert table.loc["direct", ["n", "value"]].tolist() == [1, -0.5]
    assert "indirect" not in table.index
    assert share_of_voices(scores) == pytest.approx({"narration": 6 / 11, "direct": 5 / 11, "indirect": 0})
    assert mean_by_voice(scores[:0], articles).empty


@given(
    st.text("ab .,“”\n", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30), st.booleans()), max_size=6),
)
def test_every_word_stands_in_exactly_one_stretch(text, spans):
    sentences = pd.DataFrame({"article_id": ["a"], "sentence_id": [0], "text": [text]})
    rows = [("a", "direct" if direct else "indirect", start, start + more) for start, more, direct in spans]
    quotes = pd.DataFrame(rows, columns=["article_id", "kind", "start", "end"])
    found = split_voices(sentences, quotes)
    letters = [place for row in found.itertuples() for place in range(row.start, row.end) if text[place] in "ab"]
    assert sorted(letters) == [place for place, letter in enumerate(text) if letter in "ab"]
