import pandas as pd
import pytest

from toolkit import TableError, count_mentions, find_mentions, leading_actors, rank_actors, split_sentences


def mentions_in(registry, text, title="", **options):
    articles = pd.DataFrame({"article_id": ["a1"], "title": [title], "text": [text]})
    return find_mentions(split_sentences(articles), registry, **options)


def who(registry, text, title="", **options):
    table = mentions_in(registry, text, title, **options)
    return list(zip(table["actor_id"], table["surface"], table["how"], strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The NATO-Russia Council met.", [("council", "NATO-Russia Council", "alias")]),
        (
            "NATO’s aim, anti-NATO and Nato.",
            [("nato", "NATO", "alias"), ("nato", "NATO", "alias"), ("nato", "Nato", "alias")],
        ),
        ("They told us of the US plan.", [("us", "US", "alias")]),
        ("In Atlanta, Georgia, and in Georgia.", [("georgia", "Georgia", "alias")]),
        ("The georgia font.", []),
        ("South Georgia and southern Georgia.", [("georgia", "Georgia", "alias")]),
        ("Russian talks in Moscow.", []),
        ("Keller came before Ana Keller.", [("", "Keller", "unresolved"), ("ana", "Ana Keller", "alias")]),
        ("The NATO-led force.", [("nato", "NATO", "alias")]),
        ("The U.S. and the US.", [("us", "U.S.", "alias"), ("us", "US", "alias")]),
        ("US-NATO talks", [("us", "US", "alias"), ("nato", "NATO", "alias")]),
        ("TELL US WHY NATO WON", [("", "US", "ambiguous"), ("nato", "NATO", "alias")]),
        ("THE US AND NATO", [("us", "US", "alias"), ("nato", "NATO", "alias")]),
        ("Ana Keller Jr. came. Ana Keller-Vogt left. The Ana Keller Foundation.", []),
        ("Ana M. Keller came.", [("ana", "Ana M. Keller", "alias")]),
        ("Àna Kellér came.", [("ana", "Àna Kellér", "alias")]),
        ("A\u0301na Keller came.", [("ana", "A\u0301na Keller", "alias")]),
        ("Ana Keller came. Keller-Vogt, anti-Keller.", [("ana", "Ana Keller", "alias"), ("", "Keller", "ambiguous")]),
        (
            "Ana Keller came. Otto Keller left. Keller spoke.",
            [("ana", "Ana Keller", "alias"), ("", "Keller", "ambiguous")],
        ),
        (
            "Ana Keller came. The Keller-NATO talks.",
            [("ana", "Ana Keller", "alias"), ("ana", "Keller", "surname"), ("nato", "NATO", "alias")],
        ),
        ("Ana Keller came. Keller Moor left.", [("ana", "Ana Keller", "alias")]),
        ("Ana Keller came. Ms. Keller left.", [("ana", "Ana Keller", "alias"), ("ana", "Keller", "surname")]),
        ("Ana Keller. Otto Keller. Keller Street.", [("ana", "Ana Keller", "alias")]),
        ("Ana Keller. Tom B. Keller, Keller & Sons, Keller City.", [("ana", "Ana Keller", "alias")]),
        ("Jo Marsh spoke. Then Marsh left.", [("jo", "Jo Marsh", "alias"), ("", "Marsh", "ambiguous")]),
        ("Foreign Minister Ana Keller spoke.", [("ana", "Foreign Minister Ana Keller", "alias")]),
    ],
)
def test_who_is_named(registry, text, expected):
    assert who(registry, text) == expected


def test_a_headline_may_use_the_surname_before_the_full_name(registry):
    found = who(registry, "Ana Keller came.", title="Keller comes")
    assert found == [("ana", "Keller", "surname"), ("ana", "Ana Keller", "alias")]


def test_metonyms_count_on_request_and_say_so(registry):
    assert who(registry, "Moscow replied.", also=["metonym"]) == [("russia", "Moscow", "metonym")]


ROLES = [
    ("ana", "Ana Keller", "person", "Ana Keller", "alias", "", ""),
    ("ana", "Ana Keller", "person", "Keller", "surname", "", ""),
    ("ana", "Ana Keller", "person", "Austrian foreign minister", "role", "2020", "2021-06-10"),
    ("jo", "Jo Marsh", "person", "Jo Marsh", "alias", "", ""),
    ("jo", "Jo Marsh", "person", "Marsh", "surname", "", ""),
    ("jo", "Jo Marsh", "person", "Austrian Foreign Minister", "role", "2021-06-10", ""),
]


