"""Benches: the load they make, and that what they set side by side counts the same things."""

import sys
from runpy import run_module

import pandas as pd
import pytest

from tests.bench.aims import AT_LEAST, AT_MOST, Aim, table_of
from tests.bench.growth import exponent, grow
from tests.bench.plain_pipeline import alternation, equal_compounds, equal_counts, ours, plain
from tests.bench.synthetic import make_articles


@pytest.fixture(scope="module")
def made() -> pd.DataFrame:
    return make_articles(300)


def test_made_articles_are_the_same_again_each_with_its_own_id(made):
    assert made.equals(make_articles(300))
    assert made["article_id"].is_unique
    assert not made["text"].equals(make_articles(300, seed=2)["text"])


def test_a_part_of_made_articles_repeats_another_and_hardly_a_sentence_does(made):
    assert 0 < made["text"].duplicated().mean() < 0.1
    lines = made["text"].drop_duplicates().str.split("\n\n").explode()
    assert lines.nunique() / len(lines) > 0.7


def test_an_alternation_takes_the_longest_and_whole_words():
    pattern = alternation(["cost", "cost of talks", "clash*", "rise ... price"])
    text = "The cost of talks, low costs, clashes and a rise in the price."
    assert [match[0] for match in pattern.finditer(text)] == ["cost of talks", "clashes", "rise in the price"]


@pytest.mark.parametrize("tuned", [False, True])
def test_the_plain_way_counts_what_the_toolkit_counts(made, tmp_path, tuned):
    path = tmp_path / "articles.csv"
    made.head(40).to_csv(path, index=False)
    by_hand, mine = plain(path, tuned), ours(path)
    assert equal_compounds(by_hand, mine) == 1
    assert equal_counts(by_hand.frames, mine.frames) > 0.95
    assert equal_counts(by_hand.actors, mine.actors) > 0.9
    assert len(by_hand.sentences) == pytest.approx(len(mine.sentences), rel=0.03)


def test_an_exponent_is_the_power_of_the_size():
    assert exponent([10, 30, 100], [2, 6, 20]) == pytest.approx(1)
    assert exponent([10, 100], [3, 300]) == pytest.approx(2)
    assert exponent([10, 100], [5, 5]) == pytest.approx(0)


def test_growth_is_measured_stage_by_stage_and_parts_are_the_same_however_they_are_made():
    lines, aims = grow([20, 40])
    names = [line[:22].strip() for line in lines[:13]]
    assert names[:3] == ["articles", "MB of text", "MB, in one piece"]
    assert names[3:] == [
        *("load", "sentences", "frames", "tone", "actors", "quotes"),
        *("MB, in parts", "annotate", "by the clock"),
        "40 articles, workers:",
    ]
    assert all(float(figure) >= 0 for line in lines[1:12] for figure in line[22:].split()[:2])
    assert next(aim for aim in aims if aim.needed).is_met


def test_an_aim_is_met_or_missed_and_a_wrong_result_says_so():
    quick, slow = Aim("quick", AT_LEAST, 4, 4.0), Aim("slow", AT_MOST, 2, 2.5)
    wrong = Aim("wrong", AT_MOST, 0, 1, needed=True)
    assert [aim.is_met for aim in (quick, slow, wrong)] == [True, False, False]
    assert [line.split()[-1] for line in table_of([quick, slow, wrong])[1:]] == ["4.00", "missed", "WRONG"]


def test_a_bench_of_a_file_that_is_not_there_says_so_in_a_line(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["frames", "nowhere.csv"])
    with pytest.raises(SystemExit, match=r"^nowhere.csv: no such file. Name a CSV file of coded articles.$"):
        run_module("tests.bench.frames", run_name="__main__")
