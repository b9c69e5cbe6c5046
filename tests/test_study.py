"""Study: a folder of one's own in which commands and notebooks work as they do in the toolkit's."""

import re
import shlex
from pathlib import Path

import nbformat
import pytest
import yaml
from nbclient import NotebookClient

from toolkit import ReportError, make_study
from toolkit.cli import main
from toolkit.parameters import check_values, report_names
from toolkit.paths import find_notebooks


@pytest.fixture
def pile(tmp_path) -> Path:
    folder = tmp_path / "pile"
    folder.mkdir()
    text = "outlet,published,title,text\nHill Courier,2022-01-03,Cost,The United Nations said the pier is expensive.\n"
    (folder / "one.csv").write_text(text, encoding="utf-8")
    return folder


def test_a_study_is_made_from_a_pile_and_its_next_three_commands_work(pile, tmp_path, monkeypatch, capsys):
    assert main(["init", str(tmp_path / "my study"), str(pile)]) == 0
    study = tmp_path / "my study"
    assert (study / "corpus" / "pile" / "one.csv").read_bytes() == (pile / "one.csv").read_bytes()
    monkeypatch.chdir(study)
    commands = re.findall(r"^    (toolkit .*)$", (study / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(commands) == 3
    for command in commands:
        assert main(shlex.split(command)[1:]) == 0, command
    # What `report` made is what the grid asks for, and so is kept.
    assert "4 reports: 0 made, 4 kept, 0 failed" in capsys.readouterr().out
    assert {path.name for path in (study / "reports").glob("*.html")} >= {"corpus.html", "framing.html", "actors.html"}
    assert "United Nations" in (study / "reports" / "actors.html").read_text(encoding="utf-8")


def test_tables_made_in_a_study_are_those_its_reports_read_and_all_leaves_out_what_reads_none(
    pile, tmp_path, monkeypatch, capsys
):
    study = make_study(tmp_path / "mine", [pile])
    monkeypatch.chdir(study)
    assert main(["annotate", "corpus", "--out", "tables"]) == 0
    asked = []
    monkeypatch.setattr(
        "toolkit.runner.render_reports", lambda names, out, given, pdf: asked.append((list(names), given)) or {}
    )
    assert main(["report", "all", "-p", "tables=tables"]) == 0
    names, given = asked[0]
    assert names == ["actors", "corpus", "framing", "sentiment"]
    assert "left out: validation, which reads no tables" in capsys.readouterr().err
    taken = check_values("framing", {name: given[name] for name in ("corpus", "codebook", "actors", "tables")})
    assert taken["actors"] == str(study / "codebooks" / "actors.yml")


def test_a_notebook_of_a_study_takes_its_files_wherever_jupyter_runs_it(pile, tmp_path):
    study = make_study(tmp_path / "mine", [pile])
    notebook = nbformat.read(study / "notebooks" / "corpus.ipynb", as_version=4)
    cell = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    assert cell.source.startswith('corpus: str = "corpus"  # file or folder')
    NotebookClient(
        notebook, kernel_name="python3", resources={"metadata": {"path": str(study / "notebooks")}}
    ).execute()
    shown = [
        output.data["text/html"] for cell in notebook.cells for output in cell.get("outputs", []) if "data" in output
    ]
    assert any("Hill Courier" in html for html in shown)


def test_a_notebook_of_ones_own_is_a_report(tmp_path, monkeypatch):
    study = make_study(tmp_path / "mine")
    (study / "notebooks" / "mine.ipynb").write_text(
        (study / "notebooks" / "corpus.ipynb").read_text(encoding="utf-8"), encoding="utf-8"
    )
    monkeypatch.chdir(study)
    assert "mine" in report_names()


def test_a_title_with_marks_of_yaml_stays_a_title(tmp_path):
    study = make_study(tmp_path / 'a: "b" #c')
    assert yaml.safe_load((study / "study.yml").read_text(encoding="utf-8"))["title"] == 'a: "b" #c'


def test_a_folder_that_holds_something_is_left_alone(tmp_path, capsys):
    (tmp_path / "kept.txt").write_text("mine")
    assert main(["init", str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"toolkit: {tmp_path}: is there already, and not empty. Choose a new name.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


def test_a_pile_that_is_not_there_leaves_no_folder(tmp_path):
    with pytest.raises(ReportError, match="nowhere.txt: No such file or directory"):
        make_study(tmp_path / "mine", [tmp_path / "nowhere.txt"])
    assert list(tmp_path.iterdir()) == []


def test_a_study_within_its_own_pile_is_refused(pile):
    with pytest.raises(ReportError, match="which would be copied into itself. Choose a place outside."):
        make_study(pile / "mine", [pile])
    assert [path.name for path in pile.iterdir()] == ["one.csv"]


def test_a_notebook_of_the_study_comes_before_the_toolkits_wherever_the_study_lies(tmp_path, monkeypatch):
    for place in ("a", "z"):  # before and behind the toolkit's in the alphabet
        monkeypatch.setattr("toolkit.paths.NOTEBOOKS", tmp_path / "m")
        own = tmp_path / place / "notebooks" / "corpus.ipynb"
        for path in (own, tmp_path / "m" / "corpus.ipynb"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("{}")
        (tmp_path / place / "study.yml").write_text("title: x\n")
        monkeypatch.chdir(tmp_path / place)
        assert find_notebooks() == {"corpus": own}
