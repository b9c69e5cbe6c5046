"""Exploring: what a choice leaves is what a filter by hand would, at once, and can be handed to a report."""

import re
import shlex
from time import process_time

import pytest

from tests.bench.exploring import repeated
from toolkit.exploring import Choice, Explored, choose, read_explored, report_command, report_parameters, sentences_of

BOOKS = ("codebooks/frames/generic.yml", "codebooks/actors/nato-russia.yml")


@pytest.fixture(scope="module")
def explored() -> Explored:
    return read_explored("sample", *BOOKS, {"nato": "NATO"})


def test_a_choice_leaves_the_articles_that_a_filter_by_hand_would(explored):
    choice = Choice("Donaublick", "2022-01", "2022-02", "conflict", "nato")
    articles = explored.articles
    hits, mentions = explored.tables["frame_hits"], explored.tables["mentions"]
    both = set(map(tuple, hits.loc[hits["frame"] == "conflict", ["article_id", "sentence_id"]].to_numpy()))
    both &= set(map(tuple, mentions.loc[mentions["actor_id"] == "nato", ["article_id", "sentence_id"]].to_numpy()))
    months = articles["published_local"].str[:7]
    own = set(articles.loc[(articles["outlet"] == "Donaublick") & months.between("2022-01", "2022-02"), "article_id"])
    found = choose(explored, choice)
    assert set(articles["article_id"].iloc[found.articles]) == {name for name, _ in both if name in own}
    assert len(found.sentences) == sum(name in own for name, _ in both)
    assert found.counts.sum() == len(found.articles)


def test_everything_is_chosen_where_nothing_is_asked_for(explored):
    assert len(choose(explored, Choice()).articles) == 63


def test_marks_lie_on_what_was_chosen(explored):
    choice = Choice(actor="nato")
    rows = sentences_of(explored, choose(explored, choice), choice, 5)
    marked = {row.text[start:end] for row in rows.itertuples() for start, end in row.marks}
    assert marked and all("NATO" in name or "Alliance" in name or "alliance" in name for name in marked)


def test_a_selection_is_handed_to_a_report_as_parameters_and_command(explored):
    parameters = report_parameters(explored, Choice("The Prairie Dispatch", "2022-01", "2022-02"))
    assert parameters == {
        "corpus": "sample",
        "outlet": "The Prairie Dispatch",
        "start": "2022-01-01",
        "end": "2022-02-28",
    }
    command = shlex.split(report_command(parameters))
    assert command[:5] == ["toolkit", "report", "framing", "--corpus", "sample"]
    assert "outlet=The Prairie Dispatch" in command


def test_ten_thousand_articles_answer_within_half_a_second(explored):
    from toolkit.explorer import view

    large = repeated(explored)
    assert len(large.articles) > 10_000
    view(large, Choice())  # fonts are read once
    started = process_time()  # of this process alone: what else the machine does is not measured
    view(large, Choice("Donaublick", "2022-01", "2022-02", "conflict", "nato"))
    assert process_time() - started < 0.5


def test_the_widget_shows_other_sentences_when_another_outlet_is_chosen(explored):
    pytest.importorskip("ipywidgets", reason="the extra lab is not installed")
    from toolkit.explorer import build

    widget = build(explored)
    choices, counts, sentences, report, article, page = widget.children
    before = sentences.value
    choices.children[0].value = "Donaublick"
    assert sentences.value != before
    assert set(re.findall(r"<footer>([^,]*),", sentences.value)) == {"Donaublick"}
    assert "-p outlet=Donaublick" in report.value and "13 articles" in counts.value
    assert len(article.options) == 13 and '<article class="article">' in page.value
    choices.children[2].value = "2021-12"
    choices.children[1].value = "2022-02"
    assert "No article is left" in counts.value
