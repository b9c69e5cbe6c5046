"""Company: pairs of actors in a sentence or article."""

import pandas as pd
import pytest

from toolkit import TableError, count_company

MENTIONS = pd.DataFrame(
    [
        ("a", 0, "ann"), ("a", 0, "bo"), ("a", 0, "bo"), ("a", 1, "bo"), ("a", 2, "cy"), ("a", 2, ""),
        ("b", 0, "bo"), ("b", 0, "ann"), ("b", 1, "ann"), ("b", 1, "bo"),
    ],
    columns=["article_id", "sentence_id", "actor_id"],
)  # fmt: skip


def test_a_pair_counts_once_a_sentence_however_often_it_names_them():
    assert count_company(MENTIONS).to_numpy().tolist() == [["ann", "bo", 3, 2]]


def test_within_an_article_all_that_it_names_are_together():
    assert count_company(MENTIONS, "article").to_numpy().tolist() == [
        ["ann", "bo", 2, 2], ["ann", "cy", 1, 1], ["bo", "cy", 1, 1]
    ]  # fmt: skip


def test_nobody_together_is_an_empty_table_with_columns():
    assert list(count_company(MENTIONS.head(1)).columns) == ["actor", "other", "n", "articles"]


def test_an_unknown_unit_is_refused():
    with pytest.raises(TableError, match="'page' is no unit of company. Use one of: sentence, article."):
        count_company(MENTIONS, "page")
