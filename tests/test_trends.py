"""Trends and items: what changed from the first period to the last, and which items carry a frame."""

import pandas as pd
import pytest

from tests.conftest import sentences_of
from toolkit import change_over, find_frames, share_by_item

FIRST, LAST = ["2022-01"] * 10, ["2022-03"] * 10


def dated(months: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {"article_id": [f"a{n}" for n in range(len(months))], "published": [f"{month}-05" for month in months]}
    )


def shown(marks: str) -> pd.DataFrame:
    rows = [(f"a{n}", "conflict", mark == "1") for n, mark in enumerate(marks)]
    return pd.DataFrame(rows, columns=["article_id", "frame", "present"])


def test_a_change_is_the_last_share_less_the_first_with_an_interval_that_holds_it():
    row = change_over(shown("1100000000" + "1111111100"), dated(FIRST + LAST)).iloc[0]
    assert row[["group", "category", "n", "method"]].tolist() == ["2022-01 to 2022-03", "conflict", 20, "Newcombe"]
    assert row["value"] == pytest.approx(0.8 - 0.2)
    # Wilson's bounds of 8 and of 2 in 10 are .490, .943 and .057, .510: .6 - sqrt(.310^2 + .310^2), .6 + sqrt(.143^2 * 2).
    assert (row["low"], row["high"]) == (pytest.approx(0.161, abs=1e-3), pytest.approx(0.803, abs=1e-3))


def test_a_period_of_few_articles_is_not_compared():
    change = change_over(shown("1" * 25), dated([*FIRST, *LAST, "2022-04", "2022-04", "2022-04", "2022-04", "2022-04"]))
    assert list(change["group"]) == ["2022-01 to 2022-03"]
    assert change_over(shown("1" * 10), dated(FIRST)).empty


def test_each_item_has_its_share_also_where_nothing_of_it_is_found():
    rows = [("conflict", "C1", "clash", "include", "?"), ("conflict", "C2", "blame", "include", "?")]
    frames = pd.DataFrame(rows, columns=["frame", "item", "term", "kind", "question"])
    sentences = sentences_of("A clash.")
    found = share_by_item(find_frames(sentences, frames), sentences, frames, sentences[["article_id"]])
    assert found[["category", "n", "value"]].to_numpy().tolist() == [["conflict: C1", 1, 1.0], ["conflict: C2", 1, 0.0]]
