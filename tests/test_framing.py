import pandas as pd
import pytest

from tests.conftest import sentences_of
from toolkit import CodebookError, TableError, count_frames, find_frames, split_sentences
from toolkit.framing import assessed_frames


def test_within_a_frame_the_longest_match_wins_and_no_text_counts_twice(articles, frames):
    hits = find_frames(split_sentences(articles), frames)
    title = hits[(hits["article_id"] == "a1") & (hits["sentence_id"] == 0)]
    assert list(title["term"]) == ["cost of talks"]


def test_a_match_inside_an_excluded_phrase_is_none(frames):
    assert list(find_frames(sentences_of("Nobody disagrees."), frames)["term"]) == []
    assert list(find_frames(sentences_of("She disagrees."), frames)["term"]) == ["disagrees"]


def test_a_longer_term_wins_over_a_shorter_exclusion():
    rows = [("f", "security council resolution", "include"), ("f", "security council", "exclude")]
    frames = pd.DataFrame(rows, columns=["frame", "term", "kind"])
    assert len(find_frames(sentences_of("a Security Council resolution"), frames)) == 1
    assert len(find_frames(sentences_of("the Security Council"), frames)) == 0


def test_one_text_may_count_for_two_frames():
    frames = pd.DataFrame({"frame": ["one", "two"], "term": ["border", "border*"]})
    assert sorted(find_frames(sentences_of("the border"), frames)["frame"]) == ["one", "two"]


def test_every_hit_keeps_its_place_in_the_article(articles, frames):
    sentences = split_sentences(articles)
    hits = find_frames(sentences, frames)
    texts = articles.set_index("article_id")
    for hit in hits.merge(sentences[["article_id", "sentence_id", "part"]]).itertuples():
        source = texts.loc[hit.article_id, "title" if hit.part == "title" else "text"]
        assert source[hit.start : hit.end].lower() in ("cost", "cost of talks", "clash")


def test_counts_have_a_row_for_every_article_and_frame_zeros_too(articles, frames):
    counts = count_frames(split_sentences(articles), frames)
    assert len(counts) == 4 * 2
    table = counts.set_index(["article_id", "frame"])
    assert table.loc[("a1", "economic")].tolist() == [3, 3, True]
    assert table.loc[("a1", "conflict")].tolist() == [1, 1, True]
    assert table.loc[("a3", "economic")].tolist() == [0, 0, False]


def test_the_rule_for_presence_is_a_parameter(articles, frames):
    counts = count_frames(split_sentences(articles), frames, at_least=2).set_index(["article_id", "frame"])
    assert counts.loc[("a1", "economic"), "present"]
    assert not counts.loc[("a1", "conflict"), "present"]


def test_frames_that_cannot_be_assessed_are_not_counted_as_absent(frames):
    pictures = pd.DataFrame([("pictures", "P1", "", "not assessed", "")], columns=frames.columns)
    assert assessed_frames(pd.concat([frames, pictures])) == ["economic", "conflict"]


def test_a_codebook_without_terms_is_refused():
    with pytest.raises(CodebookError, match="no term to look for"):
        find_frames(sentences_of("x"), pd.DataFrame({"frame": ["f"], "term": ["x"], "kind": ["exclude"]}))


def test_with_no_sentence_needed_every_article_would_show_every_frame(articles, frames):
    with pytest.raises(TableError, match="at_least must be 1 or more, not 0"):
        count_frames(split_sentences(articles), frames, at_least=0)
