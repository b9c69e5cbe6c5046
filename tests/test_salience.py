import pandas as pd
import pytest

from toolkit import find_frames, salience_beside, salience_by, split_sentences

FRAMES = pd.DataFrame(
    [("conflict", "C1", "clash", "include", ""), ("economic", "E1", "cost", "include", "")],
    columns=["frame", "item", "term", "kind", "question"],
)


@pytest.fixture
def told():
    rows = [
        ("a1", "The Post", "", "They clash. A clash at a cost. They met. They left."),
        ("a2", "The Post", "", "They met. They left."),
        ("a3", "The Mail", "", "A cost."),
    ]
    articles = pd.DataFrame(rows, columns=["article_id", "outlet", "title", "text"])
    sentences = split_sentences(articles)
    return articles, sentences, find_frames(sentences, FRAMES)


def test_salience_is_the_share_of_all_sentences_of_a_group(told):
    articles, sentences, hits = told
    table = salience_by(hits, sentences, FRAMES, articles, "outlet").set_index(["group", "category"])
    assert table.loc[("The Post", "conflict"), ["n", "sentences", "value"]].tolist() == [2, 6, 2 / 6]
    assert table.loc[("The Post", "economic"), "value"] == 1 / 6
    assert table.loc[("The Mail", "conflict"), ["n", "sentences", "value"]].tolist() == [1, 1, 0.0]
    assert table.loc[("The Mail", "economic"), "method"] == "n = 1, no interval"


def test_beside_an_actor_only_the_sentences_that_name_it_count_and_each_once(told):
    _, sentences, hits = told
    mentions = pd.DataFrame(
        [("a1", 0, "x"), ("a1", 0, "x"), ("a1", 2, "x"), ("a3", 0, "x"), ("a2", 0, "")],
        columns=["article_id", "sentence_id", "actor_id"],
    )
    table = salience_beside(hits, sentences, FRAMES, mentions).set_index(["group", "category"])
    assert table.loc[("x", "conflict"), ["n", "sentences", "value"]].tolist() == [2, 3, 1 / 3]
    assert table.loc[("x", "economic"), "value"] == 1 / 3
    assert list(table.index.get_level_values("group").unique()) == ["x"]


def test_the_interval_of_a_ratio_is_that_of_its_residuals(told):
    articles, sentences, hits = told
    table = salience_by(hits, sentences, FRAMES, articles).set_index("category")
    # Ratio 2/7; residuals 2 - 4 * 2/7, 0 - 2 * 2/7, 0 - 1 * 2/7; t of 2 degrees of freedom is 4.303.
    squares = (2 - 8 / 7) ** 2 + (4 / 7) ** 2 + (2 / 7) ** 2
    reach = 4.303 * (3 / 2 * squares) ** 0.5 / 7
    assert table.loc["conflict", "high"] == pytest.approx(min(1, 2 / 7 + reach))
    assert table.loc["conflict", "low"] == 0


def test_without_a_mention_there_is_no_row(told):
    _, sentences, hits = told
    none = pd.DataFrame(columns=["article_id", "sentence_id", "actor_id"])
    assert salience_beside(hits, sentences, FRAMES, none).empty
