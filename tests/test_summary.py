import numpy as np
import pandas as pd
import pytest

from toolkit import TableError, count_articles, describe_articles, fitting_period, group_of, mean_by, share_by, voice_by


def counts_of(values: dict[str, bool]) -> pd.DataFrame:
    return pd.DataFrame({"article_id": list(values), "frame": "conflict", "present": list(values.values())})


def test_a_share_is_of_all_articles_of_the_group(articles):
    counts = counts_of({"a1": True, "a2": False, "a3": False, "a4": True})
    table = share_by(counts, articles, "outlet").set_index("group")
    assert table["value"].to_dict() == {"Bay Times": 0.5, "Hill Courier": 0.5}
    assert table["n"].tolist() == [2, 2]


def test_an_interval_from_a_bootstrap_is_that_of_the_binomial():
    ids = [f"a{number}" for number in range(100)]
    counts = counts_of({name: number < 30 for number, name in enumerate(ids)})
    row = share_by(counts, pd.DataFrame({"article_id": ids})).iloc[0]
    # 2.5 % and 97.5 % of Binomial(100, 0.3): 21 and 39.
    assert row["value"] == pytest.approx(0.30)
    assert row["low"] == pytest.approx(0.21, abs=0.011)
    assert row["high"] == pytest.approx(0.39, abs=0.011)
    assert row["method"] == "bootstrap by article"


def test_a_group_that_is_all_alike_has_no_interval_of_zero_width(articles):
    counts = counts_of(dict.fromkeys(["a1", "a2", "a3", "a4"], False))
    row = share_by(counts, articles).iloc[0]
    # Wilson for 0 of 4: z^2 / (n + z^2) = 3.8415 / 7.8415.
    assert (row["value"], row["low"]) == (0.0, 0.0)
    assert row["high"] == pytest.approx(0.4899, abs=1e-4)
    assert row["method"] == "Wilson"


def test_few_articles_have_the_wider_interval_of_wilson():
    ids = [f"a{number}" for number in range(10)]
    row = share_by(counts_of({name: name == "a0" for name in ids}), pd.DataFrame({"article_id": ids})).iloc[0]
    # Wilson 1927 for 1 of 10.
    assert (row["low"], row["high"]) == (pytest.approx(0.0179, abs=1e-4), pytest.approx(0.4042, abs=1e-4))


def test_few_articles_have_students_interval_for_a_mean(articles):
    scores = pd.DataFrame({"article_id": articles["article_id"], "compound": [0.1, 0.2, 0.3, 0.4]})
    row = mean_by(scores, articles).iloc[0]
    # 0.25 +- 3.182 * 0.1291 / 2
    assert (row["low"], row["high"]) == (pytest.approx(0.0446, abs=1e-4), pytest.approx(0.4554, abs=1e-4))
    assert row["method"] == "Student's t"


def test_a_mean_of_equal_values_has_no_interval_rather_than_one_of_no_width(articles):
    scores = pd.DataFrame({"article_id": articles["article_id"], "compound": 0.4})
    row = mean_by(scores, articles).iloc[0]
    assert np.isnan(row["low"])
    assert row["method"] == "all alike, no interval"


def test_the_order_of_rows_changes_no_interval():
    ids = [f"a{number:02}" for number in range(40)]
    scores = pd.DataFrame({"article_id": ids, "compound": [number % 7 / 7 for number in range(40)]})
    table = pd.DataFrame({"article_id": ids})
    turned = mean_by(scores[::-1], table[::-1])
    pd.testing.assert_frame_equal(mean_by(scores, table), turned)
    assert turned["method"][0] == "bootstrap by article"


def test_sentences_are_averaged_by_article_before_anything_else():
    scores = pd.DataFrame({"article_id": ["a", "a", "b"], "sentence_id": [0, 1, 0], "compound": [0.0, 1.0, 0.2]})
    table = mean_by(scores, pd.DataFrame({"article_id": ["a", "b"]}))
    assert table[["category", "n", "value"]].to_numpy().tolist() == [["compound", 2, pytest.approx(0.35)]]


def test_counts_that_stand_twice_are_refused(articles):
    twice = pd.concat([counts_of({"a1": True}), counts_of({"a1": False})])
    with pytest.raises(TableError, match="more than one row for 'a1' and 'conflict'"):
        share_by(twice, articles)


def test_one_article_has_no_interval(articles):
    row = share_by(counts_of({"a1": True}), articles.head(1)).iloc[0]
    assert (row["value"], row["method"]) == (1.0, "n = 1, no interval")
    assert np.isnan(row["low"])


def test_the_same_seed_gives_the_same_interval(articles):
    scores = pd.DataFrame({"article_id": articles["article_id"], "compound": [0.1, 0.5, -0.2, 0.3]})
    pd.testing.assert_frame_equal(mean_by(scores, articles, seed=4), mean_by(scores, articles, seed=4))


