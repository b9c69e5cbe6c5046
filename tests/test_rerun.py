"""Rerun: a manifest is enough to make a report again, or to say what is different."""

import json

import pytest

from toolkit import ReportError, render_report, rerun_report
from toolkit.cli import main


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("study")
    (folder / "one.csv").write_text("outlet,text\nHill Courier,It rained all day long.\n", encoding="utf-8")
    render_report("corpus", folder / "reports", corpus=str(folder / "one.csv"))
    return folder


def test_a_report_made_again_from_its_manifest_is_the_same_byte_for_byte(study, capsys):
    assert main(["rerun", str(study / "reports" / "corpus.manifest.json")]) == 0
    assert capsys.readouterr().out == "corpus.html: the same, byte for byte\n"


def test_a_manifest_tells_inputs_code_versions_and_parameters_but_no_path_of_the_machine(study):
    text = (study / "reports" / "corpus.manifest.json").read_text(encoding="utf-8")
    made_of = json.loads(text)
    assert str(study) not in text
    assert made_of["inputs"]["corpus"]["path"] == "../one.csv"
    assert made_of["parameters"]["similar"] == 0.6
    assert {"pandas", "nltk", "Python"} <= set(made_of["versions"])
    assert all(len(made_of[key]) == 64 for key in made_of if key.endswith("SHA-256"))


def test_a_study_that_is_moved_as_a_whole_is_made_again_the_same(study, tmp_path):
    moved = study.rename(tmp_path / "elsewhere")
    try:
        assert rerun_report(moved / "reports" / "corpus.manifest.json").same
    finally:
        moved.rename(study)


def test_what_is_different_is_said_precisely(study, tmp_path, capsys):
    made_of = json.loads((study / "reports" / "corpus.manifest.json").read_text(encoding="utf-8"))
    made_of["versions"]["pandas"] = "0.1"
    path = study / "reports" / "other.manifest.json"
    path.write_text(json.dumps(made_of), encoding="utf-8")
    (study / "one.csv").write_text("outlet,text\nHill Courier,It snowed all day long and twice.\n", encoding="utf-8")
    assert main(["rerun", str(path), "--out", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert said.out == "other.html: not the same.\n"
    first, second = said.err.splitlines()
    assert first.startswith("toolkit: the corpus one.csv is another: SHA-256 ")
    assert second.startswith("toolkit: pandas is 3.") and second.endswith(", was 0.1.")
    assert (tmp_path / "other.html").is_file()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "not JSON"),
        ("[]", "no manifest of a report; it lacks everything"),
        ('{"report": "corpus"}', "it lacks code SHA-256, inputs, notebook"),
    ],
)
def test_what_is_no_manifest_is_refused(tmp_path, content, message):
    (tmp_path / "a.manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(ReportError, match=message):
        rerun_report(tmp_path / "a.manifest.json")
