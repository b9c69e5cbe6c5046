"""Voices: speaking time by words, with intervals by article, and who is named but never heard."""

import pandas as pd
import pytest

from toolkit import TableError, never_heard, quotes_by, rank_speakers, say_heard

ARTICLES = pd.DataFrame(
    [("a1", "Post"), ("a2", "Post"), ("a3", "Mail"), ("a4", "Mail")], columns=["article_id", "outlet"]
)
ACTORS = pd.DataFrame(
    [("ann", "Ann Lee", "person"), ("bo", "Bo Ray", "person"), ("port", "Port Board", "organisation")],
    columns=["actor_id", "name", "kind"],
)
QUOTES = pd.DataFrame(
    [
        ("a1", "direct", "Lee", "ann", "neutral", "one two three"),
        ("a1", "indirect", "Ann Lee", "ann", "claim", "one two three four five"),
        ("a2", "direct", "a fisherman", "", "neutral", "one two"),
        ("a3", "mixed", "", "", "neutral", "one two three four five six"),
        ("a3", "direct", "Ann Lee", "ann", "neutral", "one two"),
    ],
    columns=["article_id", "kind", "speaker", "actor_id", "leaning", "content"],
)


def test_speakers_are_ranked_by_their_words_under_the_name_of_the_registry():
    table = rank_speakers(QUOTES, ACTORS).set_index("speaker")
    assert list(table.index) == ["Ann Lee", "(nobody named)", "a fisherman"]
    assert table.loc["Ann Lee", ["quotes", "articles", "words", "direct", "indirect"]].tolist() == [3, 2, 10, 2, 1]
    assert table["share"].tolist() == [10 / 18, 6 / 18, 2 / 18]
    assert table["actor_id"].tolist() == ["ann", "", ""]


def test_speaking_time_is_a_share_of_the_words_of_the_group_also_where_few_speakers_are_kept():
    from toolkit import name_speakers

    named = name_speakers(QUOTES, ACTORS)
    table = quotes_by(named, ARTICLES, "outlet", top=1).set_index("group")
    assert table["category"].tolist() == ["Ann Lee", "Ann Lee"]
    assert table["value"].to_dict() == {"Mail": 2 / 8, "Post": 8 / 10}
    assert table["n"].to_dict() == {"Mail": 1, "Post": 2}


def test_kinds_may_be_counted_by_quotes():
    table = quotes_by(QUOTES, ARTICLES, category="kind", unit="quotes").set_index("category")
    assert table["value"].to_dict() == {"direct": 3 / 5, "indirect": 1 / 5, "mixed": 1 / 5}
    assert table["n"].unique().tolist() == [3]


def test_who_is_named_but_never_heard_is_listed():
    mentions = pd.DataFrame(
        [("a1", "ann"), ("a1", "bo"), ("a2", "bo"), ("a2", "port"), ("a4", "")], columns=["article_id", "actor_id"]
    )
    table = never_heard(mentions, QUOTES, ACTORS)
    assert table[["actor_id", "mentions", "articles"]].to_numpy().tolist() == [["bo", 2, 2], ["port", 1, 1]]
    assert never_heard(mentions, QUOTES, ACTORS, ["organisation"])["actor_id"].tolist() == ["port"]


def test_without_quotes_there_are_no_voices():
    assert rank_speakers(QUOTES.head(0), ACTORS).empty
    assert quotes_by(QUOTES.head(0), ARTICLES).empty


def test_an_unknown_unit_is_refused():
    with pytest.raises(TableError, match="'seconds' is no unit of speech. Use one of: words, quotes."):
        quotes_by(QUOTES, ARTICLES, unit="seconds")


def test_findings_say_who_is_heard_who_is_not_and_how_much_is_reported():
    unheard = pd.DataFrame(
        [("bo", "Bo Ray", "person", 2, 2)], columns=["actor_id", "name", "kind", "mentions", "articles"]
    )
    times = quotes_by(QUOTES.assign(speaker=["Ann Lee", "Ann Lee", "a fisherman", "", "Ann Lee"]), ARTICLES)
    said = say_heard(rank_speakers(QUOTES, ACTORS), times, unheard)
    assert said[0].startswith("Heard longest: Ann Lee, 10 of 18 attributed words (56%, 95% interval ")
    assert said[0].endswith("in 3 quotes of 2 articles.")
    assert said[1:] == [
        "40% of 5 quotes are reported, wholly or in part, in other words.",
        "1 quote could be given to nobody.",
        "Named but never heard: 1 actor of the registry, most often Bo Ray (2).",
    ]
    assert say_heard(rank_speakers(QUOTES.head(0)), times.head(0), unheard) == [
        "Nobody is quoted, directly or indirectly."
    ]
