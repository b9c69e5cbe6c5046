from pathlib import Path

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from toolkit import CodebookError, find_mentions, load_actors, load_frames, split_sentences
from toolkit.examples import failed_examples
from toolkit.outlets import known_outlets
from toolkit.paths import DATA
from toolkit.tables import ACTORS, FRAMES
from toolkit.ways import surname_of
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
        (
            "terms: [cost,",
            "terms: [cost, true,",
            "book.yml:10: terms must hold words; put quotation marks round 'true'",
        ),
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
        (
            "name: North,",
            "name: Ana Keller,",
            "book.yml:11: 'Ana Keller' is claimed by two actors, ana (line 8) and north. Give it to one.",
        ),
        ("name: North,", "name: Ana Kellér,", "'Ana Kellér' is claimed by two actors, ana (line 8) and north."),
        ("name: North,", "name: [North],", "book.yml:11: name must be words; put quotation marks round"),
        (
            "side: north",
            "roles: [{role: Chair, from: soon}]",
            "book.yml:7: 'soon' is no date of 'Chair'. Write it as 2021-12-06.",
        ),
        ("side: north", "roles: [Chair (2022 to 2021)]", "'Chair' ends, 2021, before it begins, 2022"),
        (
            "demonyms: [",
            "roles: [Bay chair (2020 to 2022-05)]}\n  x: {name: X, kind: other, roles: [Bay Chair (2022-05 to )], demonyms: [",
            "'Bay Chair' is claimed by two actors, north (line 11) and x. Give each the days",
        ),
        ("kind: country", "kind: nation", "actor north is of kind 'nation'; it must be one of person, organisation"),
        ("name: North, ", "", "actor north has no name"),
        ("side: north", "sides: north", "unknown key 'sides' in actor ana"),
    ],
)
def test_a_registry_that_breaks_a_rule_is_refused(tmp_path, old, new, message):
    with pytest.raises(CodebookError) as error:
        load_actors(written(tmp_path, ACTORS_YML.replace(old, new, 1)))
    assert message in str(error.value)


def test_words_that_yaml_takes_for_others_are_names(tmp_path):
    text = "actors:\n  no: {name: No, kind: country, aliases: [on, 'NO']}\n  yes: {name: Y Corp, kind: organization}\n"
    assert load_actors(written(tmp_path, text))[["actor_id", "name", "kind"]].drop_duplicates().to_numpy().tolist() == [
        ["no", "No", "country"], ["yes", "Y Corp", "organisation"],
    ]  # fmt: skip


SHEET = """actor_id,name,kind,side,aliases,not,roles,must,must_not
ana,Ana von Keller,person,north,Ana Keller; A. Keller,Ana Keller Street|Keller & Sons,Bay mayor (2020-02 to 2021-03-04) | chair,[2020-03-01] The Bay mayor left.,Ana Keller Street is long; and wide.
no,Norway,country,,,,,,
"""


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_registry_may_be_a_csv_file(tmp_path, mark):
    path = tmp_path / "book.csv"
    sheet = SHEET.replace("Keller; A.", "Keller|A.").replace("long; and", "long and") if mark == ";" else SHEET
    path.write_text(sheet.replace(",", mark), encoding="utf-8-sig")
    table = load_actors(path)
    assert table[["actor_id", "alias", "how", "valid_from", "valid_to"]].to_numpy().tolist() == [
        ["ana", "Ana von Keller", "alias", "", ""],
        ["ana", "Ana Keller", "alias", "", ""],
        ["ana", "A. Keller", "alias", "", ""],
        ["ana", "Ana Keller Street", "exclude", "", ""],
        ["ana", "Keller & Sons", "exclude", "", ""],
        ["ana", "von Keller", "surname", "", ""],
        ["ana", "Keller", "surname", "", ""],
        ["ana", "Bay mayor", "role", "2020-02", "2021-03-04"],
        ["ana", "chair", "role", "", ""],
        ["no", "Norway", "alias", "", ""],
    ]
    assert failed_examples(path) == (2, [])


@pytest.mark.parametrize("sign", ["\u2028", "\x85", "\x0b"])
def test_a_sign_that_is_no_end_of_a_line_ends_no_row_of_a_csv_file(tmp_path, sign):
    path = tmp_path / "book.csv"
    path.write_text(f"actor_id,name,kind,side\nno,Norway,country,a{sign}b\nse,Sweden,country,\n", encoding="utf-8")
    assert load_actors(path)["name"].tolist() == ["Norway", "Sweden"]


