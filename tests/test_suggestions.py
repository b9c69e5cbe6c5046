import sys
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import CodebookError, ToolkitError, load_actors, suggest_actors, write_suggestions
from toolkit.cli import main
from toolkit.name_kinds import guess_kind
from toolkit.tables import SUGGESTIONS

TEXTS = [
    "Harbour Minister Ana Keller opened the pier in Linden on Monday. Ms Keller said it was late. Keller smiled.\n\n"
    "The Bay Harbour Authority (BHA) paid. The BHA is small. Norway's Otto Vogt came from Linden.",
    "We saw Ana Kellér in Linden. Regarding Otto Vogt, she said nothing. The U.S. and the United States watched.\n\n"
    "Otto Vogt said he would leave Linden. Reporters asked Keller. The US agreed. It rained in Norway.",
]


def found(*texts, **options):
    articles = pd.DataFrame({"article_id": [str(number) for number in range(len(texts))], "text": list(texts)})
    return suggest_actors(articles, **options).set_index("name")


def test_names_come_with_their_counts_variants_and_kinds():
    table = found(*TEXTS)
    assert table["count"].to_dict() == {
        "Linden": 4, "Ana Keller": 5, "Bay Harbour Authority": 3, "Otto Vogt": 3, "United States": 3, "Norway": 2,
    }  # fmt: skip
    assert table["kind"].to_dict() == {
        "Linden": "place", "Ana Keller": "person", "Bay Harbour Authority": "organisation", "Otto Vogt": "person",
        "United States": "country", "Norway": "country",
    }  # fmt: skip
    assert table.loc["Ana Keller", "variants"] == "Keller; Ana Kellér; Minister Ana Keller; Ms Keller"
    assert table.loc["Bay Harbour Authority", "variants"] == "BHA"
    assert table.loc["United States", "variants"] == "U.S.; US"
    assert table.loc["Otto Vogt", "articles"] == 2
    assert "Otto Vogt" in table.loc["Otto Vogt", "example"]


def test_the_table_has_the_stated_columns_also_without_a_name():
    table = suggest_actors(pd.DataFrame({"article_id": ["1"], "text": [""]}))
    assert {name: str(table[name].dtype) for name in table.columns} == dict(SUGGESTIONS)


def test_who_is_in_a_registry_is_left_out():
    registry = pd.DataFrame({"actor_id": ["a", "u"], "name": ["Ana Keller", "US"], "kind": ["person", "country"]})
    table = found(*TEXTS, actors=registry)
    assert set(table.index) == {"Linden", "Bay Harbour Authority", "Otto Vogt", "Norway"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Today he met the Mayor of Linz, Ana Keller.", "Linz"),
        ("He told Secretary of State Ana Keller.", "Ana Keller"),
        ("It was the People's Party again.", "People's Party"),
        ("It was the Ministry of Health and Welfare.", "Ministry of Health and Welfare"),
        ("Then the US President Ana Keller came.", "US"),
        ("The French met Senator Ana Keller of Ohio.", "Ohio"),
    ],
)
def test_titles_and_joining_words_part_names(text, name):
    assert name in found(text, at_least=1).index


@pytest.mark.parametrize(
    "text", ["", "x", "A", "ALL OF IT IS " * 2_000, "Ana Keller " * 5_000, "\x00" * 50, "Ann. " * 5_000]
)
def test_no_text_raises(text):
    found(text, at_least=1)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Bay Bank", "organisation"),
        ("Lake Traun", "place"),
        ("Harbour Act", "other"),
        ("Chad", "country"),
        ("WTO", "organisation"),
    ],
)
def test_kinds_are_told_by_words(name, kind):
    from collections import Counter

    assert guess_kind(name, Counter(seen=3)) == kind


def test_suggestions_are_written_as_a_registry_that_is_read_as_it_is(tmp_path):
    table = found(*TEXTS).reset_index()
    registry = load_actors(write_suggestions(table, tmp_path / "suggested.yml"))
    assert registry.loc[registry["how"] == "alias", "alias"].tolist()[:2] == ["Ana Keller", "Linden"]
    assert set(registry["kind"]) == {"person", "place", "organisation", "country"}
    lines = (tmp_path / "suggested.yml").read_text(encoding="utf-8").splitlines()
    assert lines[6].startswith("  # 5 in 2 articles, as in: ")


NAMES = st.text(max_size=30) | st.sampled_from(
    ["no", "on: [", "# x", "- a", "*a", "&a", "!!x", "a\u2028b", "'", '"', "a...b", "~", "1984"]
)


@given(st.lists(st.tuples(NAMES, NAMES, NAMES), max_size=6))
def test_hostile_names_stay_names(tmp_path_factory, rows):
    rows = [(name, "person", 1, 1, variants, example, "1") for name, variants, example in rows]
    path = tmp_path_factory.mktemp("x") / "s.yml"
    write_suggestions(pd.DataFrame(rows, columns=list(SUGGESTIONS)), path, corpus="a\nb: {")
    try:
        registry = load_actors(path)
    except CodebookError as error:
        assert "actors must list at least one entry" in str(error)
    else:
        assert set(registry["name"]) <= {" ".join(row[0].split()) for row in rows}


def test_the_command_writes_a_registry_and_overwrites_none(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["suggest", "sample", "--out", "s.yml", "--actors", "codebooks/actors/nato-russia.yml"]) == 0
    assert "names in 63 articles, each 3 times or more" in capsys.readouterr().out
    assert main(["codebook", "check", "s.yml"]) == 0
    assert "Vladimir Putin" not in (tmp_path / "s.yml").read_text(encoding="utf-8")
    assert main(["suggest", "sample", "--out", "s.yml"]) == 1
    assert "is there already, and may hold your edits" in capsys.readouterr().err


def test_a_model_that_is_not_there_is_said_in_one_line(monkeypatch):
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(ToolkitError, match="needs spaCy, which is not installed: pip install -e"):
        found("Ana came.", model="en_core_web_sm")

    def load(name):
        raise OSError("[E050] Can't find model.")

    monkeypatch.setitem(sys.modules, "spacy", SimpleNamespace(load=load))
    with pytest.raises(ToolkitError, match="python -m spacy download en_core_web_sm"):
        found("Ana came.", model="en_core_web_sm")


def test_a_model_that_is_there_finds_the_names_and_their_kinds(monkeypatch):
    def pipe(texts):
        for text in texts:
            start = text.index("ana keller")
            entity = SimpleNamespace(text="ana keller", start_char=start, end_char=start + 10, label_="PERSON")
            yield SimpleNamespace(ents=[entity])

    monkeypatch.setitem(sys.modules, "spacy", SimpleNamespace(load=lambda name: SimpleNamespace(pipe=pipe)))
    table = found("so ana keller came. Then ana keller left.", model="m")
    assert table[["kind", "count"]].to_numpy().tolist() == [["person", 2]]


def test_a_variant_without_a_word_is_left_out(tmp_path):
    row = ("Ana Keller", "person", 2, 1, "\r; Ms Keller; ...", "It rained.", "a")
    path = write_suggestions(pd.DataFrame([row], columns=list(SUGGESTIONS)), tmp_path / "suggested.yml")
    assert set(load_actors(path)["alias"]) == {"Ana Keller", "Keller"}  # the surname of every person


def test_a_place_that_cannot_be_written_is_said_in_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ToolkitError, match="cannot be written.*Choose another place"):
        write_suggestions(found(*TEXTS).reset_index(), tmp_path / "file" / "suggested.yml")
