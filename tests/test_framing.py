import pandas as pd
import pytest

from tests.conftest import sentences_of
from toolkit import (
    CodebookError,
    TableError,
    count_dominant,
    count_frames,
    count_hits,
    count_pairs,
    dominant_frames,
    find_frames,
    split_sentences,
)
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
    table = counts.set_index(["article_id", "frame"])[["hits", "sentences", "present"]]
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


RULED = pd.DataFrame(
    [("conflict", "C1", "clash", "include", ""), ("conflict", "C2", "win", "include", ""), ("conflict", "C3", "attack", "include", ""),
     ("economic", "E1", "cost", "include", ""), ("morality", "M1", "sin", "include", "")],
    columns=["frame", "item", "term", "kind", "question"],
)  # fmt: skip
COVERED = pd.DataFrame(
    [("a1", "Clash.", "They clash and clash. Who will win?"), ("a2", "Talks.", "A cost. They clash. The cost."), ("a3", "Talks.", "They met.")],
    columns=["article_id", "title", "text"],
)  # fmt: skip


def ruled(column: str = "present", **rule) -> dict:
    counts = count_frames(split_sentences(COVERED), RULED, **rule)
    return counts[counts["frame"] == "conflict"].set_index("article_id")[column].to_dict()


def test_items_and_their_mean_are_counted():
    assert ruled("items") == {"a1": 2, "a2": 1, "a3": 0}
    assert ruled("score") == {"a1": pytest.approx(2 / 3), "a2": pytest.approx(1 / 3), "a3": 0}


@pytest.mark.parametrize(
    ("rule", "at_least", "present"),
    [
        ("sentences", 3, "a1"),
        ("hits", 4, "a1"),
        ("items", 1, "a1 a2"),
        ("items", 2, "a1"),
        ("majority", 1, "a1"),
        ("sentences", 4, ""),
    ],
)
def test_presence_is_by_the_rule_that_is_named(rule, at_least, present):
    assert [
        article_id for article_id, is_there in ruled(rule=rule, at_least=at_least).items() if is_there
    ] == present.split()


def test_a_rule_that_is_not_known_is_refused():
    with pytest.raises(TableError, match="'median' is no rule. Use one of: sentences, hits, items, majority"):
        ruled(rule="median")


def test_titles_alone_give_the_frames_of_the_headlines():
    sentences = split_sentences(COVERED)
    counts = count_hits(find_frames(sentences, RULED), sentences[sentences["part"] == "title"], RULED)
    assert counts.groupby("frame", sort=False)["hits"].sum().to_dict() == {"conflict": 1, "economic": 0, "morality": 0}


def test_a_frame_is_dominant_by_the_number_of_its_sentences_and_a_tie_is_said():
    found = dominant_frames(count_frames(split_sentences(COVERED), RULED))
    assert found.to_dict("list") == {
        "article_id": ["a1", "a2", "a3"], "frame": ["conflict", "economic", ""], "tied": [False, False, False], "lead": [3, 1, 0],
    }  # fmt: skip
    tied = dominant_frames(count_frames(split_sentences(COVERED), RULED), "items").set_index("article_id")
    assert tied.loc["a2"].tolist() == ["conflict", True, 0]


def test_frames_that_stand_together_are_counted_against_chance():
    rows = [
        (f"a{n}", frame, mark == "1")
        for frame, marks in (("one", "1100"), ("two", "1101"), ("none", "0000"))
        for n, mark in enumerate(marks)
    ]
    pairs = count_pairs(pd.DataFrame(rows, columns=["article_id", "frame", "present"]))
    first = pairs.iloc[0]
    # Of four articles two and three: by chance 2 * 3 / 4 share both; phi is (2/4 - 2/4 * 3/4) / sqrt(1/4 * 3/16).
    assert first.tolist()[:6] == ["one", "two", 4, 2, 1.5, pytest.approx(4 / 3)]
    assert first["phi"] == pytest.approx(0.125 / (1 / 4 * 3 / 16) ** 0.5)
    assert pairs.loc[pairs["other"] == "none", ["ratio", "phi"]].isna().all(axis=None)


