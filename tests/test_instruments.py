"""Instruments: whatever keeps the contract takes VADER's place, and what breaks it is refused in one line."""

import pandas as pd
import pytest

from tests.conftest import sentences_of
from toolkit import (
    TableError,
    ToolkitError,
    compare_scores,
    find_apart,
    load_instrument,
    score_articles,
    score_sentences,
    score_texts,
    use_instrument,
)
from toolkit.vader import normalise


def file(folder, text):
    path = folder / "own.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


DICTIONARY = "term,score\nKrieg,-3\ngut*,2\nsehr gut,3.5\nfreie partei,0\nfrei*,2\nkeine Einigung,-2\nnicht,negation\n"


@pytest.mark.parametrize(
    ("text", "total", "words"),
    [
        ("Der Krieg endet.", -3, "krieg"),
        ("Das ist sehr gut, und gutes Wetter.", 5.5, "sehr gut, gutes"),
        ("Die Freie Partei tagt.", 0, "freie partei"),
        ("Es gab keine Einigung.", -2, "keine einigung"),
        ("Das ist nicht so gut.", 2 * -0.74, "gut"),
        ("Das ist nicht der Rede und der Worte wert, gut.", 2, "gut"),
        ("Ein Stuhl.", 0, ""),
    ],
)
def test_a_dictionary_in_another_language_scores_phrases_wildcards_and_negations(tmp_path, text, total, words):
    answers = use_instrument(load_instrument(file(tmp_path, DICTIONARY)), [text])
    assert answers["compound"][0] == pytest.approx(normalise(total))
    assert answers["words"][0] == words


def test_a_dictionary_takes_the_place_of_vader_in_the_same_table(tmp_path):
    sentences = sentences_of("Der Krieg endet.", "Die Freie Partei tagt.").assign(part="body")
    scores = score_sentences(sentences, instrument=load_instrument(file(tmp_path, DICTIONARY)))
    assert list(scores.columns) == list(score_sentences(sentences).columns)
    assert (scores["compound"] == scores["plain"]).all() and scores["neg"].isna().all()
    row = score_articles(scores, sentences).iloc[0]
    assert (row["compound"], row["scored_share"]) == (pytest.approx(normalise(-3) / 2), 1.0)


@pytest.mark.parametrize(
    "rows", ["text,score\nIt  is bad.,-1\nIt is good.,0.5\n", "text,label\nIt is bad.,negative\nIt is good.,\n"]
)
def test_codes_by_hand_take_the_place_of_vader_and_what_is_not_coded_enters_no_mean(tmp_path, rows):
    instrument = load_instrument(file(tmp_path, rows))
    sentences = sentences_of("It is bad.", "It is a chair.").assign(part="body")
    scores = score_sentences(sentences, instrument=instrument)
    assert scores["compound"].tolist()[0] == -1 and scores["compound"].isna().tolist() == [False, True]
    row = score_articles(scores, sentences).iloc[0]
    assert (row["compound"], row["scored_share"]) == (-1, 0.5)


def by_length(texts):
    return pd.DataFrame({"label": ["positive" if len(text) > 10 else "neutral" for text in texts]})


def test_any_function_may_be_named(tmp_path):
    instrument = load_instrument("tests.test_instruments:by_length")
    assert use_instrument(instrument, ["short", "a longer text"])["compound"].tolist() == [0, 1]
    plain = use_instrument(load_instrument("toolkit:score_texts"), ["The Freedom Party met."])
    assert plain["compound"].tolist() == score_texts(["The Freedom Party met."])["compound"].tolist()
    assert load_instrument("VADER") is None and load_instrument("") is None


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (pd.DataFrame({"score": [1.0]}), "returns 1 rows for 2 texts"),
        (pd.DataFrame({"other": [1.0, 0.0]}), "lacks label"),
        (pd.DataFrame({"score": [1.0, -1.5]}), "-1.5 is no score from -1 to 1"),
        (pd.DataFrame({"score": ["0.5", "bad"]}), "'bad' is no score"),
        (pd.DataFrame({"label": ["positive", "angry"]}), "'angry' is no label of tone"),
        ([0.1, 0.2], "must be a pandas DataFrame"),
    ],
)
def test_what_breaks_the_contract_is_refused(answer, reason):
    with pytest.raises(TableError, match=reason):
        use_instrument(lambda texts: answer, ["one", "two"])


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("no_such_module:score", "cannot be imported"),
        ("tests.test_instruments:DICTIONARY", "not a function"),
        ("nowhere.csv", "no such file"),
    ],
)
def test_a_name_that_means_no_instrument_is_refused(name, reason):
    with pytest.raises(ToolkitError, match=reason):
        load_instrument(name)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("word,number\n", "no instrument"),
        ("term,score\ngut,5\n", "own.csv:2: 5 for 'gut' is not from -4 to 4"),
        ("term,score\ngut,1\nGut,2\n", "own.csv:3: 'gut' stands twice"),
        ("text,score\nIt is.,1\nIt is.,0\n", "coded in two ways"),
    ],
)
def test_a_file_that_cannot_work_is_refused(tmp_path, text, reason):
    with pytest.raises(ToolkitError, match=reason):
        load_instrument(file(tmp_path, text))


def scores_of(*compounds):
    return pd.DataFrame({"article_id": "a", "sentence_id": range(len(compounds)), "compound": compounds})


def test_two_ways_of_scoring_are_held_against_each_other():
    one, other = scores_of(0.5, -0.5, 0.0, 0.9), scores_of(0.4, -0.1, 0.3, None)
    row = compare_scores({"VADER": one, "own": other}).iloc[0]
    assert (row["first"], row["second"], row["n"]) == ("VADER", "own", 3)
    assert row["same"] == pytest.approx(2 / 3)
    assert (row["first_mean"], row["second_mean"]) == (0, pytest.approx(0.2))
    # Classes 1 -1 0 and 1 -1 1: mean squared difference 1/3, expected 2 * var of six with n - 1 = 2 * 29/36 * 6/5.
    assert row["alpha"] == pytest.approx(1 - (1 / 3) / (2 * 29 / 36 * 6 / 5))
    sentences = sentences_of("A", "B", "C", "D").assign(article_id="a")
    apart = find_apart(one, other, sentences, 2)
    assert apart["text"].tolist() == ["B", "C"]
    assert apart["difference"].tolist() == pytest.approx([-0.4, -0.3])


def test_what_cannot_be_compared_is_said():
    with pytest.raises(TableError, match="cannot be compared"):
        compare_scores({"VADER": scores_of(0.1)})
    row = compare_scores({"one": scores_of(0.0, 0.0), "two": scores_of(0.0, 0.0)}).iloc[0]
    assert row["same"] == 1 and pd.isna(row["alpha"]) and pd.isna(row["correlation"])
    assert score_texts([]).empty
