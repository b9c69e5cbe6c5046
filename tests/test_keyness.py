from math import log2

import numpy as np
import pandas as pd
import pytest

from toolkit import TableError, keyness, plot_keyness, say_keyness, select_key_words, show_figure
from toolkit.tables import KEYNESS


def articles_of(**groups: list[str]) -> pd.DataFrame:
    """Articles of the outlets named, one per text."""
    rows = [(f"{outlet}{place}", outlet, text) for outlet, texts in groups.items() for place, text in enumerate(texts)]
    return pd.DataFrame(rows, columns=["article_id", "outlet", "text"])


def words(**times: int) -> str:
    return " ".join(" ".join([word] * number) for word, number in times.items())


@pytest.fixture
def two() -> pd.DataFrame:
    """Pier stands 12 times in 1,000 words of the one outlet, 8 times in 2,000 of the other, once in an article."""
    hill = [words(pier=1, sea=99)] * 8 + [words(pier=4, sea=196)]
    bay = [words(pier=1, sea=199)] * 8 + [words(sea=400)]
    return articles_of(hill=hill, bay=bay)


def row_of(table: pd.DataFrame, group: str, word: str) -> pd.Series:
    return table[(table["group"] == group) & (table["word"] == word)].iloc[0]


def test_counts_rates_and_measures_are_those_worked_by_hand(two):
    row = row_of(keyness(two), "hill", "pier")
    assert row[["count", "articles", "reference_count", "reference_articles"]].tolist() == [12, 9, 8, 8]
    assert row[["rate", "reference_rate"]].tolist() == [12.0, 4.0]
    # Expected: 20 / 3, 40 / 3, 2980 / 3, 5960 / 3; 2 * (12 ln 1.8 + 8 ln .6 + 988 ln(988 * 3 / 2980) + 1992 ln(...)).
    # The first two terms alone, as in Rayson's calculator, are 5.9337.
    assert row["g2"] == pytest.approx(5.9766, abs=1e-4)
    assert row["log_ratio"] == pytest.approx(log2(3))


def test_a_word_used_less_has_the_same_measures_with_the_other_sign(two):
    table = keyness(two)
    more, less = row_of(table, "hill", "pier"), row_of(table, "bay", "pier")
    assert (less["g2"], less["log_ratio"]) == (-more["g2"], -more["log_ratio"])
    assert (less["low"], less["high"]) == (pytest.approx(-more["high"]), pytest.approx(-more["low"]))
    assert less["p"] == more["p"]


def test_a_word_that_comes_in_bunches_is_weaker_evidence_than_its_g2_says():
    bay = [words(sea=100)] * 4
    strewn = row_of(keyness(articles_of(hill=[words(pier=3, sea=97)] * 4, bay=bay)), "hill", "pier")
    bunched = [words(pier=10, sea=90), words(pier=1, sea=99), words(pier=1, sea=99), words(sea=100)]
    row = row_of(keyness(articles_of(hill=bunched, bay=bay)), "hill", "pier")
    assert (row["g2"], row["log_ratio"]) == (strewn["g2"], strewn["log_ratio"])
    assert strewn["design_effect"] == 1
    # Three are expected in each: (49 + 4 + 4 + 9) * 4 / 3, over 12.
    assert row["design_effect"] == pytest.approx(22 / 3)
    assert strewn["p"] < 0.001 < 0.05 < row["p"]
    # 12 against none, which is taken for a half: log2(24) +- 1.96 * sqrt(22 / 3 * (1 / 12 + 2)) / ln 2.
    assert (row["low"], row["high"]) == (pytest.approx(-6.467, abs=1e-3), pytest.approx(15.637, abs=1e-3))


def test_a_word_of_one_article_sets_no_outlet_apart():
    hill = [words(pier=50, sea=50), words(sea=100), words(sea=100)]
    articles = articles_of(hill=hill, bay=[words(sea=100)] * 3)
    assert "pier" not in set(keyness(articles)["word"])
    assert "pier" in set(keyness(articles, spread=1)["word"])


def test_a_word_that_a_group_lacks_is_used_less_there():
    table = keyness(articles_of(hill=[words(sea=100)] * 3, bay=[words(pier=5, sea=95)] * 3))
    row = row_of(table, "hill", "pier")
    # 15 per 300 words against a half: log2(.5 / 15).
    assert (row["count"], row["rate"]) == (0, 0.0)
    assert row["log_ratio"] == pytest.approx(-4.9069, abs=1e-4)
    assert row["g2"] < 0


