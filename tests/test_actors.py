import pandas as pd
import pytest

from toolkit import TableError, count_mentions, find_mentions, leading_actors, split_sentences


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
        ("Russian talks in Moscow.", []),
        ("Keller came before Ana Keller.", [("ana", "Ana Keller", "alias")]),
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


def test_a_surname_does_not_carry_over_to_the_next_article(registry):
    texts = ["Ana Keller came.", "Keller left."]
    articles = pd.DataFrame({"article_id": ["a1", "a2"], "text": texts})
    assert list(find_mentions(split_sentences(articles), registry)["article_id"]) == ["a1"]


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
