"""Tone findings and figures say what was measured, of wording and never of stance, narration first."""

import pandas as pd
import pytest

from toolkit import (
    class_sentences,
    pick_pair,
    plot_mean_panels,
    plot_targets,
    plot_timeline,
    plot_tone_words,
    say_classes,
    say_masked,
    say_silence,
    say_targets,
    say_voices,
    say_words_apart,
    show_table,
)
from toolkit.tables import SUMMARY, TARGET_TONE, TELLING, as_table


def means(*rows):
    return as_table([(*row, "bootstrap by article") for row in rows], SUMMARY)


OVERALL = means(("all articles", "narration", 40, -0.1, -0.2, 0.0), ("all articles", "direct", 30, 0.2, 0.1, 0.3))
GROUPED = means(
    ("Bay Times", "narration", 20, 0.1, 0.05, 0.15),
    ("Hill Courier", "narration", 20, -0.3, -0.4, -0.2),
    ("Hill Courier", "direct", 20, -0.9, -0.95, -0.8),
    ("Port Echo", "narration", 3, -0.8, -0.9, -0.7),
)
WORDS = as_table(
    [("war", -0.2, -0.3, -0.1, 9, 2), ("great", -0.1, 0.0, 0.1, 0, 4), ("good", 0.1, 0.2, 0.1, 7, 3)], TELLING
)


def test_narration_is_told_before_quotation_and_the_groups_by_their_own_words():
    said = say_voices(OVERALL, GROUPED, {"narration": 0.7, "direct": 0.3, "indirect": 0.0})
    assert said[0].index("own words -0.10") < said[0].index("direct quotation +0.20")
    assert "70% of all words" in said[0] and "reported speech" not in said[0]
    assert "more negative in Hill Courier (-0.30, -0.40 to -0.20, n = 20) than in Bay Times" in said[1]
    assert "Port Echo" in said[2]
    assert pick_pair(GROUPED) == ("Hill Courier", "Bay Times")
    assert pick_pair(GROUPED[:1]) == ()
    assert say_voices(GROUPED[:0], GROUPED[:0], {}) == ["Nothing was scored."]


def test_words_that_make_a_group_more_negative_are_told_with_how_often_they_fired():
    said = say_words_apart(WORDS, ("Hill Courier", "Bay Times"))[0]
    assert "times in Hill Courier, times in Bay Times): war (9:2), great (0:4)." in said and "good" not in said
    assert say_words_apart(WORDS[:0], ()) == []


def test_no_finding_speaks_of_a_stance():
    every = say_voices(OVERALL, GROUPED, {"narration": 0.7, "direct": 0.3}) + say_classes(GROUPED)
    assert not any(word in " ".join(every).lower() for word in ("hostile", "bias", "favour", "against"))


def test_sentences_without_a_word_are_apart_from_neutral_ones():
    scores = pd.DataFrame(
        {
            "article_id": "a",
            "sentence_id": range(5),
            "compound": [0.0, 0.02, -0.5, 0.5, None],
            "words": ["", "good, bad", "bad", "good", ""],
        }
    )
    classes = class_sentences(scores)
    assert classes[["negative", "no word", "neutral", "positive"]].to_numpy().tolist() == [
        [0, 1, 0, 0],
        [0, 0, 1, 0],
        [1, 0, 0, 0],
        [0, 0, 0, 1],
    ]
    shares = means(("all articles", "no word", 9, 0.45, 0.4, 0.5), ("all articles", "neutral", 9, 0.03, 0.0, 0.1))
    assert "45% hold no word that is scored" in say_silence(shares, 100)[0]


def test_what_masking_changed_is_told_by_name():
    columns = ["name", "sentences", "changed", "plain_share", "share", "mean_change"]
    table = pd.DataFrame(
        [("(all sentences)", 200, 12, 0.5, 0.47, -0.1), ("Freedom Party", 9, 8, 1.0, 0.11, -0.6)], columns=columns
    )
    assert say_masked(table) == [
        "Masking names changed the score of 12 of 200 sentences; not neutral are 47% of them, where they were 50% with "
        "the names. Names that changed most: Freedom Party 100% to 11% of 9 sentences."
    ]


def towards(*rows):
    return as_table(
        [("all", name, 9, value, value - 0.1, value + 0.1, "t", n, 0, 1, 0) for name, value, n in rows], TARGET_TONE
    )


def test_actors_of_few_mentions_are_grey_and_not_compared():
    table = towards(("ana", -0.2, 40), ("jo", 0.1, 20), ("lee", -0.9, 19))
    said = say_targets(table, {"ana": "Ana Keller"})
    assert "Ana Keller (-0.20" in said[0] and "jo (+0.10" in said[0] and "lee" not in said[0]
    assert said[1].startswith("1 actor with fewer than 20 mentions")
    html = show_table(table[["category", "mentions"]], "Actors", grey=[False, False, True]).html
    assert html.count('<tr class="few">') == 1 and html.index("few") > html.index("jo")
    colours = plot_targets(table).axes[0].collections[1].get_facecolors()
    assert len({tuple(colour) for colour in colours}) == 3  # below zero, above zero, grey


@pytest.mark.parametrize(
    "figure",
    [
        lambda: plot_mean_panels(GROUPED[:0]),
        lambda: plot_targets(towards()),
        lambda: plot_tone_words(WORDS[:0], "difference", "points"),
    ],
)
def test_nothing_to_draw_is_said(figure):
    assert figure().axes[0].texts[0].get_text() == "Nothing to draw"


def test_a_figure_names_each_word_with_how_often_it_fired():
    ax = plot_tone_words(WORDS, "difference", "points").axes[0]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["good (7:3)", "great (0:4)", "war (9:2)"]


def test_periods_without_articles_stay_open_in_a_timeline():
    weeks = means(("2022-01-03", "narration", 12, 0.1, 0.0, 0.2), ("2022-01-17", "narration", 3, -0.1, -0.2, 0.0))
    ax = plot_timeline(weeks)
    line = ax.lines[0].get_ydata()
    assert len(line) == 3 and pd.isna(line[1])
    assert ax.get_xlabel() == "Grey: fewer than 10 articles."
    many = means(*((f"2022-{month:02}", "narration", 12, 0.1, 0.0, 0.2) for month in range(1, 13)))
    assert len(plot_timeline(many).get_xticks()) == 6
