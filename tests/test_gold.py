"""The gold of speech and mentions is well formed."""

import re
from collections import Counter

import pytest

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