def test_each_group_is_held_against_all_others_or_the_one_named():
    texts = {name: [words(sea=90, **{name: 10})] * 3 for name in ("hill", "bay", "moor")}
    rest, named = keyness(articles_of(**texts)), keyness(articles_of(**texts), reference="moor")
    assert row_of(rest, "hill", "sea")["reference_count"] == 540
    assert row_of(named, "hill", "sea")["reference_count"] == 270
    assert list(dict.fromkeys(rest["group"])) == ["bay", "hill", "moor"]
    assert list(dict.fromkeys(named["group"])) == ["bay", "hill"]
    assert "bay" not in set(named.loc[named["group"] == "hill", "word"])


def test_groups_are_periods_too(two):
    dates = ["2022-01-05"] * 9 + ["2022-02-05"] * 9
    table = keyness(two.assign(published=dates), "month")
    assert row_of(table, "2022-01", "pier")["count"] == 12


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Pier's cost-cutting", ["the", "pier's", "cost-cutting"]),
        ("the pier\u2019s \u2018new\u2019 co\u2011op \u2013 it", ["the", "pier's", "new", "co-op", "it"]),
        ("U.S. troops, e.g. in A.Smith. It", ["u.s", "troops", "e.g", "in", "a", "smith", "it"]),
        ("l'accord d'\u00c9tat co\u00adop __x__", ["l'accord", "d'\u00e9tat", "coop", "x"]),
        ("\u6e2f\u53e3 port", ["\u6e2f", "\u53e3", "port"]),
        ("\u0939\u093f\u0928\u094d\u0926\u0940", ["\u0939\u093f\u0928\u094d\u0926\u0940"]),
    ],
)
def test_words_keep_their_apostrophes_hyphens_and_signs(text, found):
    table = keyness(articles_of(hill=[text], bay=["\u00df"]), least=1, spread=1)
    assert set(table.loc[table["group"] == "hill", "word"]) - {"\u00df"} == set(found)


def test_titles_count_unless_they_are_left_out(two):
    titled = two.assign(title="Harbour")
    assert "harbour" in set(keyness(titled)["word"])
    assert "harbour" not in set(keyness(titled, titles=False)["word"])


def test_p_is_that_of_benjamini_and_hochberg():
    hill = [words(pier=4, quay=3, sea=93)] * 3
    table = keyness(articles_of(hill=hill, bay=[words(pier=1, quay=1, sea=98)] * 3), spread=1)
    # Six rows, as each word has two. G2 of sea 9.2185, pier 5.9208, quay 3.2007; by one degree of freedom .002396,
    # .014963, .073606; times 6, over the rank: 2, 4 and 6.
    found = table.set_index(["group", "word"])["p"]["hill"]
    assert found.to_dict() == {
        "pier": pytest.approx(0.022445, abs=1e-6),
        "quay": pytest.approx(0.073606, abs=1e-6),
        "sea": pytest.approx(0.007187, abs=1e-6),
    }


def test_groups_of_the_same_text_have_no_key_word():
    table = keyness(articles_of(hill=[words(pier=5, sea=5)] * 3, bay=[words(pier=5, sea=5)] * 3))
    assert table[["g2", "log_ratio", "p"]].drop_duplicates().to_numpy().tolist() == [[0, 0, 1]]
    assert select_key_words(table).empty
    assert "No word is used surely more often in: bay, hill." in say_keyness(table)


@pytest.mark.parametrize(
    "articles",
    [
        articles_of(hill=[words(sea=9)] * 3),
        articles_of(hill=[words(sea=9)] * 3, bay=["", "--"]),
        articles_of(hill=["", None]),
        articles_of(hill=["sea"], bay=["pier"]),
        articles_of().astype("str"),
    ],
    ids=["one group", "a group without words", "no words", "rare words", "no articles"],
)
def test_where_nothing_can_be_compared_the_table_is_empty_and_has_its_columns(articles):
    table = keyness(articles)
    assert table.dtypes.astype(str).to_dict() == dict(KEYNESS)
    assert table.empty
    assert say_keyness(table)[0].startswith("No words are compared")
    assert "Nothing to draw" in show_figure(plot_keyness(table), "", "").html


def test_articles_without_words_change_nothing(two):
    more = pd.concat([two, articles_of(hill=["", "..."], bay=[""], moor=[""])])
    pd.testing.assert_frame_equal(keyness(more), keyness(two))


