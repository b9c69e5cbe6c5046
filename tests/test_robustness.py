"""Robustness: other specifications are counted as they say, and a difference has the published interval."""

import pandas as pd
import pytest

from toolkit import (
    compare_groups,
    find_duplicates,
    find_frames,
    furthest_apart,
    say_robustness,
    split_sentences,
    vary_counts,
)
from toolkit.robustness import flips
from toolkit.tables import SUMMARY, as_table

FRAMES = pd.DataFrame(
    [("conflict", "C1", "clash", "include", ""), ("conflict", "C2", "attack", "include", ""), ("conflict", "C3", "win", "include", "")],
    columns=["frame", "item", "term", "kind", "question"],
)  # fmt: skip
ARTICLES = pd.DataFrame(
    [
        ("a1", "Bay", "They clash", "They clash again. An attack came. The rest of the day was calm in the town."),
        ("a2", "Bay", "Talks", "They met. Then came a clash."),
        ("a3", "Hill", "Talks", "They met. Then came a clash."),
        ("a4", "Hill", "A win", "They met in the harbour."),
    ],
    columns=["article_id", "outlet", "title", "text"],
)


@pytest.mark.parametrize(
    ("name", "articles"),
    [
        ("main specification", "a1 a2 a3 a4"),
        ("2 sentences or more", "a1"),
        ("3 sentences or more", "a1"),
        ("two items or more", "a1"),
        ("most items", "a1"),
        ("without titles", "a1 a2 a3"),
        ("titles and leads alone", "a1 a2 a3 a4"),
        ("each text once", "a1 a2 a4"),
    ],
)
def test_each_specification_counts_what_its_name_says(name, articles):
    sentences = split_sentences(ARTICLES)
    variants = vary_counts(find_frames(sentences, FRAMES), sentences, FRAMES, ARTICLES, find_duplicates(ARTICLES))
    assert list(variants[name].loc[variants[name]["present"], "article_id"]) == articles.split()


def counts(marks: dict[str, str]) -> pd.DataFrame:
    rows = [(f"{group}{n}", "conflict", mark == "1") for group, row in marks.items() for n, mark in enumerate(row)]
    return pd.DataFrame(rows, columns=["article_id", "frame", "present"])


def where(marks: dict[str, str]) -> pd.DataFrame:
    rows = [(f"{group}{n}", group) for group, row in marks.items() for n in range(len(row))]
    return pd.DataFrame(rows, columns=["article_id", "outlet"])


def test_the_interval_of_a_difference_is_the_published_one():
    # Newcombe 1998, table II, example (a), method 10: 56 of 70 against 48 of 80 gives 0.0524 to 0.3339.
    marks = {"Bay": "1" * 56 + "0" * 14, "Hill": "1" * 48 + "0" * 32}
    found = compare_groups({"main": counts(marks)}, where(marks), "outlet", "conflict", ("Bay", "Hill")).iloc[0]
    assert (found["n"], found["value"]) == (150, pytest.approx(0.2))
    assert (found["low"], found["high"]) == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.3339, abs=5e-5))


def test_a_group_without_articles_has_no_difference_and_says_why():
    marks = {"Bay": "10", "Hill": "01"}
    found = compare_groups({"main": counts(marks)}, where(marks), "outlet", "conflict", ("Bay", "Wire")).iloc[0]
    assert pd.isna(found["value"]) and found["method"] == "no article of Wire"


def differences(*values: float) -> pd.DataFrame:
    rows = [(f"s{n}", "c", 40, value, value - 0.2, value + 0.2, "") for n, value in enumerate(values)]
    return as_table(rows, SUMMARY)


def test_a_sign_that_turns_is_named():
    assert flips(differences(0.3, 0.1, -0.1, 0.0)) == ["s2"]
    said = say_robustness(differences(0.3, 0.1, -0.1), ("Bay", "Hill"))
    assert said == [
        "By the main specification Bay lies +30 points from Hill in c (95% interval +10 to +50).",
        "Of 2 other specifications, the sign turns in 1: s2; the interval keeps off zero in 1 of all 3.",
    ]


def test_the_groups_furthest_apart_have_articles_enough_and_a_name():
    rows = [("(unknown)", "c", 90, 0.0), ("a", "c", 20, 0.2), ("b", "c", 20, 0.6), ("d", "c", 5, 1.0)]
    grouped = as_table(((*row, 0.0, 0.0, "") for row in rows), SUMMARY)
    low, high = furthest_apart(grouped)
    assert (low["group"], high["group"]) == ("a", "b")
    assert furthest_apart(grouped.head(2)) is None
