"""Scores equal those of the installed vaderSentiment to the last digit, whatever the text; the package is the judge."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import BOOSTER_DICT, NEGATE, SPECIAL_CASES, SentimentIntensityAnalyzer

from tests.bench.vader import BETWEEN, EMOJI, MARKS, PLAIN, made_texts
from toolkit import CodebookError, load_lexicon, score_texts
from toolkit.columns import FEW, Columns
from toolkit.lexicons import with_changes
from toolkit.scorer import Scorer

VADER = SentimentIntensityAnalyzer()
COLUMNS = Columns(Scorer())
PHRASES = [word for phrase in (*SPECIAL_CASES, "kind of", "sort of", "just enough") for word in phrase.split()]


def by_the_package(texts):
    return [list(VADER.polarity_scores(text).values()) for text in texts]


def cased(words):
    return st.builds(
        lambda word, case: {"upper": word.upper(), "title": word.title(), "as is": word}[case],
        words,
        st.sampled_from(("as is", "as is", "upper", "title")),
    )


WORDS = cased(
    st.one_of(*(st.sampled_from(list(pool)) for pool in (VADER.lexicon, BOOSTER_DICT, NEGATE, PHRASES, PLAIN, EMOJI)))
)
TOKENS = st.builds("".join, st.tuples(st.sampled_from(MARKS), WORDS, st.sampled_from(MARKS), st.sampled_from(BETWEEN)))
SENTENCES = st.lists(TOKENS, max_size=9).map("".join)


@given(st.lists(SENTENCES, min_size=FEW, max_size=FEW + 5))
def test_a_column_of_made_sentences_scores_as_in_the_package(texts):
    assert COLUMNS.score(texts).tolist() == by_the_package(texts)


@given(SENTENCES)
def test_a_made_sentence_alone_scores_as_in_the_package(text):
    scores = COLUMNS.scorer.score(text)
    assert scores == VADER.polarity_scores(text)
    assert list(scores) == ["neg", "neu", "pos", "compound"]


@given(st.lists(st.text(max_size=60), min_size=FEW, max_size=FEW + 5))
def test_a_column_of_any_characters_scores_as_in_the_package(texts):
    assert COLUMNS.score(texts).tolist() == by_the_package(texts)


def test_thousands_of_made_texts_score_as_in_the_package():
    texts = list(made_texts(5_000, seed=7))
    expected = by_the_package(texts)
    assert COLUMNS.score(texts).tolist() == expected
    assert [list(COLUMNS.scorer.score(text).values()) for text in texts] == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \t\n",
        "!!!",
        "GOOD",
        "GOOD day",
        "It was good but GREAT but bad but good, good",
        "no good or no bad",
        "NO problem",
        "The least good, at least good, very least good",
        "He is never so happy, never this happy, without a doubt happy",
        "That movie was kind of great, sort of bad, just enough fun",
        "It is to die for, the bomb, a kiss of death, yeah right",
        "smile😀frown ☹! 😀 💀💀",
        "good\xa0bad\x1cgood\u2003bad",
        "good\ud800 day",
        "KIND of GREAT?? really??? ????",
    ],
)
def test_each_rule_and_slip_of_the_package_is_kept(text):
    alone = VADER.polarity_scores(text)
    assert COLUMNS.scorer.score(text) == alone
    assert COLUMNS.score([text] * FEW).tolist() == [list(alone.values())] * FEW


def test_the_order_and_number_of_texts_change_no_score():
    texts = list(made_texts(200, seed=3))
    parts = [score_texts(texts[:7]), score_texts(texts[7:])]
    assert score_texts(texts).to_numpy().tolist() == pd.concat(parts).to_numpy().tolist()


def test_what_is_no_text_scores_as_an_empty_one():
    assert score_texts([None, float("nan"), 5, "good"])["compound"].tolist() == [0.0, 0.0, 0.0, 0.4404]


def lexicon_file(folder, text):
    path = folder / "words.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_lexicon_changes_scores_as_the_same_change_to_the_package_does(tmp_path):
    lexicon = load_lexicon(lexicon_file(tmp_path, "term,score\nAusterity,-2.5\nwar,\ngood,-1\nnice,remove\n:-Q,1.5\n"))
    judge = SentimentIntensityAnalyzer()
    judge.lexicon.update({"austerity": -2.5, "good": -1.0, ":-q": 1.5})
    del judge.lexicon["war"], judge.lexicon["nice"]
    texts = [*made_texts(500, seed=5), "Austerity is not GOOD, a very nice war :-Q but austerity!"]
    assert score_texts(texts, lexicon).to_dict("records") == [judge.polarity_scores(text) for text in texts]
    assert with_changes(None) == VADER.lexicon


def test_a_lexicon_is_a_table_of_terms_and_scores(tmp_path):
    lexicon = load_lexicon(lexicon_file(tmp_path, "note,Score,term\nx,1.5,Levy\n,REMOVE,war\n"))
    assert lexicon["term"].tolist() == ["levy", "war"]
    assert lexicon["score"].tolist()[0] == 1.5 and lexicon["score"].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("climate crisis,-2", "'climate crisis' is a phrase, and VADER matches single words alone"),
        ("crisis,-4.5", "-4.5 for 'crisis' is not from -4 to 4"),
        ("crisis,nan", "nan for 'crisis' is not from -4 to 4"),
        ("crisis,bad", "'bad' is no score for 'crisis'"),
        ("Levy,2", "'levy' stands in line 2 too"),
        ("crisis!,-2", "would never match, as punctuation is taken off words. Enter 'crisis'"),
        ("very,1", "strengthens, weakens or negates other words"),
        ("never,-1", "strengthens, weakens or negates other words"),
        (",2", "is no word"),
        ("☹,-2", "holds an emoji"),
    ],
)
def test_an_entry_that_could_never_work_is_refused_with_its_line(tmp_path, line, reason):
    path = lexicon_file(tmp_path, f"term,score\nlevy,-1\n{line}\n")
    with pytest.raises(CodebookError, match="^words.csv:3: ") as refused:
        load_lexicon(path)
    assert reason in str(refused.value)


@pytest.mark.parametrize("text", ["", "word;value\ngood;1\n", "term\ngood\n"])
def test_a_file_without_its_columns_is_no_lexicon(tmp_path, text):
    with pytest.raises(CodebookError, match="words.csv:1: needs the columns term and score. Write: term,score"):
        load_lexicon(lexicon_file(tmp_path, text))


@pytest.mark.parametrize("content", [b"term,score\n\xff,1\n", b'term,score\n"good,1\n'])
def test_a_damaged_file_is_refused_in_one_line(tmp_path, content):
    path = tmp_path / "words.csv"
    path.write_bytes(content)
    with pytest.raises(CodebookError, match=r"^words\.csv"):
        load_lexicon(path)