def test_a_mean_counts_only_articles_that_have_a_value(articles):
    scores = pd.DataFrame({"article_id": articles["article_id"], "compound": [0.2, 0.4, np.nan, np.nan]})
    row = mean_by(scores, articles).iloc[0]
    assert (row["n"], row["value"]) == (2, pytest.approx(0.3))


def test_share_of_voice_adds_up_to_one_in_each_group(articles):
    rows = [
        (a, b, m)
        for a, ms in {"a1": (3, 1), "a2": (0, 0), "a3": (2, 2), "a4": (0, 0)}.items()
        for b, m in zip("xy", ms, strict=True)
    ]
    counts = pd.DataFrame(rows, columns=["article_id", "actor_id", "mentions"])
    table = voice_by(counts, articles, "outlet").set_index(["group", "category"])["value"]
    assert table[("Hill Courier", "x")] == 0.75
    assert table[("Bay Times", "y")] == 0.5


def test_a_share_of_voice_of_few_articles_has_the_interval_of_a_ratio(articles):
    rows = [("a1", "x", 1), ("a1", "y", 1), ("a2", "x", 3), ("a2", "y", 1)]
    counts = pd.DataFrame(rows, columns=["article_id", "actor_id", "mentions"])
    row = voice_by(counts, articles.head(2)).set_index("category").loc["x"]
    # 4 of 6; residuals 1 - 2 * 2/3 and 3 - 4 * 2/3, each 1/3: reach 12.706 * sqrt(2 * 2/9) / 6 = 1.41, cut at 0 and 1.
    assert (row["value"], row["low"], row["high"]) == (pytest.approx(4 / 6), 0.0, 1.0)
    assert row["method"] == "Student's t"


def test_months_are_those_of_the_outlets_local_date(articles):
    assert group_of(articles, "month").to_dict() == {
        "a1": "2022-02",
        "a2": "2022-02",
        "a3": "2022-02",
        "a4": "(unknown)",
    }


def test_weeks_are_named_by_their_monday(articles):
    assert group_of(articles, "week")["a1"] == "2022-01-31"


def test_without_local_time_the_period_is_that_of_utc(articles):
    assert group_of(articles.drop(columns="published_local"), "month")["a1"] == "2022-01"


def test_periods_without_articles_are_columns_of_zeros(articles):
    dated = articles.assign(published_local=["2022-01-03", "2022-01-31", "2022-01-10", ""])
    counts = count_articles(dated, "outlet", "week")
    assert list(counts.columns) == ["2022-01-03", "2022-01-10", "2022-01-17", "2022-01-24", "2022-01-31"]
    assert counts.loc["Hill Courier"].tolist() == [1, 0, 0, 0, 1]
    assert counts.loc["Bay Times"].tolist() == [0, 1, 0, 0, 0]


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [
        ("2022-01-03", "2022-01-09", "week"),
        ("2021-01-04", "2023-04-24", "week"),  # 840 days, 120 weeks
        ("2021-01-04", "2023-04-25", "month"),
        ("2010-01-01", "2022-01-01", "year"),
        ("1601-01-01", "2199-12-31", "year"),
        ("", "", "week"),
    ],
)
def test_the_period_of_a_figure_is_as_fine_as_the_span_allows(articles, first, last, period):
    assert fitting_period(articles.assign(published_local=[first, last, first, first], published=pd.NaT)) == period


def test_an_unknown_group_is_refused_with_those_there_are(articles):
    with pytest.raises(TableError, match="by 'outlets'. Did you mean outlet. Use outlet, year"):
        group_of(articles, "outlets")


def test_findings_of_other_articles_are_refused(articles):
    with pytest.raises(TableError, match="1 articles of the findings are not in articles"):
        share_by(counts_of({"a1": True, "zz": True}), articles)


def test_what_an_outlet_contributes_and_lacks_is_described_with_its_longest_gap(articles):
    days = ["2022-02-01", "2022-02-10", "2022-02-02", ""]
    described = describe_articles(
        articles.assign(
            published_local=days, section="", author="desk", url="", text=["One two.", "", "Three.", "Four."]
        )
    ).set_index("group")
    assert described.loc["Hill Courier"].to_dict() == {
        "articles": 2, "first": "2022-02-01", "last": "2022-02-10", "longest gap": 8, "words": 2.0,
        "no text": 1, "no title": 0, "no section": 2, "no author": 0, "no url": 2, "no date": 0,
    }  # fmt: skip
    assert described.loc["Bay Times", ["articles", "longest gap", "no title", "no date"]].tolist() == [2, 0, 1, 1]


def test_groups_are_of_one_column_and_codings_are_shared_too():
    codes = pd.DataFrame({"article_id": ["a1", "a2"], "variable": "cost", "present": ["1", "0"]})
    articles = pd.DataFrame({"article_id": ["a1", "a2"]})
    assert share_by(codes, articles)[["category", "value"]].to_numpy().tolist() == [["cost", 0.5]]
    with pytest.raises(TableError, match="by must name one column or period, not"):
        share_by(codes, articles, ["article_id"])
