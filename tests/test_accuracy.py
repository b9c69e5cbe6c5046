"""Accuracy and correction: every figure by hand, and intervals that hold the truth as often as they say."""

import numpy as np
import pandas as pd
import pytest

from toolkit import (
    TableError,
    agreement,
    compare_f1,
    compare_to_gold,
    corrected_shares,
    find_errors,
    load_codings,
    say_agreement,
    say_coded,
    say_rule,
    say_validation,
    score_accuracy,
    try_thresholds,
)
from toolkit.correction import _corrected
from toolkit.intervals import share_interval


def table(marks: str, name: str = "conflict") -> pd.DataFrame:
    """One character per article: 1 where the category is present."""
    rows = [(f"a{n:04}", name, mark == "1") for n, mark in enumerate(marks)]
    return pd.DataFrame(rows, columns=["article_id", "frame", "present"])


def coded(marks: str, name: str = "conflict", coder: str = "ana") -> pd.DataFrame:
    rows = [(f"a{n:04}", coder, name, mark.strip()) for n, mark in enumerate(marks)]
    return pd.DataFrame(rows, columns=["article_id", "coder", "variable", "value"])


MACHINE, GOLD = "1110010000", "1100011000"  # tp 3, fp 1, fn 1, tn 5


def test_the_four_cells_are_counted_over_the_articles_both_speak_of():
    found = compare_to_gold(table(MACHINE + "11"), coded(GOLD))
    assert found.to_dict("records") == [{"category": "conflict", "n": 10, "tp": 3, "fp": 1, "fn": 1, "tn": 5}]


def test_precision_recall_and_f1_by_hand_each_with_what_it_is_a_share_of():
    found = score_accuracy(table(MACHINE), coded(GOLD)).set_index("category")
    assert found["value"].to_dict() == {"precision": 3 / 4, "recall": 3 / 4, "f1": 6 / 8}
    assert found["n"].to_dict() == {"precision": 4, "recall": 4, "f1": 10}
    assert (found.loc["precision", "low"], found.loc["precision", "high"]) == share_interval(3, 4, 1)[:2]
    assert found.loc["f1", "method"] == "n = 10, no interval"


def test_a_machine_without_a_mistake_in_the_sample_is_not_said_to_make_none():
    found = score_accuracy(table("10" * 30), coded("10" * 30)).set_index("category")
    assert found.loc["precision", "low"] < 0.9
    assert np.isnan(found.loc["f1", "low"]) and found.loc["f1", "method"] == "all alike, no interval"


def test_what_nobody_found_has_no_precision():
    found = score_accuracy(table("0" * 30), coded("1" * 5 + "0" * 25)).set_index("category")
    assert np.isnan(found.loc["precision", "value"]) and found.loc["precision", "method"] == "undefined"
    assert found.loc["recall", "value"] == 0


def test_gold_is_what_most_coders_say_and_a_tie_is_no_gold():
    votes = pd.concat([coded("110", coder="ana"), coded("100", coder="ben"), coded("1 0", coder="cleo")])
    assert compare_to_gold(table("111"), votes)["n"][0] == 2  # of the second article one says 1 and one says 0


def test_two_machines_are_compared_on_the_articles_both_answer_for():
    # On ten articles the one has F1 6/8; the other finds all four and nothing else.
    found = compare_f1(table(MACHINE + "1111"), table(GOLD), coded(GOLD + "0000"))
    assert found.loc[0, ["group", "category", "n", "method"]].tolist() == [
        "conflict", "F1 difference", 10, "n = 10, no interval",
    ]  # fmt: skip
    assert found.loc[0, "value"] == 6 / 8 - 1


def test_the_interval_of_a_difference_holds_zero_where_two_machines_are_alike():
    found = compare_f1(table("1100" * 20), table("1010" * 20), coded("1000" * 20))
    assert found.loc[0, "value"] == 0
    assert found.loc[0, "low"] < 0 < found.loc[0, "high"]
    surely = compare_f1(table("1000" * 20), table("0111" * 20), coded("1000" * 20))
    assert surely.loc[0, "value"] == 1
    assert surely.loc[0, "method"] == "all alike, no interval"


def test_gold_may_be_a_table_as_the_machine_makes_it():
    assert compare_to_gold(table(MACHINE), table(GOLD))["tp"][0] == 3


def test_thresholds_are_tried_one_by_one():
    machine = table("1111").assign(sentences=[3, 1, 2, 1])
    found = try_thresholds(machine, coded("1010"), at_least=(1, 2, 3)).set_index("at_least")
    assert found["precision"].to_dict() == {1: 0.5, 2: 1, 3: 1}
    assert found["recall"].to_dict() == {1: 1, 2: 1, 3: 0.5}


