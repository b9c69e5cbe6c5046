from pathlib import Path

import pytest
import yaml

from toolkit import CodebookError, load_actors, load_frames
from toolkit.codebooks import surname_of
from toolkit.examples import failed_examples
from toolkit.outlets import known_outlets
from toolkit.paths import DATA
from toolkit.tables import ACTORS, FRAMES
from toolkit.zones import zone_of_place

FRAMES_YML = """
name: Small
version: 1.0.0
language: en
exclude: [Cost Board]
frames:
  economic:
    question: What does it cost?
    items:
      E1: {question: "Are costs named?", terms: [cost, "price ... rise*"]}
      E2: {question: "Is there a picture?", not_assessed: pictures cannot be read}
    exclude: [at all costs]
    examples:
      must: [The cost is high.]
      must_not: [The Cost Board met.]
"""
ACTORS_YML = """
name: Small
actors:
  ana:
    name: Ana von Keller
    kind: person
    side: north
    aliases: [Ana Keller]
    metonyms: [Keller House]
    not: [Ana Keller Street]
  north: {name: North, kind: country, demonyms: [Northern]}
"""
SHIPPED = sorted(path.relative_to(DATA).as_posix() for path in (DATA / "codebooks").rglob("*.yml"))


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "book.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_codebook_is_a_table_of_terms(tmp_path):
    table = load_frames(written(tmp_path, FRAMES_YML))
    assert {name: str(table[name].dtype) for name in FRAMES} == dict(FRAMES)
    assert table[["item", "term", "kind"]].to_numpy().tolist() == [
        ["E1", "cost", "include"],
        ["E1", "price ... rise*", "include"],
        ["E2", "", "not assessed"],
        ["", "Cost Board", "exclude"],
        ["", "at all costs", "exclude"],
    ]
    assert table["question"][0] == "Are costs named?"


def test_a_registry_is_a_table_of_ways_of_naming(tmp_path):
    table = load_actors(written(tmp_path, ACTORS_YML))
    assert {name: str(table[name].dtype) for name in ACTORS} == dict(ACTORS)
    assert table[["actor_id", "alias", "how"]].to_numpy().tolist() == [
        ["ana", "Ana von Keller", "alias"],
        ["ana", "Ana Keller", "alias"],
        ["ana", "Ana Keller Street", "exclude"],
        ["ana", "Keller House", "metonym"],
        ["ana", "von Keller", "surname"],
        ["ana", "Keller", "surname"],
        ["north", "North", "alias"],
        ["north", "Northern", "demonym"],
    ]


