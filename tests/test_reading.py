"""Reading: an article with all its findings, none hiding another, nothing of it run."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import TableError, show_article
from toolkit.layers import Span, cut_pieces

ARTICLE = pd.Series(
    {
        "article_id": "a1",
        "outlet": "Hill <i>",
        "title": "NATO pays",
        "text": "NATO said: the cost.\n\nIt <b>rained</b>.",
    }
)


def found(*rows: tuple, **more: object) -> pd.DataFrame:
    columns = ["article_id", "sentence_id", "start", "end"]
    return pd.DataFrame([("a1", *row) for row in rows], columns=columns).assign(**more)


def test_each_finding_is_marked_and_named():
    hits = found((1, 15, 19), frame="human_cost", term="cost")
    mentions = found((1, 0, 4), (0, 0, 4), actor_id="nato", part=["lead", "title"])
    html = show_article(ARTICLE, hits, mentions, names={"nato": "NATO & co"}).html
    assert '<h3><span class="actor" title="Actor: NATO &amp; co">NATO</span> pays</h3>' in html
    assert '<span class="frame" title="Frame: human cost (cost)">cost</span>' in html
    assert '<li><span class="frame">Frame</span> 1</li><li><span class="actor">Actor</span> 2</li>' in html


def test_findings_that_overlap_all_show():
    hits, quotes = (
        found((1, 11, 19), frame="cost", term="the cost"),
        found((1, 15, 20), speaker="NATO", kind="direct", content=""),
    )
    html = show_article(ARTICLE, hits, quotes=quotes).html
    assert re.findall(r'<span class="([a-z ]+)" title="[^"]*">([^<]*)</span>', html) == [
        ("frame", "the "),
        ("frame quote", "cost"),
        ("quote", "."),
    ]


def test_a_sentence_of_strong_tone_is_coloured_as_a_whole():
    sentences = found((1, 0, 20), (2, 22, 38), part="body")
    scores = pd.DataFrame({"article_id": "a1", "sentence_id": [1, 2], "compound": [-0.7, 0.1]})
    html = show_article(ARTICLE, scores=scores, sentences=sentences).html
    assert '<span class="negative" title="Negative wording: -0.70">NATO said: the cost.</span>' in html
    assert 'class="positive"' not in html


def test_text_is_escaped_and_nothing_runs():
    html = show_article(ARTICLE, found((1, 24, 31), frame="<script>", term='"x"')).html
    assert "<b>" not in html and "<i>" not in html and "<script>" not in html
    assert "Frame: &lt;script&gt; (&quot;x&quot;)" in html


def test_findings_of_other_articles_and_out_of_place_are_left_out():
    others = found((1, 0, 4), actor_id="nato").assign(article_id="a2")
    assert "Nothing was found." in show_article(ARTICLE, mentions=others).html
    assert "</article>" in show_article(ARTICLE, mentions=found((1, 900, 904), actor_id="nato")).html


def test_one_article_is_shown_at_a_time():
    with pytest.raises(TableError, match="2 articles are given; one can be shown. Select its row."):
        show_article(pd.DataFrame([ARTICLE, ARTICLE]))


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=8))
def test_pieces_are_the_whole_text_once_and_each_span_is_over_what_it_covers(pairs):
    spans = [Span(*sorted(pair), "frame", str(number)) for number, pair in enumerate(pairs)]
    pieces = list(cut_pieces(spans, 2, 10))
    assert [place for piece in pieces for place in range(piece.start, piece.end)] == list(range(2, 10))
    for piece in pieces:
        for place in range(piece.start, piece.end):
            assert set(piece.spans) == {span for span in spans if span.start <= place < span.end}