@pytest.mark.parametrize(
    ("machine", "gold", "message"),
    [
        (table("11"), coded("11", "morality"), "no category in common. One has conflict; the other morality"),
        (table("11"), coded("11").assign(article_id=["x", "y"]), "no article_id in common"),
        (table("11"), coded("12"), "gold holds the value '2'"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_one_line(machine, gold, message):
    with pytest.raises(TableError, match=message):
        score_accuracy(machine, gold)


def corpus(tp: int, fp: int, fn: int, tn: int, found: int, others: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The coded articles first, then those of which only the machine speaks."""
    machine = "1" * (tp + fp) + "0" * (fn + tn) + "1" * found + "0" * others
    return table(machine), coded("1" * tp + "0" * fp + "1" * fn + "0" * tn)


def test_a_share_is_corrected_by_the_table_of_misclassifications():
    # Sensitivity 40/50, specificity 135/150; the machine finds 55 + 345 of 1000: (0.4 + 0.9 - 1) / (0.8 + 0.9 - 1).
    found = corrected_shares(*corpus(40, 15, 10, 135, 345, 455)).iloc[0]
    assert (found["n"], found["gold"], found["raw"]) == (1000, 200, 0.4)
    assert (found["sensitivity"], found["specificity"]) == (0.8, 0.9)
    assert found["corrected"] == pytest.approx(0.3 / 0.7)
    assert found["low"] < found["corrected"] < found["high"]


def test_a_share_is_corrected_by_predictive_values():
    # Of what the machine finds 40/55 are right, of what it does not 10/145 are missed.
    found = corrected_shares(*corpus(40, 15, 10, 135, 345, 455), method="predictive values").iloc[0]
    assert found["corrected"] == pytest.approx(0.4 * 40 / 55 + 0.6 * 10 / 145)


@pytest.mark.parametrize(
    ("cells", "note"),
    [
        ((5, 15, 4, 135), "people see it in 9 of the coded articles and not in 150: 10 of each needed"),
        ((50, 50, 50, 50), "the machine tells hardly more than a coin"),
        ((7, 3, 5, 5), "people see it in 12 of the coded articles and not in 8: 10 of each needed"),
        ((9, 3, 5, 7), "in other samples of this size the machine might tell no more than a coin: code more articles"),
    ],
)
def test_a_sample_that_cannot_carry_a_correction_is_told_so(cells, note):
    found = corrected_shares(*corpus(*cells, 100, 400)).iloc[0]
    assert found["note"] == note
    assert np.isnan(found["corrected"]) and not np.isnan(found["raw"])


def test_a_way_to_correct_that_is_not_known_is_refused():
    with pytest.raises(TableError, match="'bootstrap' is no way to correct shares. Use one of: back-calculation"):
        corrected_shares(table("1"), coded("1"), method="bootstrap")


@pytest.mark.parametrize("method", ["back-calculation", "predictive values"])
@pytest.mark.parametrize(("share", "sensitivity", "specificity"), [(0.3, 0.8, 0.9), (0.3, 0.98, 0.98)])
def test_the_interval_holds_the_truth_as_often_as_it_says(method, share, sensitivity, specificity):
    generator, size, coded_size, times = np.random.default_rng(1), 1_500, 150, 1_000
    held = known = 0
    for seed in range(times):
        truth = generator.random(size) < share
        machine = np.where(truth, generator.random(size) < sensitivity, generator.random(size) < 1 - specificity)
        gold, answers = truth[:coded_size], machine[:coded_size]
        cells = np.array(
            [(answers & gold).sum(), (answers & ~gold).sum(), (~answers & gold).sum(), (~answers & ~gold).sum()]
        )
        *_, _value, low, high, _, _, _, note = _corrected(cells, size, int(machine.sum()), method, seed)
        known += not note
        held += low <= share <= high
    assert known == times
    assert 0.93 <= held / known <= 0.97


def test_the_stamp_of_a_report_says_what_it_rests_on_or_that_it_rests_on_nothing():
    gold = pd.concat([coded(GOLD), coded("1100010000", coder="ben")])
    machine = table(MACHINE)
    # Of ten articles the two differ on one, which is no gold: nine, with tp 3, fp 1, fn 0.
    said = say_validation(agreement(gold), score_accuracy(machine, gold))
    assert (
        said == f"validated on this corpus: n = 9, 2 coders, mean alpha {agreement(gold)['alpha'][0]:.2f}, mean F1 0.86"
    )
    nothing = load_codings("")
    assert say_validation(agreement(nothing), score_accuracy(machine, nothing)) == "NOT VALIDATED on this corpus"
    one = coded(GOLD)
    assert say_validation(agreement(one), score_accuracy(machine, one)) == (
        "validated on this corpus: n = 10, one coder, no alpha, mean F1 0.75"
    )


def test_the_stamp_of_two_coders_without_an_alpha_does_not_make_one_of_them():
    apart = pd.concat([coded("11000     "), coded("     11000", coder="ben")])  # no article was coded by both
    assert say_validation(agreement(apart), score_accuracy(table("1100011000"), apart)) == (
        "validated on this corpus: n = 10, 2 coders, no alpha, mean F1 1.00"
    )


def test_agreement_is_put_into_words_by_the_usual_bounds():
    rows = [("good", 0.8), ("fair_one", 0.7), ("poor", 0.6), ("none", float("nan"))]
    assert say_agreement(pd.DataFrame(rows, columns=["variable", "alpha"])) == [
        "Alpha of .80 or more, good: good.",
        "Alpha of .667 to .80, for tentative conclusions: fair one.",
        "Alpha below .667, not reliable: poor.",
        "No alpha: none.",
    ]
    assert say_agreement(agreement(load_codings("")))[0].startswith("No codings are named.")


def test_gold_may_be_a_plain_table_of_codes_without_coder():
    plain = coded(GOLD).drop(columns="coder")
    expected = compare_to_gold(table(MACHINE), coded(GOLD)).to_dict()
    assert compare_to_gold(table(MACHINE), plain).to_dict() == expected
    assert compare_to_gold(table(MACHINE), plain.rename(columns={"variable": "frame"})).to_dict() == expected


def test_an_answer_that_is_missing_is_none_and_not_a_no():
    gold = table(GOLD).assign(present=[None, *table(GOLD)["present"][1:]])
    assert compare_to_gold(table(MACHINE), gold)[["n", "tp"]].to_numpy().tolist() == [[9, 2]]


def test_answers_read_back_from_a_file_as_text_are_the_same():
    written = table(MACHINE).assign(present=table(MACHINE)["present"].astype(str))
    assert corrected_shares(written, coded(GOLD)).equals(corrected_shares(table(MACHINE), coded(GOLD)))
    with pytest.raises(TableError, match="present holds 'maybe'. Write true or false, or 1 or 0."):
        corrected_shares(written.assign(present="maybe"), coded(GOLD))


def test_a_machine_that_answers_twice_for_an_article_is_refused():
    with pytest.raises(TableError, match="machine answers conflict of article 'a0000' more than once. Keep one."):
        corrected_shares(pd.concat([table(MACHINE)] * 2), coded(GOLD))


def test_errors_are_listed_with_the_side_that_found_something_alone():
    found = find_errors(table(MACHINE), coded(GOLD))
    assert found.to_numpy().tolist() == [["conflict", "a0002", "machine"], ["conflict", "a0006", "people"]]
    assert find_errors(table(GOLD), coded(GOLD)).empty


def test_what_of_the_codings_is_left_out_is_said_and_why():
    codings = pd.concat([coded("110"), coded("100", coder="ben"), coded("   ", coder="cem"), coded("1110", "conflct")])
    assert say_coded(codings, codings, table("111").rename(columns={"frame": "category"})) == [
        "Coded by ana (4 articles), ben (3 articles), cem (0 articles).",
        "Left out of what follows, because the coders were even: conflict 1 of 3. What is left is what they agree on, "
        "so the machine looks better than it is until these are reconciled.",
        "Coded, but nothing the machine answers: conflct. Is it spelt as in the instrument?",
        "1 coded article not among those here, and so not compared.",
    ]
    assert say_coded(load_codings(""), load_codings(""), table("1")) == []


def test_the_rule_is_said_in_words():
    assert [say_rule("sentences", 1), say_rule("items", 2), say_rule("majority", 1)] == [
        "1 sentence or more",
        "2 items or more",
        "more than half of its items",
    ]


def test_the_stamp_says_the_least_and_the_most_articles_where_frames_differ():
    gold = pd.concat([coded(GOLD), coded("11000", "cost")])
    machine = pd.concat([table(MACHINE), table(MACHINE, "cost")])
    assert "n = 5 to 10, one coder" in say_validation(agreement(gold), score_accuracy(machine, gold))