def test_a_corpus_of_one_word_has_no_difference():
    table = keyness(articles_of(hill=["sea sea sea"] * 3, bay=["sea"] * 3))
    assert table[["g2", "log_ratio", "design_effect", "p"]].drop_duplicates().to_numpy().tolist() == [[0, 0, 1, 1]]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"reference": "Moor"}, "reference 'Moor' is no group with words by 'outlet'. Use one of: bay, hill."),
        ({"by": "channel"}, "cannot be grouped by 'channel'"),
        ({"least": 0}, "least must be 1 or more, not 0."),
        ({"spread": -1}, "spread must be 1 or more, not -1."),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line(two, options, message):
    with pytest.raises(TableError) as caught:
        keyness(two, **options)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_no_value_is_missing_and_the_order_of_articles_changes_none(articles):
    table = keyness(articles, least=1, spread=1)
    assert len(table)
    assert np.isfinite(table.select_dtypes("number").to_numpy()).all()
    pd.testing.assert_frame_equal(table, keyness(articles[::-1], least=1, spread=1))


def test_rows_are_sorted_by_group_then_evidence_then_word():
    hill, bay = [words(quay=5, pier=5, sea=90)] * 3, [words(mast=5, sea=95)] * 3
    table = keyness(articles_of(hill=hill, bay=bay))
    assert table.loc[table["group"] == "hill", "word"].tolist() == ["pier", "quay", "sea", "mast"]


def test_the_articles_given_stay_as_they_were(two):
    before = two.copy(deep=True)
    keyness(two)
    pd.testing.assert_frame_equal(two, before)


def test_key_words_are_said_with_how_often_and_how_surely():
    hill = [words(pier=5, quay=10, sea=85)] * 3
    said = say_keyness(keyness(articles_of(hill=hill, bay=[words(quay=1, sea=99)] * 3)))
    # 30 against 3 of 300: 10 times, exp(ln 10 +- 1.96 * sqrt(1 / 30 + 1 / 3)) = 3.1 to 32.8.
    assert said[0] == 'What sets bay apart: "sea", 297 times in 3 articles, 1.2 times as often as elsewhere ' \
        "(95% interval 1.0 to 1.4)."  # fmt: skip
    assert said[1] == (
        'What sets hill apart: "quay", 30 times in 3 articles, 10.0 times as often as elsewhere '
        '(95% interval 3.1 to 32.8); "pier", 15 times in 3 articles, elsewhere never.'
    )


def test_key_words_are_drawn_in_a_panel_per_group_the_surest_on_top(two):
    hill = [words(pier=5, quay=10, **{"x" * 99: 8}, sea=77)] * 3
    figure = plot_keyness(keyness(articles_of(hill=hill, bay=[words(quay=1, sea=99)] * 3)))
    assert [ax.get_title(loc="left") for ax in figure.axes] == ["bay", "hill"]
    assert [label.get_text() for label in figure.axes[1].get_yticklabels()] == ["pier", "quay", "x" * 24]
    assert [text.get_text() for text in figure.axes[1].texts] == ["15:0", "30:3", "24:0"]


def test_hostile_texts_take_no_more_than_their_length():
    texts = [sign * 100_000 for sign in ("a-", "a'", "a.b.", "a\u0301", "\u0301", "\u0915\u093f")]
    assert keyness(articles_of(hill=texts, bay=texts), least=1, spread=1)["g2"].abs().max() == 0


def test_outlets_drawn_at_random_from_one_differ_in_no_word():
    # Each name is in one article of twenty, but there ten times: G2 alone takes most of them for key words.
    chance = np.random.default_rng(1)
    texts = [words(sea=200, **{f"name{place % 20}": 10}) for place in range(200)]
    outlets = chance.choice(["hill", "bay"], len(texts))
    articles = pd.DataFrame({"article_id": range(200), "outlet": outlets, "text": texts})
    table = keyness(articles)
    assert (table["g2"].abs() > 3.84).mean() > 0.3
    assert (table["p"] > 0.05).all()


def test_words_of_single_articles_are_counted_but_never_called_key():
    table = keyness(articles_of(hill=[words(pier=9, sea=1)], bay=[words(sea=9, pier=1)]))
    row = row_of(table, "hill", "pier")
    assert (row["count"], row["reference_count"], row["log_ratio"]) == (9, 1, pytest.approx(log2(9)))
    assert table[["p", "low", "high", "design_effect"]].isna().all(axis=None)
    assert select_key_words(table).empty


def test_a_group_of_two_articles_has_key_words_where_both_hold_them():
    table = keyness(articles_of(hill=[words(pier=9, sea=1)] * 2, bay=[words(sea=9, mole=9)] * 2))
    assert select_key_words(table)[["group", "word"]].to_numpy().tolist() == [
        ["bay", "mole"],
        ["bay", "sea"],
        ["hill", "pier"],
    ]