@pytest.mark.parametrize(
    ("name", "surname"), [("Ana Keller", "Keller"), ("Ursula von der Leyen", "von der Leyen"), ("Xi", "Xi")]
)
def test_a_surname_takes_its_particles_along(name, surname):
    assert surname_of(name) == surname


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("language: en", "langauge: en", "book.yml:4: unknown key 'langauge' in the codebook. It takes: doi, exclude"),
        (
            "terms: [cost,",
            "terms: [cost, Cost,",
            "book.yml:10: frame economic counts 'Cost' twice: 'cost' matches it already",
        ),
        ("terms: [cost,", "terms: [cost, cos*,", "frame economic counts 'cos*' twice: 'cost' matches it already"),
        ("terms: [cost,", "terms: [cost, 5,", "book.yml:10: terms must hold words; put quotation marks round '5'"),
        ("terms: [cost,", "terms: [cost, no,", "book.yml:10: terms must hold words; put quotation marks round 'no'"),
        (
            "terms: [cost,",
            "terms: [cost, trade war*, trade wars,",
            "counts 'trade wars' twice: 'trade war*' matches it",
        ),
        ("  economic:", "  empty: {question: Why}\n  economic:", "book.yml:7: items of empty must list at least one"),
        ("terms: [cost,", "terms: [cost, '*',", "book.yml:10: '*' holds no word"),
        ("terms: [cost,", "terms: [cost, ex*ive,", "book.yml:10: 'ex*ive' has a * that does not end a word"),
        ("terms: [cost,", "terms: [cost, ab*,", "'ab*' has fewer than 3 letters before its *"),
        ("terms: [cost,", "terms: [cost, con*,", "'con*' would match too much: conciliate, "),
        ("terms: [cost,", "terms: [cost, fall...rise,", "'fall...rise' needs spaces round its ..."),
        ("terms: [cost,", "terms: [cost, at all costs,", "frame economic both looks for and excludes 'at all costs'"),
        ('terms: [cost, "price ... rise*"]', "terms: cost", "terms must be a list: write terms: [cost]"),
        ("    items:", "\titems:", "Indent with spaces, not tabs."),
        ('terms: [cost, "price ... rise*"]', "terms: []", "item E1 of frame economic has no terms"),
        ("    items:", "    itms:", "book.yml:9: unknown key 'itms' in frame economic"),
        ("  economic:", "  economic: {}\n  economic:", "book.yml:8: not readable YAML: key 'economic' stands twice"),
        ("frames:", "frames: [", "not readable YAML"),
    ],
)
def test_a_codebook_that_breaks_a_rule_is_refused_with_file_and_line(tmp_path, old, new, message):
    with pytest.raises(CodebookError) as error:
        load_frames(written(tmp_path, FRAMES_YML.replace(old, new, 1)))
    assert message in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("name: North,", "name: Ana Keller,", "'Ana Keller' is claimed by two actors, ana and north. Give it to one."),
        ("kind: country", "kind: nation", "actor north is of kind 'nation'; it must be one of person, organisation"),
        ("name: North, ", "", "actor north has no name"),
        ("side: north", "sides: north", "unknown key 'sides' in actor ana"),
    ],
)
def test_a_registry_that_breaks_a_rule_is_refused(tmp_path, old, new, message):
    with pytest.raises(CodebookError) as error:
        load_actors(written(tmp_path, ACTORS_YML.replace(old, new, 1)))
    assert message in str(error.value)


def test_yaml_that_would_run_code_is_refused(tmp_path):
    with pytest.raises(CodebookError, match="not readable YAML"):
        load_frames(written(tmp_path, "name: !!python/object/apply:os.system [echo]"))


def test_the_examples_of_a_codebook_are_put_to_the_test(tmp_path):
    assert failed_examples(written(tmp_path, FRAMES_YML)) == (2, [])
    wrong = FRAMES_YML.replace("The cost is high.", "It is dear.").replace("The Cost Board met.", "The cost fell.")
    assert failed_examples(written(tmp_path, wrong))[1] == [
        "book.yml: economic must match but does not: 'It is dear.'",
        "book.yml: economic must not match but does, by cost: 'The cost fell.'",
    ]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_codebook_keeps_its_own_promises(name):
    tested, failed = failed_examples(name)
    assert failed == []
    assert tested >= 40


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_codebook_says_what_it_is(name):
    head = yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
    assert all(head[key] for key in ("name", "version", "language", "licence", "note"))


def test_the_generic_frames_have_their_twenty_items():
    frames = load_frames("codebooks/frames/generic.yml")
    items = frames.loc[frames["item"] != "", ["frame", "item"]].drop_duplicates().groupby("frame").size().to_dict()
    assert items == {"responsibility": 5, "human_interest": 5, "conflict": 4, "morality": 3, "economic": 3}
    assert frames.loc[frames["item"] == "H5", "kind"].tolist() == ["not assessed"]


def test_the_policy_frames_are_fifteen_and_other_is_not_assessed():
    frames = load_frames("codebooks/frames/policy.yml")
    assert frames["frame"].nunique() == 15
    assert frames.loc[frames["frame"] == "other", "kind"].unique().tolist()[0] == "not assessed"


def test_outlets_have_zones_and_no_two_share_a_name():
    outlets = known_outlets()
    assert outlets["vindobona"].zone == "Europe/Vienna"
    assert len({outlet.name for outlet in outlets.values()}) > 150


@pytest.mark.parametrize(
    ("place", "zone"), [("Vienna", "Europe/Vienna"), ("New York", "America/New_York"), ("Nowhere", ""), ("", "")]
)
def test_a_place_has_the_zone_named_after_it(place, zone):
    assert zone_of_place(place) == zone