@pytest.mark.parametrize(
    ("day", "text", "expected"),
    [
        ("2020-01-01", "The Austrian foreign minister left.", [("ana", "Austrian foreign minister", "role")]),
        ("2021-07-01", "The Austrian Foreign Minister left.", [("jo", "Austrian Foreign Minister", "role")]),
        ("2021-06-10", "The Austrian foreign minister left.", [("", "Austrian foreign minister", "ambiguous")]),
        ("2019-12-31", "The Austrian foreign minister left.", [("", "Austrian foreign minister", "unresolved")]),
        ("", "The Austrian foreign minister left.", [("", "Austrian foreign minister", "unresolved")]),
        ("2021-07-01", "The former Austrian foreign minister left.", [("", "Austrian foreign minister", "unresolved")]),
        (
            "2021-07-01",
            "Austrian Foreign Minister Jo Marsh left.",
            [("jo", "Austrian Foreign Minister Jo Marsh", "alias")],
        ),
        ("2021-07-01", "Austrian Foreign Minister Marsh left.", [("jo", "Austrian Foreign Minister Marsh", "role")]),
        ("", "Austrian Foreign Minister Ana Keller left.", [("ana", "Austrian Foreign Minister Ana Keller", "alias")]),
        ("2021-07-01", "Austrian Foreign Minister Otto Vogt left.", [("", "Austrian Foreign Minister", "unresolved")]),
        (
            "2020-02-02",
            "Austrian foreign minister Jo Marsh left.",
            [("jo", "Austrian foreign minister Jo Marsh", "alias")],
        ),
        (
            "2020-02-02",
            "The Austrian foreign minister left. Keller flew.",
            [("ana", "Austrian foreign minister", "role"), ("ana", "Keller", "surname")],
        ),
    ],
)
def test_a_role_is_that_of_who_held_it_on_the_day_of_the_article(day, text, expected):
    registry = pd.DataFrame(ROLES, columns=["actor_id", "name", "kind", "alias", "how", "valid_from", "valid_to"])
    articles = pd.DataFrame({"article_id": ["a1"], "published_local": [day], "text": [text]})
    table = find_mentions(split_sentences(articles), registry, articles=articles)
    assert list(zip(table["actor_id"], table["surface"], table["how"], strict=True)) == expected


def test_what_two_actors_of_a_table_made_by_hand_share_is_given_to_nobody_and_both_are_shown():
    hand = pd.DataFrame({"actor_id": ["a", "b"], "name": ["Bay Bank", "Bay Bank"]})
    table = mentions_in(hand, "The Bay Bank fell.")
    assert table[["actor_id", "how", "candidates"]].to_numpy().tolist() == [["", "ambiguous", "a; b"]]


def test_a_table_made_by_hand_may_say_what_must_not_match_and_when_an_alias_holds():
    hand = pd.DataFrame(
        {"actor_id": ["g", "p"], "name": ["Georgia", "Ana Keller"], "kind": ["country", "person"],
         "aliases": [None, ["Bay chancellor"]], "not": [["Atlanta, Georgia"], None],
         "valid_from": [None, pd.Timestamp("2020-01-01")], "valid_to": [None, None]}
    )  # fmt: skip
    text = "In Atlanta, Georgia, and Georgia, the Bay chancellor won."
    articles = pd.DataFrame({"article_id": ["1"], "published": ["2020-05-05"], "text": [text]})
    table = find_mentions(split_sentences(articles), hand, articles=articles)
    assert list(zip(table["actor_id"], table["how"], strict=True)) == [("g", "alias"), ("p", "role")]


@pytest.mark.parametrize(
    "text",
    ["", " ", "NATO", "NATO " * 9_000, "ana keller " * 9_000, "Ana Keller. " + "Keller " * 9_000, "\x00(*[" * 99],
)
def test_no_text_raises_and_every_mention_lies_where_it_says(registry, text):
    table = mentions_in(registry, text, also="metonym")
    assert [text[start:end] for start, end in zip(table["start"], table["end"], strict=True)] == table[
        "surface"
    ].tolist()


def test_a_surname_does_not_carry_over_to_the_next_article(registry):
    texts = ["Ana Keller came.", "Keller left."]
    articles = pd.DataFrame({"article_id": ["a1", "a2"], "text": texts})
    mentions = find_mentions(split_sentences(articles), registry)
    assert mentions[["article_id", "actor_id", "candidates"]].to_numpy().tolist() == [
        ["a1", "ana", ""],
        ["a2", "", "ana"],
    ]


def test_mentions_say_part_and_place(registry):
    table = mentions_in(registry, "Ana Keller came.\n\nThen Keller left.", title="NATO meets")
    assert list(table["part"]) == ["title", "lead", "body"]
    assert list(zip(table["start"], table["end"], strict=True)) == [(0, 4), (0, 10), (23, 29)]


def test_a_registry_made_by_hand_needs_no_more_than_ids_and_names():
    hand = pd.DataFrame({"actor_id": ["ana"], "name": ["Ana Keller"], "kind": ["person"]})
    assert [how for _, _, how in who(hand, "Ana Keller came. Keller left.")] == ["alias", "surname"]


def test_a_registry_made_by_hand_may_list_aliases_beside_the_name():
    hand = pd.DataFrame({"actor_id": ["n"], "name": ["North League"], "alias": [["the League", "NL"]]})
    assert [surface for _, surface, _ in who(hand, "The League, or NL, is the North League.")] == [
        "The League", "NL", "North League",
    ]  # fmt: skip


