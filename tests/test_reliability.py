"""Agreement: the published examples come out, and where there is nothing to measure a sentence says so."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import TableError, agreement, find_disagreements
from toolkit.cli import main
from toolkit.tables import AGREEMENT

# Krippendorff, Computing Krippendorff's alpha-reliability (2011): four observers, twelve units, values missing.
FOUR = ["123321412...", "1233224125.3", ".33323422510".replace("0", "."), "12332441251."]
# The same text, example A: two observers, ten units, yes or no.
TWO = ["0100000010", "1110010000"]


def codings(rows: list[str], variable: str = "frame", missing: str = ".") -> pd.DataFrame:
    """One string per coder, one character per article."""
    return pd.DataFrame(
        [(f"a{n:02}", f"c{coder}", variable, "" if value == missing else value) for coder, row in enumerate(rows) for n, value in enumerate(row)],
        columns=["article_id", "coder", "variable", "value"],
    )  # fmt: skip


def alpha(rows: list[str], level: str = "nominal") -> float:
    return agreement(codings(rows), level)["alpha"][0]


@pytest.mark.parametrize(("level", "value"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_the_published_example_of_four_observers_comes_out_at_each_level(level, value):
    found = agreement(codings(FOUR), level).iloc[0]
    assert found["alpha"] == pytest.approx(value, abs=0.0005)
    assert (found["coders"], found["units"], found["codings"], found["note"]) == (4, 11, 40, "")


def test_the_published_example_of_two_observers_comes_out():
    assert alpha(TWO) == pytest.approx(0.095, abs=0.0005)


def test_alpha_of_two_coders_and_yes_or_no_by_hand():
    # Four articles, 11 10 00 00: of 8 codings 3 are 1. Observed disagreement 2/8, expected 2*3*5/(8*7) = 30/56.
    assert alpha(["1100", "1000"]) == pytest.approx(1 - (2 / 8) / (30 / 56))


def test_gwets_ac1_and_percent_agreement_by_hand():
    found = agreement(codings(["1100", "1000"])).iloc[0]
    # Three of four pairs agree; the mean share of 1 is 3/8, so that chance gives 2 * 3/8 * 5/8 = 15/32.
    assert found["percent"] == pytest.approx(3 / 4)
    assert found["ac1"] == pytest.approx((3 / 4 - 15 / 32) / (1 - 15 / 32))
    assert found["prevalence"] == pytest.approx(3 / 8)


def test_gwets_published_ac1_of_the_four_observers_comes_out():
    assert agreement(codings(FOUR))["ac1"][0] == pytest.approx(0.775, abs=0.0005)  # Gwet 2014, table 2.10


@pytest.mark.parametrize(
    ("rows", "note"),
    [
        (["1010"], "undefined: one coder"),
        (["1...", ".1.0"], "undefined: no article was coded by two coders"),
        (["0000", "0000"], "undefined: every coding is 0"),
        (["1111", "1111"], "undefined: every coding is 1"),
        (["1111" + "0" * 296, "0" * 300], "undefined: only one coder used 1"),
        (["0111", "1111", "1111"], "undefined: only one coder used 0"),
        (["....", "1010"], "undefined: one coder"),
    ],
)
def test_where_agreement_was_not_put_to_the_test_alpha_is_undefined_and_says_why(rows, note):
    found = agreement(codings(rows)).iloc[0]
    assert np.isnan(found["alpha"]) and np.isnan(found["low"]) and np.isnan(found["high"])
    assert found["note"] == note


def test_a_category_that_one_coder_used_has_its_percent_beside_the_missing_alpha():
    found = agreement(codings(["1111" + "0" * 296, "0" * 300])).iloc[0]
    assert found["percent"] == pytest.approx(296 / 300)
    assert found["prevalence"] == pytest.approx(4 / 600)


def test_few_articles_have_an_alpha_but_no_interval():
    found = agreement(codings(["110", "100"])).iloc[0]
    assert not np.isnan(found["alpha"])
    assert np.isnan(found["low"]) and found["note"] == "n = 3, no interval"


def test_the_interval_holds_alpha_and_is_the_same_for_the_same_seed():
    rows = ["1100101001" * 6, "1000101011" * 6]
    one, two, other = (agreement(codings(rows), seed=seed).iloc[0] for seed in (1, 1, 2))
    assert one["low"] < one["alpha"] < one["high"]
    assert (one["low"], one["high"]) == (two["low"], two["high"]) != (other["low"], other["high"])


def test_each_variable_is_measured_by_itself_in_the_order_given():
    table = pd.concat([codings(TWO, "tone"), codings(FOUR, "conflict")])
    found = agreement(table)
    assert list(found.columns) == list(AGREEMENT)
    assert list(found["variable"]) == ["tone", "conflict"]


def test_one_value_written_in_several_ways_is_one_value():
    table = codings(["1100", "1000"])
    written = {("c0", "1"): "1.0", ("c1", "1"): "yes", ("c0", "0"): "False", ("c1", "0"): " 0 "}
    table["value"] = [written[pair] for pair in zip(table["coder"], table["value"], strict=True)]
    assert agreement(table)["alpha"][0] == pytest.approx(1 - (2 / 8) / (30 / 56))


def test_what_cannot_be_measured_is_refused_in_one_line():
    with pytest.raises(TableError, match="'ratio' is no level of measurement. Use one of: nominal, ordinal, interval"):
        agreement(codings(TWO), "ratio")
    with pytest.raises(TableError, match="frame holds 'x', which is no number"):
        agreement(codings(["x1", "11"]), "ordinal")
    twice = pd.concat([codings(TWO), codings(["1"])])
    with pytest.raises(TableError, match="c0 codes frame of article 'a00' more than once"):
        agreement(twice)


def test_disagreements_are_listed_with_who_said_what():
    found = find_disagreements(codings(["11", "10", "10"]))
    assert found.to_dict("records") == [{"variable": "frame", "article_id": "a01", "values": "0: c1, c2; 1: c0"}]


def plain_alpha(rows: list[list[int | None]], difference) -> float:
    """Alpha by its definition, pair by pair, for any metric."""
    units = [[value for value in unit if value is not None] for unit in zip(*rows, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    values = [value for unit in units for value in unit]
    observed = sum(
        sum(difference(a, b) for a, b in itertools.permutations(unit, 2)) / (len(unit) - 1) for unit in units
    )
    expected = sum(difference(a, b) for a, b in itertools.permutations(values, 2)) / (len(values) - 1)
    return 1 - observed / expected


@given(data=st.data())
def test_alpha_is_what_its_definition_says_pair_by_pair(data):
    coders, articles = data.draw(st.integers(2, 4)), data.draw(st.integers(2, 8))
    value = st.one_of(st.none(), st.integers(1, 3))
    rows = [[data.draw(value) for _ in range(articles)] for _ in range(coders)]
    table = codings(["".join("." if entry is None else str(entry) for entry in row) for row in rows])
    for level, difference in (("nominal", lambda a, b: a != b), ("interval", lambda a, b: (a - b) ** 2)):
        found = agreement(table, level)
        if len(found) and not np.isnan(found["alpha"][0]):
            assert found["alpha"][0] == pytest.approx(plain_alpha(rows, difference))


def test_ordered_values_without_number_are_refused_before_memory_is_out():
    rows = [(f"a{n}", coder, "tone", str(n % 2_000 + step)) for n in range(2_000) for step, coder in enumerate("ab")]
    with pytest.raises(TableError, match="tone has 2,001 values in 2,000 articles, too many for ordinal"):
        agreement(pd.DataFrame(rows, columns=["article_id", "coder", "variable", "value"]), "ordinal")


def test_a_value_that_nobody_wrote_is_said(tmp_path, capsys):
    (tmp_path / "codings-ana.csv").write_text("article_id,cost\na1,1\na2,0\n")
    assert main(["agree", str(tmp_path), "--values", "0,1,2"]) == 0
    assert capsys.readouterr().err == "toolkit: --values: nobody wrote 2.\n"
    assert main(["agree", str(tmp_path), "--values", "0,1"]) == 0
    assert capsys.readouterr().err == ""
