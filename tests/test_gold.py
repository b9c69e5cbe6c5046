"""The gold of speech and mentions is well formed, and what is found in it keeps its measure."""

import re
from collections import Counter

import pytest

from tests.bench.quotes import Said, likeness, mention_rows, pair, quote_rows, same_last_name, same_name, units
from tests.conftest import ROOT
from tests.gold import REGISTRY, Article, gold_mentions, gold_quotes, read_mentions, read_quotes
from toolkit import load_actors

ALL = [*gold_quotes(), *gold_mentions()]
MARKS = "\"'“”‘’„«»‹›"
SAMPLE = """Of what stands before the first article nothing is read: {d X; y; z}.

== q1 agency
people: Ann Tolm
# Tolm: {i Ann Tolm; :; bridge is safe}

"{d Ann Tolm; said; It is,}" said Ann Tolm. "{+ Believe me.}"

He left.
"""


def test_marks_are_taken_out_and_their_places_kept():
    (article,) = read_quotes(SAMPLE)
    assert (article.article_id, article.style, article.people) == ("q1", "agency", ("Ann Tolm",))
    assert article.title == "Tolm: bridge is safe"
    assert article.text == '"It is," said Ann Tolm. "Believe me."\n\nHe left.'
    assert [(q.kind, q.speaker, q.cue, [article.words(s) for s in q.spans]) for q in article.quotes] == [
        ("indirect", "Ann Tolm", ":", ["bridge is safe"]),
        ("direct", "Ann Tolm", "said", ["It is,", "Believe me."]),
    ]


def test_mentions_are_taken_out_with_actor_and_how():
    (article,) = read_mentions(
        "== m1 local\n# [Tolm|tolm surname] leaves\n\n[Ann Tolm|tolm] left; [Ek|? ambiguous] not.\n"
    )
    assert (article.title, article.text) == ("Tolm leaves", "Ann Tolm left; Ek not.")
    assert [(article.words(m.span), m.span.part, m.actor_id, m.how) for m in article.mentions] == [
        ("Tolm", "title", "tolm", "surname"),
        ("Ann Tolm", "body", "tolm", "alias"),
        ("Ek", "body", "?", "ambiguous"),
    ]


def test_the_gold_is_as_large_and_as_mixed_as_promised():
    quotes = Counter(quote.kind for article in gold_quotes() for quote in article.quotes)
    assert len(gold_quotes()) >= 60
    assert quotes.total() >= 220
    assert min(quotes.values()) >= 30
    assert len({article.style for article in gold_quotes()}) >= 9
    mentions = Counter(mention.how for article in gold_mentions() for mention in article.mentions)
    assert mentions.total() >= 320
    assert set(mentions) == {"alias", "surname", "ambiguous", "metonym", "demonym"}


@pytest.mark.parametrize("article", ALL, ids=[article.article_id for article in ALL])
def test_no_mark_is_left_in_an_article_and_its_spans_are_tidy(article: Article):
    assert not re.search(r"[{}|\[\]]", article.title + article.text)
    spans = [span for quote in article.quotes for span in quote.spans] + [mention.span for mention in article.mentions]
    for span in spans:
        assert article.words(span).strip() == article.words(span) != ""


@pytest.mark.parametrize("article", gold_quotes(), ids=[article.article_id for article in gold_quotes()])
def test_speakers_and_cues_stand_in_the_article(article: Article):
    whole = f"{article.title}\n{article.text}".lower()
    for name in article.people:
        assert name in article.text
    for quote in article.quotes:
        assert quote.speaker.lower() in whole
        assert quote.cue.lower() in whole


def test_direct_quotes_stand_behind_a_mark():
    for article in gold_quotes():
        for span in (span for quote in article.quotes if quote.kind == "direct" for span in quote.spans):
            before = (article.title if span.part == "title" else article.text)[: span.start].rstrip()
            assert before[-1] in MARKS, article.words(span)


def test_actors_of_the_gold_are_those_of_its_registry_and_all_are_named():
    known = set(load_actors(REGISTRY)["actor_id"])
    named = {mention.actor_id for article in gold_mentions() for mention in article.mentions} - {"?"}
    assert named == known
    assert len(known) >= 25