@pytest.mark.parametrize("rows", ["n{}o,,", "n{}o,Norway,country\nn{}o,Norway,country"])
def test_a_sign_that_ends_a_line_on_a_terminal_ends_none_of_an_error(tmp_path, rows):
    path = tmp_path / "book.csv"
    path.write_text("actor_id,name,kind\n" + rows.replace("{}", "\u2028"), encoding="utf-8")
    with pytest.raises(CodebookError, match="book.csv:[23]: actor n o ") as error:
        load_actors(path)
    assert len(str(error.value).splitlines()) == 1


def test_a_registry_that_was_saved_is_read_as_it_was(tmp_path):
    table = load_actors("codebooks/actors/nato-russia.yml")
    table.to_csv(tmp_path / "saved.csv", index=False)
    again = load_actors(tmp_path / "saved.csv")
    keys = ["actor_id", "how", "alias"]
    pd.testing.assert_frame_equal(
        again.sort_values(keys, ignore_index=True), table.sort_values(keys, ignore_index=True)
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("no,Norway", "ana,Norway", "book.csv:3: actor ana stands twice. Rename or delete one."),
        (
            "no,Norway",
            "no,Ana Keller",
            "book.csv:3: 'Ana Keller' is claimed by two actors, ana (line 2) and no. Give it to one.",
        ),
        ("no,Norway", ",Norway", "book.csv:3: a row without an actor_id"),
        ("no,Norway,country", "no,Norway,nation", "book.csv:3: actor no is of kind 'nation'"),
        ("no,Norway", "no,", "book.csv:3: actor no has no name"),
        ("Bay mayor (2020-02", "Bay mayor (2020-13", "book.csv:2: '2020-13' is no date of 'Bay mayor'"),
        ("aliases,not", "alases,not", "book.csv:1: unknown column 'alases'. It takes: actor_id, aliases"),
        ("actor_id,name", "actor,nme", "book.csv:1: a registry needs the columns actor_id, name and kind"),
        ("no,Norway,country,,,,,,", "no,Norway,country,,,,,,,,x", "book.csv:3: 11 cells in a row, but 9 columns."),
        ("no,Norway", 'no,"Norway', "book.csv:3: cannot be read as CSV"),
    ],
)
def test_a_csv_file_that_breaks_a_rule_is_refused_with_its_line(tmp_path, old, new, message):
    path = tmp_path / "book.csv"
    path.write_text(SHEET.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CodebookError) as error:
        load_actors(path)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


HOSTILE = st.text(max_size=60) | st.sampled_from(
    ["*", "a: &a [*a]", "? [x]", "<<: {}", "[[", "no: on", "(((", "$^.*+?{}|\\"]
)


@given(st.lists(HOSTILE, max_size=4))
def test_hostile_registries_are_read_or_refused_in_one_line(tmp_path_factory, names):
    folder = tmp_path_factory.mktemp("hostile")
    entries = {
        str(number): {"name": name, "kind": "person", "aliases": [f"{name} x", "K"]}
        for number, name in enumerate(names)
    }
    lines = "\n".join(f"  {name}" for name in names)
    (folder / "dumped.yml").write_bytes(
        yaml.safe_dump({"actors": entries}, allow_unicode=True).encode(errors="replace")
    )
    (folder / "raw.yml").write_bytes(f"actors:\n{lines}".encode(errors="replace"))
    (folder / "raw.csv").write_bytes(f"actor_id,name,kind\n{lines}".encode(errors="replace"))
    for path in folder.iterdir():
        try:
            registry = load_actors(path)
        except CodebookError as error:
            assert len(str(error).splitlines()) == 1
        else:
            find_mentions(split_sentences(pd.DataFrame({"article_id": ["1"], "text": [" ".join(names)]})), registry)


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


def test_a_registry_where_a_codebook_is_asked_for_is_named_and_the_other_way_round(tmp_path):
    actors, frames = tmp_path / "actors.yml", tmp_path / "frames.yml"
    actors.write_text("name: x\nactors:\n  nato: {name: NATO, kind: organisation}\n")
    frames.write_text("name: x\nframes:\n  cost:\n    items: {C1: {terms: [cost]}}\n")
    (tmp_path / "actors.csv").write_text("actor_id,name,kind\nnato,NATO,organisation\n")
    with pytest.raises(CodebookError, match=r"actors.yml: a registry of actors, where a codebook of frames is asked"):
        load_frames(actors)
    with pytest.raises(CodebookError, match=r"frames.yml: a codebook of frames, where a registry of actors is asked"):
        load_actors(frames)
    with pytest.raises(CodebookError, match=r"actors.csv: a table, where a codebook of frames is asked for"):
        load_frames(tmp_path / "actors.csv")