def test_a_part_of_a_known_name_shows_no_frame_but_a_name_that_the_codebook_has_does():
    frames = pd.DataFrame(
        [("security", "S1", "security"), ("law", "L1", "nations"), ("law", "L1", "port board")],
        columns=["frame", "item", "term"],
    )
    actors = pd.DataFrame(
        [("unsc", "UN Security Council"), ("un", "United Nations"), ("port", "Port Board")],
        columns=["actor_id", "alias"],
    )
    text = "The UN Security Council spoke of security. The United Nations met the Port Board."
    sentences = split_sentences(pd.DataFrame([("a", text)], columns=["article_id", "text"]))
    plain, aware = find_frames(sentences, frames), find_frames(sentences, frames, actors)
    assert [text[start:end] for start, end in zip(plain["start"], plain["end"], strict=True)] == [
        "Security", "security", "Nations", "Port Board",
    ]  # fmt: skip
    assert [text[start:end] for start, end in zip(aware["start"], aware["end"], strict=True)] == [
        "security",
        "Port Board",
    ]
    assert count_frames(sentences, frames, actors=actors)["hits"].tolist() == [1, 1]


def test_without_a_sentence_there_is_no_count():
    frames = pd.DataFrame({"frame": ["one"], "term": ["border"]})
    assert count_frames(sentences_of("the border").head(0), frames).empty


def test_an_entry_without_a_kind_is_one_to_look_for():
    frames = pd.DataFrame({"frame": ["one", "one"], "term": ["border", "wall"], "kind": [None, "exclude"]})
    assert list(find_frames(sentences_of("the border wall"), frames)["term"]) == ["border"]


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("kind", "Include", "frames: 'Include' is no kind of entry. Use one of: include, exclude, not assessed."),
        ("term", "*", "frames: '*' of one holds no word."),
        ("term", "... border", "frames: '... border' of one begins or ends with a gap."),
    ],
)
def test_an_entry_that_could_never_match_is_refused(column, value, message):
    frames = pd.DataFrame({"frame": ["one"], "term": ["border"], "kind": ["include"]}).assign(**{column: value})
    with pytest.raises(CodebookError) as error:
        find_frames(sentences_of("the border"), frames)
    assert str(error.value) == message


def test_every_article_has_one_outcome_of_which_frame_dominates():
    rows = [("a1", "one", False, 2), ("a2", "", False, 0), ("a3", "one", True, 0), ("a4", "one", False, 1)]
    counts = count_dominant(pd.DataFrame(rows, columns=["article_id", "frame", "tied", "lead"]))
    assert counts.groupby("article_id")["present"].sum().tolist() == [1, 1, 1, 1]
    assert counts.groupby("category", sort=False)["present"].sum().to_dict() == {"one": 2, "no frame": 1, "tied": 1}


def test_the_correlation_of_two_frames_has_an_interval_where_enough_articles_show_either():
    rows = [(f"a{n:02}", name, mark) for n in range(40) for name, mark in (("one", n < 20), ("two", 4 <= n < 20))]
    counts = pd.DataFrame(rows, columns=["article_id", "frame", "present"])
    pair = count_pairs(counts).iloc[0]
    # 20 of 40 show the one, 16 the other, 16 both: (.4 - .5 * .4) / sqrt(.25 * .24).
    assert pair["phi"] == pytest.approx(0.2 / (0.25 * 0.24) ** 0.5)
    assert 0.5 < pair["low"] < pair["phi"] < pair["high"] <= 1
    assert count_pairs(counts.head(20))[["low", "high"]].isna().all(axis=None)
    assert count_pairs(counts[counts["frame"] == "one"]).empty