def test_article_ids_are_unique():
    ids = [article.article_id for article in ALL]
    assert len(ids) == len(set(ids))


def test_nobody_is_named_as_the_speaker_behind_a_question_mark():
    (article,) = read_quotes("== q1 court\npeople:\n# Trial\n\nThe court heard that {i ?; heard; he was ill}.\n")
    assert article.quotes[0].speaker == ""


def test_interrupted_quotes_count_in_the_way_they_are_found():
    (article,) = read_quotes(SAMPLE)
    quote = article.quotes[1]
    by_parts = [Said("q1", "direct", "Ann Tolm", text, "body") for text in ("It is,", "Believe me.")]
    as_one = [Said("q1", "direct", "Ann Tolm", "It is, Believe me.", "body")]
    assert [unit.content for unit in units(article, quote, by_parts)] == ["It is,", "Believe me."]
    assert [unit.content for unit in units(article, quote, as_one)] == ["It is, Believe me."]


def test_likeness_is_of_words_and_of_the_same_class():
    gold = Said("q1", "mixed", "Ann Tolm", 'the pier is "a ruin"', "body", person=True)
    assert likeness(gold, Said("q1", "indirect", "Tolm", "that the pier is a ruin", "body")) == 5 / 6
    assert likeness(gold, Said("q1", "direct", "Tolm", "the pier is a ruin", "body")) == 0
    assert likeness(gold, Said("q2", "mixed", "Tolm", "the pier is a ruin", "body")) == 0


def test_each_found_is_paired_once_the_most_alike_first():
    said = [Said("q1", "direct", "", text, "body") for text in ("a b c", "a b c d")]
    assert pair(said, said[1:], likeness, 0.5) == [(1, 0)]


def test_a_person_is_also_known_by_the_last_name_and_a_body_is_not():
    found = Said("q1", "direct", "Mayor Tolm’s", "", "body")
    person, body = (
        Said("q1", "direct", name, "", "body", is_one) for name, is_one in (("Ann Tolm", True), ("Bank Tolm", False))
    )
    assert (same_name(person, found), same_last_name(person, found), same_last_name(body, found)) == (
        False,
        True,
        False,
    )


FLOORS = {  # loose precision and recall, right speakers by the fullest name and by the last
    "direct": (0.94, 0.96, 0.88, 0.89),
    "indirect or mixed": (0.92, 0.89, 0.82, 0.83),
    "all": (0.93, 0.92, 0.85, 0.86),
}
MENTION_FLOORS = {  # precision and recall
    "country": (0.89, 0.97),
    "document": (0.97, 0.97),
    "organisation": (0.97, 0.97),
    "person": (0.97, 0.96),
    "alias": (0.97, 0.97),
    "surname": (0.95, 0.94),
    "ambiguous": (0.88, 0.88),
    "demonym": (0.95, 0.95),
}


def test_quotes_and_their_speakers_are_found_as_well_as_before():
    found = {row[0]: (*row[3:5], *row[-2:]) for row in quote_rows()}
    for name, floors in FLOORS.items():
        assert all(map(float.__ge__, found[name], floors)), (name, found[name])


def test_mentions_are_found_as_well_as_before():
    found = {row[0]: row[3:5] for row in mention_rows()}
    for name, floors in MENTION_FLOORS.items():
        assert all(map(float.__ge__, found[name], floors)), (name, found[name])


def test_the_readme_tells_the_figures_of_the_gold_to_a_hundredth():
    quotes = {row[0]: (row[1], *row[3:6], row[-2]) for row in quote_rows()}
    mentions = {row[0]: (row[1], *row[3:6]) for row in mention_rows()}
    measured = {
        "direct": quotes["direct"],
        "reported, wholly or in part": quotes["indirect or mixed"],
        "mentions of actors": mentions["all"],
    }
    rows = re.findall(
        r"^  \| ([a-z, ]+) \| ([\d .|]+) \|$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    told = {name: [float(cell) for cell in cells.split("|") if cell.strip()] for name, cells in rows}
    assert told == {name: pytest.approx(figures, abs=0.015) for name, figures in measured.items()}