def test_counts_have_a_row_for_every_article_and_actor_zeros_too(articles, registry):
    mentions = find_mentions(split_sentences(articles.assign(text="NATO and NATO.")), registry)
    counts = count_mentions(mentions, articles, registry).set_index(["article_id", "actor_id"])
    assert len(counts) == 4 * 8
    assert counts.loc[("a1", "nato")].tolist() == [2, True]
    assert counts.loc[("a1", "russia")].tolist() == [0, False]


def test_what_one_actor_excludes_may_name_another():
    rows = [
        ("treaty", "Washington Treaty", "document", "Washington Treaty", "alias"),
        ("treaty", "Washington Treaty", "document", "North League Organization", "exclude"),
        ("league", "North League", "organisation", "North League Organization", "alias"),
        ("us", "United States", "country", "Washington Treaty", "exclude"),
    ]
    registry = pd.DataFrame(rows, columns=["actor_id", "name", "kind", "alias", "how"])
    assert who(registry, "The North League Organization met.") == [("league", "North League Organization", "alias")]
    assert who(registry, "The Washington Treaty holds.") == [("treaty", "Washington Treaty", "alias")]


def test_ids_that_are_numbers_are_counted_like_any_others():
    articles = pd.DataFrame({"article_id": [1, 2], "text": ["NATO met.", "NATO left."]})
    registry = pd.DataFrame({"actor_id": [7], "name": ["NATO"]})
    mentions = find_mentions(split_sentences(articles), registry)
    assert count_mentions(mentions, articles, registry)["mentions"].tolist() == [1, 1]


def test_no_argument_is_changed(articles, registry):
    sentences = split_sentences(articles)
    copies = articles.copy(), sentences.copy(), registry.copy()
    count_mentions(find_mentions(sentences, registry), articles, registry)
    for before, after in zip(copies, (articles, sentences, registry), strict=True):
        pd.testing.assert_frame_equal(before, after)


def test_every_alias_of_the_shipped_registry_finds_its_actor():
    from toolkit import load_actors

    registry = load_actors("codebooks/actors/nato-russia.yml")
    aliases = registry[registry["how"] == "alias"].reset_index(drop=True)
    texts = [f"We met {alias} today." for alias in aliases["alias"]]
    sentences = pd.DataFrame({"article_id": aliases.index.astype(str), "sentence_id": 0, "text": texts})
    found = find_mentions(sentences, registry)
    pairs = set(zip(found["article_id"], found["actor_id"], strict=True))
    lost = [
        alias
        for n, (alias, actor) in enumerate(zip(aliases["alias"], aliases["actor_id"], strict=True))
        if (str(n), actor) not in pairs
    ]
    assert lost == []


def test_actors_are_ranked_with_where_they_stand_and_who_is_named_first():
    actors = pd.DataFrame(
        [("ann", "Ann Lee", "person"), ("bo", "Bo Ray", "person")], columns=["actor_id", "name", "kind"]
    )
    mentions = pd.DataFrame(
        [("a", "bo", "title", "alias"), ("a", "ann", "lead", "alias"), ("a", "ann", "body", "surname"), ("b", "", "lead", "ambiguous"), ("b", "ann", "body", "alias")],
        columns=["article_id", "actor_id", "part", "how"],
    )  # fmt: skip
    columns = ["actor_id", "mentions", "articles", "headline", "lead", "first", "surname"]
    assert rank_actors(mentions, actors)[columns].to_numpy().tolist() == [
        ["ann", 3, 2, 0, 1, 1, 1], ["bo", 1, 1, 1, 0, 1, 0]
    ]  # fmt: skip


def test_a_report_is_about_those_named_most_or_those_asked_for():
    actors = pd.DataFrame([("ann", "Ann Lee"), ("bo", "Bo Ray"), ("cy", "Cy Fox")], columns=["actor_id", "name"])
    mentions = pd.DataFrame({"article_id": ["a"] * 4, "actor_id": ["bo", "ann", "bo", ""]}).assign(
        part="body", how="alias"
    )
    assert leading_actors(mentions, actors) == ["bo", "ann"]
    assert leading_actors(mentions, actors, top=1) == ["bo"]
    assert leading_actors(mentions, actors, "Ann lee; CY; ") == ["ann"]
    with pytest.raises(
        TableError, match="no actor 'di' is in the registry. Use an actor_id or a name, such as: ann, bo, cy."
    ):
        leading_actors(mentions, actors, "Di")


def test_of_very_many_actors_each_has_its_own_count():
    ids = [f"a{number}" for number in range(33_000)]
    mentions = pd.DataFrame({"article_id": ["x", "x"], "actor_id": ["a0", "a32999"]})
    counts = count_mentions(mentions, pd.DataFrame({"article_id": ["x"]}), pd.DataFrame({"actor_id": ids}))
    assert counts["actor_id"].tolist() == ids
    assert counts.loc[counts["present"], "actor_id"].tolist() == ["a0", "a32999"]
