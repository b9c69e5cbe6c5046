"""Measures: people and machine are asked the same of an article, whatever is measured."""

import pandas as pd
import pytest

from toolkit import (
    TableError,
    class_tone,
    compare_to_gold,
    corrected_shares,
    gold_of,
    load_codings,
    measure_articles,
    try_thresholds,
    values_of,
    variables_of,
)
from toolkit.cli import main
from toolkit.items import by_item
from toolkit.measures import MEASURES

FRAMES = """
name: Harbour
language: en
frames:
  cost: {items: {C1: {terms: [cost*]}, C2: {terms: [loss]}}, exclude: [at all costs], examples: {must: [It costs.]}}
  risk: {items: {R1: {terms: [risk]}}}
"""
ACTORS = """
name: Harbour people
language: en
actors:
  ann: {name: Ann Lee, kind: person, aliases: [Mayor Lee], not: [Ann Lee Park], examples: {must: [Ann Lee spoke.]}}
  port: {name: Port Board, kind: organisation}
"""


@pytest.fixture
def books(tmp_path):
    for name, content in (("frames.yml", FRAMES), ("actors.yml", ACTORS)):
        (tmp_path / name).write_text(content, encoding="utf-8")
    return str(tmp_path / "frames.yml"), str(tmp_path / "actors.yml")


@pytest.fixture
def articles():
    rows = [
        ("a1", "A cost and a loss. Ann Lee spoke."),
        ("a2", "At all costs. The Port Board met."),
        ("a3", "What a wonderful, happy day."),
        ("a4", "A terrible disaster killed many."),
    ]
    return pd.DataFrame(rows, columns=["article_id", "text"]).assign(title="", outlet="Bay Times", language="en")


def found(answers):
    return set(zip(*answers.loc[answers["present"], ["article_id", "category"]].T.to_numpy(), strict=True))


def codings(*rows):
    return pd.DataFrame(rows, columns=["article_id", "coder", "variable", "value"])


def test_what_people_are_asked_is_what_the_machine_answers(books, articles):
    frames, actors = books
    asked = {"frames": ["cost", "risk"], "items": ["cost: C1", "cost: C2", "risk: R1"], "actors": ["ann", "port"]}
    for measure, variables in asked.items():
        assert variables_of(measure, actors if measure == "actors" else frames) == variables
        assert values_of(measure) == ["0", "1"]
        answers = measure_articles(measure, articles, frames, actors)
        assert list(dict.fromkeys(answers["category"])) == variables
        assert len(answers) == 4 * len(variables)
    assert (variables_of("tone"), values_of("tone")) == (["tone"], ["-1", "0", "1"])


def test_frames_items_and_actors_are_found_where_they_stand(books, articles):
    assert found(measure_articles("frames", articles, *books)) == {("a1", "cost")}
    assert found(measure_articles("items", articles, *books)) == {("a1", "cost: C1"), ("a1", "cost: C2")}
    assert found(measure_articles("actors", articles, *books)) == {("a1", "ann"), ("a2", "port")}
    assert found(measure_articles("frames", articles, *books, at_least=2)) == set()


def test_tone_is_one_of_three_classes(articles):
    answers = measure_articles("tone", articles)
    assert found(answers) == {
        ("a1", "negative wording"),
        ("a2", "neutral wording"),
        ("a3", "positive wording"),
        ("a4", "negative wording"),
    }


def test_an_article_without_a_score_has_no_class_and_bounds_belong_to_the_classes_outside():
    scores = pd.DataFrame({"article_id": ["a", "b", "c", "d"], "compound": [0.05, -0.05, 0.049, float("nan")]})
    assert found(class_tone(scores)) == {("a", "positive wording"), ("b", "negative wording"), ("c", "neutral wording")}
    assert "d" not in set(class_tone(scores)["article_id"])


def test_coded_tone_is_held_against_the_classes():
    gold = gold_of("tone", codings(("a", "x", "tone", "-1.0"), ("b", "x", "tone", "0")))
    assert gold.loc[gold["value"] == "1", ["article_id", "variable"]].to_numpy().tolist() == [
        ["a", "negative wording"],
        ["b", "neutral wording"],
    ]
    scores = pd.DataFrame({"article_id": ["a", "b"], "compound": [-0.3, -0.2]})
    cells = compare_to_gold(class_tone(scores), gold).set_index("category")
    assert cells.loc["negative wording", ["tp", "fp", "fn", "tn"]].tolist() == [1, 1, 0, 0]
    assert cells.loc["neutral wording", ["tp", "fp", "fn", "tn"]].tolist() == [0, 0, 1, 1]
    tried = try_thresholds(class_tone(scores), gold, "score").set_index(["category", "at_least"])
    assert tried.loc[("negative wording", 0.2), "precision"] == 0.5
    assert tried.loc[("negative wording", 0.3), "precision"] == 1.0
    assert "neutral wording" not in tried.index


