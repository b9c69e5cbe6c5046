"""Towards: the tone towards actors is averaged by article, and rows of few mentions are said to be such."""

import pandas as pd
import pytest

from toolkit import few_mentions, tone_towards

ARTICLES = pd.DataFrame({"article_id": ["a", "b", "c"], "outlet": ["Hill Courier", "Hill Courier", "Bay Times"]})
TARGETS = pd.DataFrame(
    [("a", "ana", 0.4), ("a", "ana", 0.2), ("b", "ana", -0.5), ("b", "jo", 0.0), ("c", "ana", -0.1)],
    columns=["article_id", "actor_id", "compound"],
).assign(label=["positive", "positive", "negative", "neutral", "neutral"])


def test_an_actors_tone_is_the_mean_of_articles_with_the_number_of_mentions():
    table = tone_towards(TARGETS, ARTICLES, "outlet").set_index(["group", "category"])
    assert list(table.index) == [("Bay Times", "ana"), ("Hill Courier", "ana"), ("Hill Courier", "jo")]
    hill = table.loc[("Hill Courier", "ana")]
    assert (hill["n"], hill["mentions"], hill["value"]) == (2, 3, pytest.approx((0.3 - 0.5) / 2))
    assert hill[["negative", "neutral", "positive"]].tolist() == pytest.approx([1 / 3, 0, 2 / 3])
    assert hill["low"] < hill["value"] < hill["high"]


def test_rows_of_few_mentions_are_told():
    assert few_mentions(tone_towards(TARGETS, ARTICLES), least=4).tolist() == [False, True]
    assert tone_towards(TARGETS[:0], ARTICLES).empty


def test_mentions_that_belong_to_nobody_are_no_actors():
    nobody = pd.concat([TARGETS, TARGETS.tail(1).assign(actor_id="")], ignore_index=True)
    assert tone_towards(nobody, ARTICLES).equals(tone_towards(TARGETS, ARTICLES))