def test_a_tone_that_is_none_is_refused():
    with pytest.raises(TableError, match="tone is coded '7'. It takes one of: -1, 0, 1."):
        gold_of("tone", codings(("a", "x", "tone", "7")))


@pytest.mark.parametrize(
    ("rule", "at_least", "expected"),
    [("sentences", 3, "1"), ("items", 1, "1"), ("items", 2, "0"), ("majority", 1, "0")],
)
def test_coded_items_become_frames_by_the_rule_coder_by_coder(rule, at_least, expected):
    coded = codings(
        ("a", "x", "cost: C1", "1"),
        ("a", "x", "cost: C2", "0"),
        ("a", "y", "cost: C1", "0"),
        ("a", "y", "cost: C2", "0"),
        ("a", "x", "risk", "1"),
    )
    gold = gold_of("frames", coded, at_least, rule).set_index(["coder", "variable"])["value"]
    assert gold.to_dict() == {("x", "risk"): "1", ("x", "cost"): expected, ("y", "cost"): "0"}


@pytest.mark.parametrize("measure", MEASURES)
def test_without_codings_there_is_no_gold(measure):
    assert gold_of(measure, load_codings("")).empty


def test_a_codebook_by_item_keeps_the_exclusions_of_the_frame(books):
    from toolkit import load_frames

    table = by_item(load_frames(books[0]))
    assert table.loc[table["kind"] == "exclude", ["frame", "term"]].to_numpy().tolist() == [
        ["cost: C1", "at all costs"],
        ["cost: C2", "at all costs"],
    ]


@pytest.mark.parametrize("function", [variables_of, values_of, lambda measure: gold_of(measure, codings())])
def test_an_unknown_measure_is_refused(function):
    with pytest.raises(TableError, match="'mood' is no measure. Use one of: frames, items, tone, actors."):
        function("mood")


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_goes_from_corpus_to_sheet_to_figure(measure, books, articles, tmp_path, capsys):
    articles.to_csv(tmp_path / "corpus.csv", index=False)
    book = {"tone": ""}.get(measure, books[measure == "actors"])
    command = ["sample", str(tmp_path / "corpus.csv"), "--measure", measure, "--out", str(tmp_path / "coding")]
    assert main([*command, "--codebook", book, "--coders", "ana"]) == 0
    assert "4 articles of 4" in capsys.readouterr().out
    sheet = pd.read_csv(tmp_path / "coding" / "codings-ana.csv", dtype=str, keep_default_na=False)
    answers = measure_articles(measure, articles, *books)
    filled = sheet.assign(**dict.fromkeys(variables_of(measure, book), "0"))
    filled.to_csv(tmp_path / "coding" / "codings-ana.csv", index=False)
    gold = gold_of(measure, load_codings(tmp_path / "coding", values_of(measure)))
    assert compare_to_gold(answers, gold)["n"].unique().tolist() == [4]
    assert (corrected_shares(answers, gold)["note"] != "").all()
    assert "<h1>" in (tmp_path / "coding" / "codebook.html").read_text(encoding="utf-8")


def test_a_sheet_may_ask_for_some_of_the_variables(books, articles, tmp_path, capsys):
    articles.to_csv(tmp_path / "corpus.csv", index=False)
    command = ["sample", str(tmp_path / "corpus.csv"), "--codebook", books[0], "--out", str(tmp_path / "coding")]
    assert main([*command, "--only", "risk"]) == 0
    assert "risk" in pd.read_csv(tmp_path / "coding" / "codings-a.csv") and capsys.readouterr()
    assert "cost" not in pd.read_csv(tmp_path / "coding" / "codings-a.csv")
    assert main([*command, "--only", "riks"]) == 1
    assert capsys.readouterr().err == "toolkit: --only: 'riks' is none of: cost, risk.\n"


def test_what_is_coded_by_an_instrument_needs_one(articles, tmp_path, capsys):
    articles.to_csv(tmp_path / "corpus.csv", index=False)
    assert main(["sample", str(tmp_path / "corpus.csv"), "--out", str(tmp_path / "coding")]) == 1
    assert "frames are coded by an instrument. Name it: --codebook FILE" in capsys.readouterr().err
